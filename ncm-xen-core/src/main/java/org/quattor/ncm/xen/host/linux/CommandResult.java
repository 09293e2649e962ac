package org.quattor.ncm.xen.host.linux;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.regex.Pattern;
import org.quattor.ncm.xen.host.HostFailure;

/**
 * How a command ended; a status that is not 0 is a value, not an exception.
 *
 * @param argv the command as it was given
 * @param exitStatus 128 and the number of the signal when one ended it
 * @param stdout its output
 * @param stderr its messages
 */
record CommandResult(ImmutableList<String> argv, int exitStatus, String stdout, String stderr) {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  // lvm(8) says this of each descriptor that its caller left open.
  private static final Pattern NOISE = Pattern.compile("File descriptor .* leaked on .*");

  private static final int MESSAGE_LINES = 4;
  private static final int MESSAGE_CHARS = 600;

  /** Returns the output; fails when the status is not 0. */
  String output() throws HostFailure {
    if (exitStatus != 0) {
      throw failure();
    }
    return stdout;
  }

  /** Returns a failure with the command, its status and the last of what it said. */
  HostFailure failure() {
    List<String> lines = useful(stderr);
    if (lines.isEmpty()) {
      lines = useful(stdout);
    }
    String said =
        String.join("; ", lines.subList(Math.max(0, lines.size() - MESSAGE_LINES), lines.size()));
    if (said.length() > MESSAGE_CHARS) {
      said = "…" + said.substring(said.length() - MESSAGE_CHARS);
    }
    return new HostFailure(
        text(argv)
            + " failed with exit status "
            + exitStatus
            + (said.isEmpty() ? ", saying nothing" : ": " + printable(said)));
  }

  private static List<String> useful(String text) {
    return Splitter.onPattern("\r?\n|\r")
        .trimResults(CharMatcher.whitespace())
        .omitEmptyStrings()
        .splitToStream(text)
        .filter(line -> !NOISE.matcher(line).matches())
        .toList();
  }

  /** Returns a command line for people: what a shell would need to be quoted is quoted. */
  static String text(List<String> argv) {
    return String.join(" ", argv.stream().map(CommandResult::quoted).toList());
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + printable(word).replace("'", "'\\''") + "'";
  }

  /** Returns the text with control characters written as {@code \xNN}. */
  static String printable(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                line.append(String.format("\\x%02x", c));
              } else {
                line.appendCodePoint(c);
              }
            });
    return line.toString();
  }
}
