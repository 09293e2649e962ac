package org.quattor.ncm.xen.cli;

import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns SIGINT and SIGTERM into a request to stop before the next action.
 *
 * <p>The JVM answers either signal by running its shutdown hooks and then ends with 130 or 143. Our
 * hook waits until the action at hand has ended and the report is written, so that a host is left
 * between two steps and not within one.
 */
final class Interruption {

  // A step is at most a few external commands, each with a time-out of its own.
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private volatile boolean requested;
  private volatile @Nullable CountDownLatch ended;

  private Interruption() {}

  /** Returns one that no signal reaches. */
  static Interruption none() {
    return new Interruption();
  }

  /** Returns one that listens for the signals of this process from now on. */
  static Interruption bySignal() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::stop, "interruption"));
    return interruption;
  }

  /** Returns whether the run should stop. */
  boolean requested() {
    return requested;
  }

  /** Does work that changes a host; a signal that arrives meanwhile waits for its end. */
  <T> T during(Supplier<T> work) {
    CountDownLatch latch = new CountDownLatch(1);
    ended = latch;
    try {
      return work.get();
    } finally {
      ended = null;
      latch.countDown();
    }
  }

  /** Asks the run to stop, and waits for the work at hand. */
  void stop() {
    requested = true;
    CountDownLatch latch = ended;
    if (latch != null && !Uninterruptibles.awaitUninterruptibly(latch, LONGEST_WAIT)) {
      System.err.println("ncm-xen: the step at hand did not end and may be half done");
    }
  }
}
