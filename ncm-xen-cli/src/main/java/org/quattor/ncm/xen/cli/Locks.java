package org.quattor.ncm.xen.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.linux.HeldLock;
import org.quattor.ncm.xen.host.linux.LockHolder;

/** Locks of {@code flock(2)}; tests have their own. */
interface Locks {

  /** Returns the real ones. */
  static Locks flock() {
    return new Locks() {
      @Override
      public Optional<Held> take(Path place, Duration wait) throws HostFailure {
        return HeldLock.take(place, wait).map(Flock::new);
      }

      @Override
      public Optional<String> holder(Path place) {
        return LockHolder.of(place);
      }
    };
  }

  /** A lock that is ours until it is closed. */
  interface Held extends AutoCloseable {
    /** Returns whether it is still ours: the process that has it may have been killed. */
    boolean isHeld();

    @Override
    void close();
  }

  /** One of {@code flock(2)}. */
  record Flock(HeldLock lock) implements Held {
    @Override
    public boolean isHeld() {
      return lock.isHeld();
    }

    @Override
    public void close() {
      lock.close();
    }
  }

  /** Takes a lock; empty when another process has it for the whole wait, which may be zero. */
  Optional<Held> take(Path place, Duration wait) throws HostFailure;

  /** Returns which process has the lock, in words; empty when that is unknown. */
  Optional<String> holder(Path place);
}
