package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.LongForm;

/**
 * {@code check} of thousands of hosts with 10 guests each, in a process of its own: how long it
 * takes and how much memory. The goal for 10,000 is 30 s and 512 MiB on two processors that have
 * nothing else to do, so that the time is reported and only the memory is asserted.
 */
@Tag("long")
class ManyHostsTest {

  private static final int HOSTS = LongForm.of(5_000, 10_000);
  private static final int GUESTS = 10;

  @TempDir Path folder;

  @Test
  void manyHostsAreCheckedInHalfAGibibyte() throws Exception {
    Path profiles = Files.createDirectory(folder.resolve("profiles"));
    List<Path> files = GeneratedSite.write(profiles, HOSTS, GUESTS, 1);
    Path out = folder.resolve("out");
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx320m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "check"));
    files.forEach(file -> command.add(profiles.relativize(file).toString()));
    Instant start = Instant.now();
    Process process =
        new ProcessBuilder(command)
            .directory(profiles.toFile())
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long peakKib = 0;
    Duration processorTime = Duration.ZERO;
    while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
      peakKib = Math.max(peakKib, peakKib(process.pid()));
      processorTime = process.info().totalCpuDuration().orElse(processorTime);
    }
    Duration took = Duration.between(start, Instant.now());
    System.out.printf(
        "ManyHostsTest: %d profiles of %d guests in %.1f s (%.1f s of processor time), at most"
            + " %d MiB%n",
        HOSTS, GUESTS, took.toMillis() / 1000.0, processorTime.toMillis() / 1000.0, peakKib / 1024);

    List<String> lines = Files.readAllLines(out);
    assertThat(process.exitValue()).isEqualTo(65);
    assertThat(lines.subList(0, lines.size() - 1))
        .map(line -> line.replaceFirst("; expected.*", ""))
        .containsExactlyElementsOf(GeneratedSite.mistakes(HOSTS, GUESTS, 1));
    assertThat(lines.get(lines.size() - 1)).startsWith(HOSTS + " profiles checked: ");
    assertThat(peakKib).isLessThan(512 << 10);
  }

  private static long peakKib(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      // It has just ended.
      return 0;
    }
  }
}
