package org.quattor.ncm.xen.host.linux;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Programs in a folder that answer with recorded texts, and what was asked of them. */
final class Answers {

  private final Path root;
  private final List<String> heard = new ArrayList<>();

  Answers(Path root) {
    this.root = root;
  }

  /** Returns a recorded output. */
  static String recorded(String name) throws Exception {
    try (InputStream in = Answers.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Lets a program print the text and end with the status. */
  Answers answer(String program, String text, int status) throws Exception {
    Path file = Files.writeString(root.resolve(program + ".answer"), text);
    StandIn.script(
        root.resolve("bin"), program, "#!/bin/sh\n/bin/cat '" + file + "'\nexit " + status + "\n");
    return this;
  }

  /** Returns a host that has these programs only, and {@code setsid}. */
  LinuxHost host(Timing timing) throws Exception {
    Path proc = Files.createDirectories(root.resolve("proc"));
    StandIn.script(root.resolve("bin"), "setsid", "#!/bin/sh\nexec \"$@\"\n");
    return new LinuxHost(
        new SystemPaths(root, proc, root.resolve("sys"), root.resolve("bin").toString()),
        timing,
        Duration.ofSeconds(60),
        heard::add);
  }

  /** Returns the command lines that were run. */
  List<String> heard() {
    return heard;
  }
}
