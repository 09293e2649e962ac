package org.quattor.ncm.xen.host.linux;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.List;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.text.Printable;
import org.quattor.ncm.xen.text.ShellQuoting;

/**
 * How a command ended; a status that is not 0 is a value, not an exception.
 *
 * @param argv the command as it was given
 * @param exitStatus 128 and the number of the signal when one ended it
 * @param stdout its output
 * @param stderr its messages
 */
record CommandResult(ImmutableList<String> argv, int exitStatus, String stdout, String stderr) {

  // lvm(8) says this of each descriptor that its caller left open.
  private static final String NOISE = "File descriptor ";

  private static final int LINES_AT_EACH_END = 3;
  private static final int MESSAGE_CHARS = 1000;

  /** Returns the output; fails when the status is not 0. */
  String output() throws HostFailure {
    if (exitStatus != 0) {
      throw failure();
    }
    return stdout;
  }

  /** Returns a failure with the command, its status and what it said. */
  HostFailure failure() {
    List<String> lines = useful(stderr);
    if (lines.isEmpty()) {
      lines = useful(stdout);
    }
    String said = Printable.line(String.join("; ", shortened(lines)));
    if (said.length() > MESSAGE_CHARS) {
      said = said.substring(0, MESSAGE_CHARS) + "…";
    }
    return new HostFailure(
        text(argv)
            + " failed with exit status "
            + exitStatus
            + (said.isEmpty() ? ", saying nothing" : ": " + said));
  }

  /** Keeps both ends: libxl says the cause first, LVM says it last. */
  private static List<String> shortened(List<String> lines) {
    int left = lines.size() - 2 * LINES_AT_EACH_END;
    return left <= 0
        ? lines
        : ImmutableList.<String>builder()
            .addAll(lines.subList(0, LINES_AT_EACH_END))
            .add("(" + left + " more)")
            .addAll(lines.subList(lines.size() - LINES_AT_EACH_END, lines.size()))
            .build();
  }

  private static List<String> useful(String text) {
    return Splitter.onPattern("\r?\n|\r")
        .trimResults(CharMatcher.whitespace())
        .omitEmptyStrings()
        .splitToStream(text)
        .filter(line -> !(line.startsWith(NOISE) && line.contains(" leaked on ")))
        .toList();
  }

  /** Returns a command line for people: what a shell would need to be quoted is quoted. */
  static String text(List<String> argv) {
    return String.join(" ", argv.stream().map(ShellQuoting::shown).toList());
  }
}
