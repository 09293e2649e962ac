package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.host.linux.HeldLock;

/** Locks, signals and streams of real processes, on a simulated host. */
class DispatchProcessTest {

  private static final Path PROFILE =
      Path.of(
          System.getProperty("ncm-xen.checkout", ".."), "test-profiles/first-host/profile.json");

  @TempDir private Path temp;

  private Path host;

  @BeforeEach
  void findFlock() throws IOException {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/flock")),
        "there is no flock (util-linux): locks of processes are not tried");
    host = Files.createDirectory(temp.resolve("host"));
  }

  @Test
  void aRunWaitsForTheLockAndThenDoesItsWork() throws Exception {
    try (HeldLock lock = HeldLock.take(host, Duration.ZERO).orElseThrow();
        Launched run = configure("--retries=1", "--timeout=60", "--state=/var/run/qc")) {
      assertThat(run.line("waiting for the lock"))
          .startsWith("[INFO] waiting for the lock " + host + ", held by process ")
          .contains("process " + ProcessHandle.current().pid() + " (");
      assertThat(host).isEmptyDirectory();
      lock.close();
      assertThat(run.end()).as(run.text()).isZero();
      assertThat(host.resolve("etc/xen/web.example.org")).exists();
      assertThat(host.resolve("var/run/qc")).isEmptyDirectory();
    }
  }

  @Test
  void aRunThatWaitsEndsAtOnceBySigterm() throws Exception {
    try (HeldLock lock = HeldLock.take(host, Duration.ZERO).orElseThrow();
        Launched run = configure()) {
      assertThat(lock).isNotNull();
      run.line("waiting for the lock");
      run.signal("TERM");
      assertThat(run.end()).isEqualTo(143);
      assertThat(host).isEmptyDirectory();
    }
  }

  @Test
  @Tag("long")
  void aLockThatStaysBusyIs75() throws Exception {
    try (HeldLock lock = HeldLock.take(host, Duration.ZERO).orElseThrow();
        Launched run = configure("--retries=1", "--timeout=1")) {
      assertThat(lock).isNotNull();
      assertThat(run.end()).isEqualTo(75);
      assertThat(run.text()).contains("[ERROR] cannot acquire lock after 2 tries (timeout 1): ");
    }
  }

  @Test
  @Tag("long")
  void aKilledRunFreesItsLock() throws Exception {
    for (int i = 0; i < 5; i++) {
      try (Launched run = configure("--verbose")) {
        run.line("reading the state of the host");
        run.signal("KILL");
        assertThat(run.end()).isEqualTo(137);
      }
      // Its child sees the end of the pipe a moment later.
      try (HeldLock lock = HeldLock.take(host, Duration.ofSeconds(10)).orElseThrow()) {
        assertThat(lock).isNotNull();
      }
    }
  }

  @Test
  @Tag("long")
  void ofTwoRunsAtOnceEachStepIsDoneByOne() throws Exception {
    try (Launched one = configure();
        Launched other = configure()) {
      assertThat(one.end()).as(one.text()).isZero();
      assertThat(other.end()).as(other.text()).isZero();
      String both = one.text() + other.text();
      assertThat(both.lines().filter(line -> line.endsWith(": done")))
          .hasSize(12)
          .doesNotHaveDuplicates();
      assertThat(both).containsOnlyOnce("[INFO] nothing to change: ");
    }
  }

  @Test
  @Tag("long")
  void aReaderThatLeavesDoesNotEndTheRun() throws Exception {
    try (Launched run = configure("--verbose", "--state=/var/run/qc")) {
      run.line("reading the state of the host");
      run.stopReading();
      assertThat(run.handle().onExit().get().isAlive()).isFalse();
      assertThat(host.resolve("etc/xen/auto/web.example.org")).isSymbolicLink();
      assertThat(host.resolve("var/run/qc")).isEmptyDirectory();
    }
  }

  @Test
  @Tag("long")
  void anIgnoredHangupStaysIgnored() throws Exception {
    List<String> ignoring =
        new ArrayList<>(List.of("/bin/sh", "-c", "trap '' HUP PIPE; exec \"$@\"", "sh"));
    ignoring.addAll(command());
    try (HeldLock lock = HeldLock.take(host, Duration.ZERO).orElseThrow();
        Launched run = Launched.start(ignoring)) {
      run.line("waiting for the lock");
      run.signal("HUP");
      lock.close();
      assertThat(run.end()).as(run.text()).isZero();
    }
  }

  private Launched configure(String... more) throws IOException {
    return Launched.start(command(more));
  }

  private List<String> command(String... more) {
    List<String> command =
        Launched.command(
            "configure", "--profile", PROFILE.toString(), "--host", "simulated:" + host);
    command.addAll(List.of(more));
    return command;
  }
}
