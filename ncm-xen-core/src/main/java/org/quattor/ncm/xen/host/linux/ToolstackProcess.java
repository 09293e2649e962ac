package org.quattor.ncm.xen.host.linux;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quattor.ncm.xen.host.HostFailure;

/**
 * A process of {@code xl} or {@code xm} that makes or moves domains, from {@code /proc}.
 *
 * @param verb what it does
 * @param operands the words after the verb that are neither options nor settings
 * @param folder its folder in {@code /proc}
 */
record ToolstackProcess(Verb verb, ImmutableList<String> operands, Path folder) {

  /** What may follow the file, such as {@code memory=512}. */
  private static final Pattern SETTING = Pattern.compile("[a-z_0-9]+\\s*\\+?=");

  /** What the standard output of a monitor is ({@code do_daemonize} in {@code xl_utils.c}). */
  private static final Pattern LOG =
      Pattern.compile("/xl-(.+?)(?:--incoming)?\\.log(?:\\.[0-9]+)?(?: \\(deleted\\))?$");

  /** {@code xl} takes each beginning of a verb that only one has ({@code xl_cmdtable.c}). */
  enum Verb {
    CREATE("create", 2),
    RESTORE("restore", 4),
    RECEIVE("migrate-receive", 8),
    SEND("migrate", 7),
    REMUS("remus", 3),
    SAVE("save", 2);

    private final String word;
    private final int shortest;

    Verb(String word, int shortest) {
      this.word = word;
      this.shortest = shortest;
    }

    private static Optional<Verb> of(String text) {
      for (Verb verb : values()) {
        if (text.length() >= verb.shortest && verb.word.startsWith(text)) {
          return Optional.of(verb);
        }
      }
      return Optional.empty();
    }
  }

  /** Returns those that there are. */
  static ImmutableList<ToolstackProcess> all(Path proc) throws HostFailure {
    ImmutableList.Builder<ToolstackProcess> all = ImmutableList.builder();
    ProcessTable.processes(proc).forEach((folder, words) -> of(folder, words).ifPresent(all::add));
    return all.build();
  }

  private static Optional<ToolstackProcess> of(Path folder, ImmutableList<String> words) {
    // xm is a script: the first word is that of Python.
    for (int i = 0; i < Math.min(2, words.size()); i++) {
      String program = ProcessTable.lastStep(words.get(i));
      if (program.equals("xl") || program.equals("xm")) {
        List<String> rest =
            words.subList(i + 1, words.size()).stream()
                .filter(word -> !word.startsWith("-"))
                .toList();
        return rest.isEmpty()
            ? Optional.empty()
            : Verb.of(rest.get(0)).map(verb -> new ToolstackProcess(verb, operands(rest), folder));
      }
    }
    return Optional.empty();
  }

  private static ImmutableList<String> operands(List<String> rest) {
    return rest.stream()
        .skip(1)
        .filter(word -> !SETTING.matcher(word).lookingAt())
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Returns the domain whose monitor the process is by the name of its log; empty when its output
   * goes elsewhere.
   */
  Optional<String> loggedDomain() {
    try {
      Matcher log = LOG.matcher(Files.readSymbolicLink(folder.resolve("fd/1")).toString());
      return log.find() ? Optional.of(log.group(1)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // Whose it is stays unknown.
    }
  }

  /** Returns whether it has left whoever started it, as a monitor does, by {@code daemon(3)}. */
  boolean isDaemon() {
    try {
      String stat = Files.readString(folder.resolve("stat"));
      List<String> fields =
          Splitter.on(' ').splitToList(stat.substring(stat.lastIndexOf(')') + 1).strip());
      boolean ofInit = fields.get(1).equals("1");
      return ofInit && fields.get(3).equals(String.valueOf(folder.getFileName()));
    } catch (IOException | IndexOutOfBoundsException e) {
      return false; // Taken for one that receives: nothing is started then.
    }
  }
}
