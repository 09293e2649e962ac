package org.quattor.ncm.xen.cli;

import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.report.Level;

/**
 * Turns SIGINT and SIGTERM into a request to stop before the next action.
 *
 * <p>The JVM answers either signal by running its shutdown hooks and then ends with 130 or 143. Who
 * sent it may kill us a second later, as ncm-ncd does. So our hook gives the action at hand half of
 * that second to end, then interrupts it, which ends its external command (but for one that starts
 * a domain), and leaves the other half to the report. The next run repairs what was interrupted.
 */
final class Interruption {

  private static final Duration TO_END = Duration.ofMillis(450);
  private static final Duration TO_REPORT = Duration.ofMillis(450);

  private volatile boolean requested;
  private volatile @Nullable Work work;

  private Interruption() {}

  /** Returns one that no signal reaches. */
  static Interruption none() {
    return new Interruption();
  }

  /** Returns one that listens for the signals of this process from now on. */
  static Interruption bySignal() {
    Interruption interruption = new Interruption();
    // No method reference, as in Main.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread("interruption") {
              @Override
              public void run() {
                interruption.stop();
              }
            });
    return interruption;
  }

  /** Returns whether the run should stop. */
  boolean requested() {
    return requested;
  }

  /** Does work that changes a host; a signal that arrives meanwhile waits for its end. */
  <T> T during(Supplier<T> task) {
    Work begun = new Work(Thread.currentThread(), new CountDownLatch(1));
    work = begun;
    try {
      return task.get();
    } finally {
      work = null;
      begun.ended().countDown();
      // It was meant for the action that has ended.
      boolean unused = Thread.interrupted();
    }
  }

  /** Asks the run to stop, and waits for the work at hand. */
  void stop() {
    requested = true;
    Work begun = work;
    if (begun != null && !Uninterruptibles.awaitUninterruptibly(begun.ended(), TO_END)) {
      begun.thread().interrupt();
      if (!Uninterruptibles.awaitUninterruptibly(begun.ended(), TO_REPORT)) {
        System.err.println(
            Level.ERROR.prefix()
                + "the current action did not end and may be half done; run ncm-xen again");
      }
    }
  }

  private record Work(Thread thread, CountDownLatch ended) {}
}
