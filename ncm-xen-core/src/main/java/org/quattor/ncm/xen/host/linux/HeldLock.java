package org.quattor.ncm.xen.host.linux;

import com.google.common.collect.ImmutableList;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.IoCause;

/**
 * A lock of {@code flock(2)} on a file or folder, as ncm-ncd takes it; Java's own file locks are
 * those of {@code fcntl(2)}, which exclude nobody who uses {@code flock(2)}.
 *
 * <p>A child, {@code flock(1)} of util-linux, has the lock, and lives as long as a pipe from us:
 * the lock is free again as soon as we close it or end, by whatever signal. Should somebody kill
 * the child, the lock is taken again at once.
 */
public final class HeldLock implements AutoCloseable {

  private static final int BUSY = 75;
  private static final String HELD = "held";

  // A signal to our process group must not free the lock while the step at hand goes on; and when
  // flock itself ended, Java would close the pipe.
  private static final String IGNORING_SIGNALS = "trap '' HUP INT TERM; exec \"$@\"";
  private static final String HOLD = "echo " + HELD + "; exec cat >/dev/null 2>&1";

  private static final Duration MAX_END = Duration.ofSeconds(2);

  private final ProcessBuilder again;
  private final Path place;
  private Process holder;
  private boolean closed;
  private boolean lost;

  private HeldLock(ProcessBuilder again, Path place, Process holder) {
    this.again = again;
    this.place = place;
    this.holder = holder;
    watch(holder);
  }

  /**
   * Takes the lock; empty when another process has it all the time.
   *
   * @param place an absolute path; made as an empty file when nothing is there
   * @param wait how long to wait for it, in whole seconds; zero to try once
   */
  public static Optional<HeldLock> take(Path place, Duration wait) throws HostFailure {
    return take(SystemPaths.SYSTEM, place, wait);
  }

  static Optional<HeldLock> take(SystemPaths surroundings, Path place, Duration wait)
      throws HostFailure {
    Path flock =
        surroundings
            .program("flock")
            .orElseThrow(
                () ->
                    new HostFailure(
                        "cannot lock " + place + ": flock is missing; install util-linux"));
    try {
      LockFile.prepare(place);
      Process process = builder(surroundings, flock, place, wait).start();
      return begin(process, place)
          ? Optional.of(
              new HeldLock(builder(surroundings, flock, place, Duration.ZERO), place, process))
          : Optional.empty();
    } catch (IOException e) {
      throw IoCause.failure("lock " + place, e);
    }
  }

  private static ProcessBuilder builder(
      SystemPaths surroundings, Path flock, Path place, Duration wait) {
    ImmutableList<String> patience =
        wait.isZero()
            ? ImmutableList.of("-n")
            : ImmutableList.of("-w", Long.toString(wait.toSeconds()));
    return surroundings.process(
        ImmutableList.<String>builder()
            .add("sh", "-c", IGNORING_SIGNALS, "sh", flock.toString())
            .addAll(patience)
            .add("-E", Integer.toString(BUSY), place.toString())
            .add("sh", "-c", HOLD)
            .build());
  }

  private static boolean begin(Process process, Path place) throws IOException, HostFailure {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    if (HELD.equals(said.readLine())) {
      return true;
    }
    String complaint =
        new String(process.getErrorStream().readNBytes(1000), StandardCharsets.UTF_8).strip();
    int status = end(process);
    if (status == BUSY) {
      return false;
    }
    throw new HostFailure(
        "cannot lock " + place + ": flock ended with " + status + ": " + complaint);
  }

  private void watch(Process process) {
    CompletableFuture<Boolean> unused = process.onExit().thenApplyAsync(ended -> isHeld());
  }

  /**
   * Returns whether the lock is still ours. When the child that had it was killed, another one
   * takes it, unless another process was quicker: then it is lost for good.
   */
  public synchronized boolean isHeld() {
    if (closed || lost || holder.isAlive()) {
      return !closed && !lost;
    }
    try {
      Process next = again.start();
      lost = !begin(next, place);
      holder = next;
      if (!lost) {
        watch(next);
      }
    } catch (IOException | HostFailure e) {
      lost = true;
    }
    return !lost;
  }

  /** Frees the lock. */
  @Override
  public synchronized void close() {
    closed = true;
    try {
      holder.getOutputStream().close();
    } catch (IOException e) {
      // Its reader is gone, and with it the lock.
    }
    int unused = end(holder);
  }

  /** Waits for the child, so that the lock is free when we say so; -1 when it does not end. */
  private static int end(Process process) {
    boolean interrupted = Thread.interrupted();
    try {
      return process.waitFor(MAX_END.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
    } catch (InterruptedException e) {
      interrupted = true;
      return -1;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
