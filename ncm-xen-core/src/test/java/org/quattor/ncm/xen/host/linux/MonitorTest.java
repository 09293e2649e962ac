package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code xl create} leaves a process behind that makes the domain anew when it reboots. Here it is
 * one that holds on to everything it inherited, pipes included.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class MonitorTest {

  private static final String XL =
      """
      #!/bin/sh
      # The child keeps its parent's standard output and error; it is ended by the test.
      /bin/sleep 600 &
      echo $! > '%1$s/monitor'
      echo "Parsing config from $2"
      exit 0
      """;

  @TempDir Path root;

  @BeforeEach
  void putAToolstack() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "no setsid on this machine");
    Files.createDirectories(root.resolve("etc/xen"));
    Files.createDirectories(root.resolve("proc"));
    Files.writeString(root.resolve("etc/xen/vm1"), "name = \"vm1\"\n");
    StandIn.script(root.resolve("bin"), "xl", XL.formatted(root));
  }

  @AfterEach
  void endTheMonitor() throws IOException {
    if (Files.exists(root.resolve("monitor"))) {
      monitor().destroyForcibly();
    }
  }

  private ProcessHandle monitor() throws IOException {
    String pid = Files.readString(root.resolve("monitor")).strip();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private Process program() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            StartsOneDomain.class.getName(),
            root.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void theMonitorOutlivesOurSigterm() throws Exception {
    Process program = program();
    try (BufferedReader said = program.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).isEqualTo("started");

      // Not by Process.destroy, which would end its standard input too.
      program.toHandle().destroy();

      assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(program.exitValue()).isEqualTo(143);
      assertThat(monitor().isAlive()).isTrue();
      // It holds no pipe of ours: otherwise there would be no end here before its own.
      assertThat(said.readLine()).isNull();
    }
  }

  @Test
  void theMonitorOutlivesOurEnd() throws Exception {
    Process program = program();
    try (BufferedReader said = program.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).isEqualTo("started");

      program.outputWriter(StandardCharsets.UTF_8).close();

      assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(program.exitValue()).isZero();
      assertThat(monitor().isAlive()).isTrue();
      assertThat(said.readLine()).isNull();
    }
  }
}
