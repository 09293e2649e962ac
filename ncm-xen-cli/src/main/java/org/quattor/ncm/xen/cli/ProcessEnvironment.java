package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the command knows of the process that it runs in.
 *
 * @param variables the environment variables
 * @param outputIsTerminal whether standard output is a terminal
 * @param errorIsTerminal whether standard error is a terminal
 * @param root whether the process may change the host
 * @param files the directory that is the {@code /} of this host; another one in tests only
 */
record ProcessEnvironment(
    ImmutableMap<String, String> variables,
    boolean outputIsTerminal,
    boolean errorIsTerminal,
    boolean root,
    Path files) {

  // The launcher script says which of 1 and 2 are terminals: Java 17 itself only knows whether
  // standard input and output both are. Without a word from a launcher there are none.
  private static final String TERMINALS = "ncm-xen.terminals";

  /** Returns those of this process. */
  static ProcessEnvironment ofProcess() {
    Map<String, String> variables = System.getenv();
    String terminals = System.getProperty(TERMINALS, "");
    ImmutableSet<String> numbers = ImmutableSet.copyOf(terminals.split(",", -1));
    return new ProcessEnvironment(
        ImmutableMap.copyOf(variables),
        numbers.contains("1"),
        numbers.contains("2"),
        isRoot(),
        Path.of("/"));
  }

  /** Returns whether colours are wanted on standard output; see no-color.org. */
  boolean coloured() {
    return outputIsTerminal
        && variables.getOrDefault("NO_COLOR", "").isEmpty()
        && !variables.getOrDefault("TERM", "").equals("dumb");
  }

  private static boolean isRoot() {
    try {
      // proc(5): "Uid:" real, effective, saved set, file system; a tab before each. A loop, since
      // this is before anything else: the first stream and the first regular expression cost most.
      for (String line :
          Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.ISO_8859_1)) {
        if (line.startsWith("Uid:")) {
          return line.split("\t", -1)[2].equals("0");
        }
      }
      return false;
    } catch (IOException e) {
      return System.getProperty("user.name", "").equals("root");
    }
  }
}
