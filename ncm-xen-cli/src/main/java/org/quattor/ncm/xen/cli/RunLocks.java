package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Lists;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.UnixStatus;
import org.quattor.ncm.xen.report.Level;

/**
 * The locks of a run that changes a host. On this host they are ncm-ncd's, so that no other
 * component runs meanwhile, and our own, in this order: below ncm-ncd, which has its lock already,
 * only our own is taken, and no process ever waits for ncm-ncd's while it has ours. On a simulated
 * host it is the directory itself.
 */
final class RunLocks implements AutoCloseable {

  private static final String DIRECTORY = "/var/lock/quattor";
  private static final String NCM_NCD = "ncm-ncd";
  private static final String OWN = "ncm-xen";
  private static final int WRITABLE_BY_OTHERS = 0022;

  private final List<Locks.Held> held = new ArrayList<>();
  private final Optional<Path> made;

  private RunLocks(Optional<Path> made) {
    this.made = made;
  }

  /** Takes them, with as many tries as the options say; the run fails without one of them. */
  static RunLocks take(
      Locks locks, RunDirectories directories, LockOptions options, Console console) {
    ImmutableList<Path> places;
    RunLocks taken;
    try {
      taken = new RunLocks(directories.local() ? Optional.empty() : made(directories.root()));
      places =
          directories.local()
              ? onThisHost(directories, options)
              : ImmutableList.of(directories.root());
    } catch (IOException e) {
      throw new Failure(
          Exit.IO,
          "the lock directory cannot be created or read: "
              + e.getClass().getSimpleName()
              + " ("
              + e.getMessage()
              + ")");
    }
    try {
      for (Path place : places) {
        taken.take(locks, place, options, console);
      }
      return taken;
    } catch (HostFailure e) {
      taken.close();
      throw new Failure(Exit.IO, String.valueOf(e.getMessage()));
    } catch (Failure e) {
      taken.close();
      throw e;
    }
  }

  private static ImmutableList<Path> onThisHost(RunDirectories directories, LockOptions options)
      throws IOException {
    Path directory = directories.place(DIRECTORY);
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    // Where everybody can write to /var/lock, another user may have created the directory.
    UnixStatus status = UnixStatus.of(directory, LinkOption.NOFOLLOW_LINKS);
    Object owner = Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    Object us = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        || (status.mode() & WRITABLE_BY_OTHERS) != 0
        || !ImmutableSet.of(0, us).contains(owner)) {
      throw new Failure(
          Exit.IO,
          directory
              + " is not a directory that belongs to root and that only root can write to, so that its"
              + " locks cannot be trusted; check its owner, then rm -r "
              + directory);
    }
    return options.ignoreLock()
        ? ImmutableList.of(directory.resolve(OWN))
        : ImmutableList.of(directory.resolve(NCM_NCD), directory.resolve(OWN));
  }

  /** Creates the directory of a simulated host; empty when it exists. */
  private static Optional<Path> made(Path directory) throws IOException {
    if (Files.exists(directory)) {
      return Optional.empty();
    }
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    return Optional.of(directory);
  }

  private void take(Locks locks, Path place, LockOptions options, Console console)
      throws HostFailure {
    Duration between = Duration.ofSeconds(options.timeout());
    for (int tries = 0; ; tries++) {
      Optional<Locks.Held> lock =
          oldStyle(place) == 0
              ? locks.take(place, tries == 0 ? Duration.ZERO : between)
              : Optional.empty();
      if (lock.isPresent()) {
        held.add(lock.get());
        console.clearStatus();
        return;
      }
      String holder = holder(locks, place);
      if (options.forceLock()) {
        console.warning("running without the lock " + place + holder + ", because of --forcelock");
        return;
      }
      if (tries >= options.retries()) {
        throw new Failure(
            Exit.BUSY,
            "cannot acquire lock after "
                + (tries + 1)
                + (tries == 0 ? " try" : " tries")
                + " (timeout "
                + options.timeout()
                + "): "
                + place
                + holder
                + "; run ncm-xen again when that process has ended");
      }
      String waiting = "waiting for the lock " + place + holder;
      if (tries == 0) {
        console.line(Level.INFO, waiting);
      }
      console.status(waiting + " ... " + (options.retries() - tries) + " tries left");
      if (oldStyle(place) != 0) {
        pause(between);
      }
    }
  }

  private static String holder(Locks locks, Path place) {
    long old = oldStyle(place);
    return old != 0
        ? ", held in the old style by process " + old
        : locks.holder(place).map(words -> ", held by " + words).orElse("");
  }

  /**
   * Returns the process that is named in a lock file of the old style, as ncm-ncd still respects it
   * while the process lives; 0 otherwise.
   */
  private static long oldStyle(Path place) {
    try {
      if (!Files.isRegularFile(place) || Files.size(place) == 0 || Files.size(place) > 20) {
        return 0;
      }
      String text = Files.readString(place, StandardCharsets.ISO_8859_1).strip();
      if (!text.matches("[0-9]{1,9}")) {
        return 0;
      }
      long number = Long.parseLong(text);
      return ProcessHandle.of(number).isPresent() ? number : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private static void pause(Duration length) {
    try {
      Thread.sleep(length.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether all that were taken are still ours; asked before each change. */
  boolean areHeld() {
    return held.stream().allMatch(Locks.Held::isHeld);
  }

  @Override
  public void close() {
    // Before the lock is free: a directory without anything in it was none before this run.
    made.ifPresent(directory -> directory.toFile().delete());
    Lists.reverse(held).forEach(Locks.Held::close);
    held.clear();
  }
}
