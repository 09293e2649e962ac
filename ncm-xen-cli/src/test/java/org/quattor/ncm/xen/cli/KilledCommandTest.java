package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.LongForm;

/** The command's own process is ended by signals in the middle of a run, and run again. */
@Tag("long")
class KilledCommandTest {

  private static final int ROUNDS = LongForm.of(10, 50);
  private static final ImmutableMap<String, Integer> CODES =
      ImmutableMap.of("INT", 130, "TERM", 143, "KILL", 137);
  private static final Path PROFILE =
      Path.of(
          System.getProperty("ncm-xen.checkout", ".."), "test-profiles/first-host/profile.json");

  @TempDir Path temp;

  @Test
  void aKilledRunIsMadeGoodByTheNextOne() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("KilledCommandTest: " + ROUNDS + " rounds, -Dseed=" + seed);
    Random random = new Random(seed);
    int lines = configure("undisturbed", Integer.MAX_VALUE, 0, "");
    Map<String, String> undisturbed = everything("undisturbed");
    int killed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String name = "round" + round;
      String signal = CODES.keySet().asList().get(random.nextInt(CODES.size()));
      configure(name, random.nextInt(lines), random.nextInt(5_000_000), signal);
      killed += everything(name).equals(undisturbed) ? 0 : 1;
      configure(name, Integer.MAX_VALUE, 0, "");
      assertThat(everything(name)).as(name).isEqualTo(undisturbed);
    }
    System.out.println("KilledCommandTest: " + killed + " runs did not reach the end");
    assertThat(killed).isPositive();
  }

  /** Ends the process some time after a line of its output; returns how many lines it wrote. */
  private int configure(String name, int endAtLine, int nanos, String signal) throws Exception {
    Process process =
        new ProcessBuilder(
                Launched.command(
                    "configure",
                    "--verbose",
                    "--state=/var/run/qc",
                    "--profile",
                    PROFILE.toString(),
                    "--host",
                    "simulated:" + temp.resolve(name)))
            .redirectErrorStream(true)
            .start();
    int lines = 0;
    long ended = 0;
    try (BufferedReader reader = process.inputReader()) {
      while (reader.readLine() != null) {
        if (lines++ == endAtLine) {
          for (long end = System.nanoTime() + nanos; System.nanoTime() < end; ) {
            Thread.onSpinWait();
          }
          ended = System.nanoTime();
          end(process, signal);
        }
      }
    }
    int code = process.waitFor();
    if (endAtLine == Integer.MAX_VALUE) {
      assertThat(code).isZero();
      assertThat(temp.resolve(name).resolve("var/run/qc")).isEmptyDirectory();
    } else {
      assertThat(code).as(signal).isIn(0, CODES.get(signal));
      assertThat(Duration.ofNanos(System.nanoTime() - ended))
          .as(signal)
          .isLessThan(Duration.ofSeconds(5));
    }
    return lines;
  }

  private static void end(Process process, String signal) throws Exception {
    if (signal.equals("KILL")) {
      process.toHandle().destroyForcibly();
    } else {
      // It may have ended by itself.
      int unused =
          new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid()))
              .redirectErrorStream(true)
              .start()
              .waitFor();
    }
  }

  /** Returns what the run is to leave: the host's files and its state, no temporary file. */
  private Map<String, String> everything(String name) throws IOException {
    Path top = temp.resolve(name);
    Map<String, String> found = new TreeMap<>();
    for (String part : new String[] {"etc", "srv", "host.json"}) {
      if (Files.exists(top.resolve(part))) {
        try (Stream<Path> all = Files.walk(top.resolve(part))) {
          for (Path path : all.toList()) {
            found.put(top.relativize(path).toString(), describe(path));
          }
        }
      }
    }
    return found;
  }

  private static String describe(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "-> " + Files.readSymbolicLink(path);
    }
    if (Files.isDirectory(path)) {
      return "a folder";
    }
    return Files.size(path) > 1 << 20
        ? Files.size(path) + " bytes"
        : Files.readString(path, StandardCharsets.ISO_8859_1);
  }
}
