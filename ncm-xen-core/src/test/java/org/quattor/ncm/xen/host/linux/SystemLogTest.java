package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemLogTest {

  private static final String SERVER =
      """
      import socket, sys
      log = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      log.bind(sys.argv[1])
      print("ready", flush=True)
      for _ in range(2):
          print(ascii(log.recv(9999).decode("utf-8", "replace").rstrip())[1:-1], flush=True)
      """;

  @TempDir private Path folder;

  @Test
  void loggerGetsEachLineWithItsPriorityAndTheNameOfTheComponent() throws IOException {
    logger("echo \"$@\" >" + folder + "/arguments; cat >" + folder + "/lines");
    send(folder + ":/usr/bin:/bin");
    assertThat(folder.resolve("lines")).hasContent("<142>nothing to change\n<139>a\u00e9 <1>b\n");
    assertThat(folder.resolve("arguments"))
        .hasContent(
            "--prio-prefix --tag component-xen --id=" + ProcessHandle.current().pid() + "\n");
  }

  @Test
  void theRealLoggerSendsThemToTheSocketOfTheSystemLog() throws Exception {
    Path real = Path.of("/usr/bin/logger");
    Path python = Path.of("/usr/bin/python3");
    assumeTrue(
        Files.isExecutable(real) && Files.isExecutable(python),
        "there is no logger or no python3: it is not sent for real");
    Path socket = folder.resolve("socket");
    Process server =
        new ProcessBuilder(python.toString(), "-c", SERVER, socket.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader received = server.inputReader()) {
      assertThat(received.readLine()).isEqualTo("ready");
      logger("exec " + real + " --socket " + socket + " --socket-errors=off \"$@\"");
      send(folder + ":/usr/bin:/bin");
      String name = " component-xen[" + ProcessHandle.current().pid() + "]: ";
      assertThat(received.readLine()).startsWith("<142>").endsWith(name + "nothing to change");
      assertThat(received.readLine()).startsWith("<139>").contains(name + "a").endsWith(" <1>b");
    } finally {
      server.destroyForcibly();
    }
  }

  @Test
  void aLogThatIsNotThereIsNoTrouble() {
    send(folder.toString());
  }

  @Test
  void aLoggerThatDoesNotReadDelaysNobody() throws IOException {
    logger("exec tail -f /dev/null");
    try (SystemLog log = new SystemLog(surroundings(folder + ":/usr/bin:/bin"), "component-xen")) {
      for (int i = 0; i < 10_000; i++) {
        log.send(142, "line ".repeat(100));
      }
    }
  }

  private void send(String programs) {
    try (SystemLog log = new SystemLog(surroundings(programs), "component-xen")) {
      log.send(142, "nothing to change");
      log.send(139, "a\u00e9 <1>b");
    }
  }

  private SystemPaths surroundings(String programs) {
    return new SystemPaths(folder, folder, folder, programs);
  }

  private void logger(String text) throws IOException {
    Path program = folder.resolve("logger");
    Files.writeString(program, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
