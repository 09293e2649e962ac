package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command's own process is killed in the middle of a run, and run again. */
@Tag("long")
class KilledCommandTest {

  private static final int ROUNDS = Integer.getInteger("rounds", 25);
  private static final Path PROFILE =
      Path.of(
          System.getProperty("ncm-xen.checkout", ".."), "test-profiles/first-host/profile.json");

  @TempDir Path temp;

  @Test
  void aKilledRunIsMadeGoodByTheNextOne() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("KilledCommandTest: " + ROUNDS + " rounds, -Dseed=" + seed);
    Random random = new Random(seed);
    int lines = configure("undisturbed", Integer.MAX_VALUE, 0);
    Map<String, String> undisturbed = everything("undisturbed");
    int killed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String name = "round" + round;
      configure(name, random.nextInt(lines), random.nextInt(5_000_000));
      killed += everything(name).equals(undisturbed) ? 0 : 1;
      configure(name, Integer.MAX_VALUE, 0);
      assertThat(everything(name)).as(name).isEqualTo(undisturbed);
    }
    System.out.println("KilledCommandTest: " + killed + " runs did not reach the end");
    assertThat(killed).isPositive();
  }

  /** Kills the process some time after a line of its output; returns how many lines it wrote. */
  private int configure(String name, int killAtLine, int nanos) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "configure",
                "--verbose",
                "--profile",
                PROFILE.toString(),
                "--host",
                "simulated:" + temp.resolve(name))
            .redirectErrorStream(true)
            .start();
    int lines = 0;
    try (BufferedReader reader = process.inputReader()) {
      while (reader.readLine() != null) {
        if (lines++ == killAtLine) {
          for (long end = System.nanoTime() + nanos; System.nanoTime() < end; ) {
            Thread.onSpinWait();
          }
          process.toHandle().destroyForcibly();
        }
      }
    }
    assertThat(process.waitFor()).isIn(killAtLine == Integer.MAX_VALUE ? new Object[] {0} : ends());
    return lines;
  }

  private static Object[] ends() {
    return new Object[] {0, 137};
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
