package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemLogTest {

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
  void theRealLoggerUnderstandsThem() throws IOException {
    Path real = Path.of("/usr/bin/logger");
    assumeTrue(Files.isExecutable(real), "there is no logger: it is not asked");
    logger("exec " + real + " --no-act --stderr \"$@\" 2>" + folder + "/sent");
    send(folder + ":/usr/bin:/bin");
    assertThat(Files.readAllLines(folder.resolve("sent")))
        .hasSize(2)
        .allMatch(line -> line.contains("component-xen[" + ProcessHandle.current().pid() + "]: "))
        .anyMatch(line -> line.startsWith("<142>") && line.endsWith("]: nothing to change"))
        .anyMatch(line -> line.startsWith("<139>") && line.endsWith(" <1>b"));
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

  private Surroundings surroundings(String programs) {
    return new Surroundings(folder, folder, folder, programs);
  }

  private void logger(String text) throws IOException {
    Path program = folder.resolve("logger");
    Files.writeString(program, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
