package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.ComponentListener;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.xen.LongForm;
import org.quattor.ncm.xen.TenGuests;
import org.quattor.ncm.xen.host.simulated.FailingHost;

/** Runs that are killed while they make real image files with real file systems. */
class KilledImagesTest {

  private static final int ROUNDS = LongForm.of(15, 100);

  @TempDir Path temp;
  private Map<String, String> undisturbed = Map.of();
  private int changes;

  private ImageHost host(String name) throws Exception {
    return new ImageHost(temp.resolve(name).resolve("root"), line -> {}).withFiles();
  }

  private static ComponentResult configure(ImageHost host) {
    return ImageHost.configure(host.host(), new ComponentListener() {});
  }

  @BeforeEach
  void runWithoutDisturbance() throws Exception {
    RealDevices.need("mkfs.ext4");
    RealDevices.need("wipefs");
    ImageHost host = host("undisturbed");
    FailingHost counting = new FailingHost(host.host());
    ComponentResult result = ImageHost.configure(counting.host(), new ComponentListener() {});
    assertThat(result.errors()).as("%s", result).isZero();
    changes = counting.changes();
    undisturbed = host.everything();
    intact(undisturbed);
  }

  private static void intact(Map<String, String> host) {
    assertThat(host.keySet()).noneMatch(ImageHost::isTemporary);
    for (String folder : new String[] {"srv/xen/", "srv/other/"}) {
      assertThat(host.get(folder + "kept.img")).endsWith(TenGuests.CANARY);
      assertThat(host.get(folder + "strange.img")).endsWith(TenGuests.CANARY);
      assertThat(host.get(folder + "short.img")).contains("1048576 bytes: " + TenGuests.CANARY);
      assertThat(host.get(folder + "ext4.img")).isEqualTo("rw------- 8388608 bytes: ,root,ext4\n");
      assertThat(host.get(folder + "swap.img")).isEqualTo("rw------- 1048576 bytes: ,,swap\n");
      assertThat(host.get(folder + "new")).isEqualTo("rwx------");
    }
    assertThat(host.get("etc/xen/.byhand")).endsWith(TenGuests.CANARY);
  }

  /** What is killed after a change has the same files as what is killed before the next. */
  @TestFactory
  Stream<DynamicTest> killedAtEveryOperation() {
    return IntStream.rangeClosed(1, changes + 1)
        .mapToObj(n -> DynamicTest.dynamicTest("before change " + n, () -> killed(n)));
  }

  private void killed(int n) throws Exception {
    ImageHost host = host("before" + n);
    FailingHost doomed = new FailingHost(host.host());
    if (n <= changes) {
      doomed.dieBefore(n, new Killed());
    } else {
      doomed.dieAfter(changes, new Killed());
    }
    assertThatThrownBy(() -> ImageHost.configure(doomed.host(), new ComponentListener() {}))
        .isInstanceOf(Killed.class);
    endsAsUndisturbed(host);
  }

  private void endsAsUndisturbed(ImageHost host) throws Exception {
    assertThat(configure(host).errors()).isZero();
    Map<String, String> found = host.everything();
    assertThat(found).isEqualTo(undisturbed);
    intact(found);
    assertThat(configure(host).actions()).isEmpty();
  }

  /** The process itself dies, also in the middle of an operation, as its output shows it. */
  @Test
  @Tag("long")
  void killedByASignal() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("KilledImagesTest: " + ROUNDS + " rounds, -Dseed=" + seed);
    Random random = new Random(seed);
    int lines = (int) child(temp.resolve("counted"), Integer.MAX_VALUE, 0);
    long leftovers = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Path folder = temp.resolve("round" + round);
      child(folder, random.nextInt(lines), random.nextInt(3_000_000));
      ImageHost host = new ImageHost(folder.resolve("root"), line -> {});
      leftovers +=
          host.everything().keySet().stream()
              .filter(path -> ImageHost.isTemporary(path) && !path.contains(".gone."))
              .count();
      endsAsUndisturbed(host);
    }
    System.out.println(
        "KilledImagesTest: temporary files that killed runs left behind: " + leftovers);
  }

  /**
   * Configures a new host in a process of its own, and kills it some time after a line of its
   * output.
   *
   * @return how many lines were read
   */
  private long child(Path folder, int killAtLine, int nanos) throws Exception {
    new ImageHost(folder.resolve("root"), line -> {}).withFiles();
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    ImageHost.class.getName(),
                    folder.resolve("root").toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long lines = 0;
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
    int status = process.waitFor();
    assertThat(status).isIn(0, 137);
    assertThat(lines).isPositive();
    return lines;
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }
}
