package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.UnixStatus;

/** Real locks of {@code flock(2)}, against {@code flock(1)} itself. */
class HeldLockTest {

  @TempDir private Path folder;

  private Path file;

  @BeforeEach
  void findFlock() {
    assumeTrue(
        SystemPaths.SYSTEM.program("flock").isPresent(),
        "there is no flock (util-linux): locks are not taken for real");
    file = folder.resolve("ncm-xen");
  }

  @Test
  void whatWeHaveNobodyElseGetsUntilItIsFree() throws Exception {
    try (HeldLock lock = HeldLock.take(file, Duration.ZERO).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(flock(file)).isEqualTo(75);
      assertThat(HeldLock.take(file, Duration.ZERO)).isEmpty();
    }
    assertThat(flock(file)).isZero();
    assertThat(file).isEmptyFile();
  }

  @Test
  void aFolderIsLockedWithoutAnythingInIt() throws Exception {
    try (HeldLock lock = HeldLock.take(folder, Duration.ZERO).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(flock(folder)).isEqualTo(75);
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void aSignalToTheGroupOfProcessesDoesNotFreeIt() throws Exception {
    try (HeldLock lock = HeldLock.take(file, Duration.ZERO).orElseThrow()) {
      assertThat(lock).isNotNull();
      ProcessHandle.current()
          .children()
          .filter(child -> child.info().command().orElse("").endsWith("flock"))
          .forEach(
              flock -> {
                flock.descendants().forEach(ProcessHandle::destroy);
                flock.destroy();
              });
      assertThat(flock(file)).isEqualTo(75);
    }
  }

  @Test
  void itIsToldWhoHasIt() throws Exception {
    assertThat(LockHolder.of(file)).isEmpty();
    try (HeldLock lock = HeldLock.take(file, Duration.ZERO).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(LockHolder.of(file).orElse(""))
          .startsWith("process " + ProcessHandle.current().pid() + " (")
          .containsPattern(", since [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}$");
    }
    assertThat(LockHolder.of(file)).isEmpty();
  }

  @Test
  void nobodyElseCanOpenTheFileWhateverItsModeWas() throws Exception {
    Files.createFile(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    try (HeldLock lock = HeldLock.take(file, Duration.ZERO).orElseThrow()) {
      assertThat(lock.isHeld()).isTrue();
    }
    Path fresh = folder.resolve("fresh");
    HeldLock.take(fresh, Duration.ZERO).orElseThrow().close();
    for (Path place : List.of(file, fresh)) {
      assertThat(Files.getPosixFilePermissions(place))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void aLinkIsNoLockFile() throws Exception {
    Files.createSymbolicLink(file, folder);
    assertThatThrownBy(() -> HeldLock.take(file, Duration.ZERO))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("it is a symbolic link of the user")
        .hasMessageEndingWith("rm " + file);
  }

  @Test
  void aLockWhoseHolderIsKilledIsTakenAgainOrKnownToBeLost() throws Exception {
    try (HeldLock lock = HeldLock.take(file, Duration.ZERO).orElseThrow()) {
      kill();
      assertThat(lock.isHeld()).isTrue();
      assertThat(flock(file)).isEqualTo(75);
    }
    assertThat(flock(file)).isZero();
  }

  /** Kills the children that have the lock, as the kernel does when memory is short. */
  private static void kill() {
    List<ProcessHandle> holders =
        ProcessHandle.current()
            .children()
            .filter(child -> child.info().command().orElse("").endsWith("flock"))
            .flatMap(child -> Stream.concat(child.descendants(), Stream.of(child)))
            .toList();
    holders.forEach(ProcessHandle::destroyForcibly);
    holders.forEach(holder -> holder.onExit().join());
  }

  @Test
  void aPlaceThatCannotBeLockedIsAFailureWithItsReason() {
    assertThatThrownBy(() -> HeldLock.take(folder.resolve("no/lock"), Duration.ZERO))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("cannot lock " + folder.resolve("no/lock"))
        .hasMessageContaining("no such file or directory");
  }

  @Test
  void withoutFlockItIsSaidWhatToInstall() {
    SystemPaths none = new SystemPaths(folder, folder, folder, folder.toString());
    assertThatThrownBy(() -> HeldLock.take(none, file, Duration.ZERO))
        .isInstanceOf(HostFailure.class)
        .hasMessageEndingWith("flock is missing; install util-linux");
  }

  @Test
  void linesOfProcLocksAreReadByDeviceAndInode() {
    // Device 253:5, as st_dev has it.
    UnixStatus status = new UnixStatus(0100644, 0, 0, 0xfd05, 42);
    Optional<Long> number =
        LockHolder.number(
            status,
            List.of(
                "1: POSIX  ADVISORY  WRITE 11 fd:05:42 0 EOF",
                "2: FLOCK  ADVISORY  WRITE 12 fd:06:42 0 EOF",
                "3: FLOCK  ADVISORY  WRITE 13 fd:05:42 0 EOF",
                "3: -> FLOCK  ADVISORY  WRITE 14 fd:05:42 0 EOF"));
    assertThat(number).contains(13L);
    assertThat(LockHolder.number(status, List.of("1: FLOCK  ADVISORY  WRITE 0 fd:05:42 0 EOF")))
        .as("a process of another container")
        .isEmpty();
  }

  private static int flock(Path place) throws IOException, InterruptedException {
    assertThat(Files.exists(place)).isTrue();
    return new ProcessBuilder("flock", "-n", "-E", "75", place.toString(), "true")
        .start()
        .waitFor();
  }
}
