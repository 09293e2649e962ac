package org.quattor.ncm.xen.apply;

import java.time.Duration;

/** Waits; tests replace it. */
public interface Pause {

  /** Waits on the real clock; an interrupt ends the wait and stays set. */
  Pause REAL =
      duration -> {
        try {
          Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      };

  /** Waits for the time. */
  void of(Duration duration);
}
