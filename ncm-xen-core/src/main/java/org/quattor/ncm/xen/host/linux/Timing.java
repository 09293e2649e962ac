package org.quattor.ncm.xen.host.linux;

import java.time.Duration;

/** How time passes; tests have a time of their own. */
interface Timing {

  /** The system's. */
  Timing SYSTEM =
      new Timing() {
        @Override
        public Duration now() {
          return Duration.ofNanos(System.nanoTime());
        }

        @Override
        public void pause(Duration length) throws InterruptedException {
          Thread.sleep(length.toMillis());
        }
      };

  /** Returns the time since some moment in the past. */
  Duration now();

  /** Waits. */
  void pause(Duration length) throws InterruptedException;
}
