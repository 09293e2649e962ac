package org.quattor.ncm.xen.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Locks that others have for a number of tries, as the test says. */
final class FakeLocks implements Locks {

  /** How often a lock of that file name is not to be had. */
  final Map<String, Integer> busy = new HashMap<>();

  /** Whether somebody killed the processes that had the locks. */
  boolean lost;

  /** What was done, in order. */
  final List<String> done = new ArrayList<>();

  @Override
  public Optional<Held> take(Path place, Duration wait) {
    String name = String.valueOf(place.getFileName());
    int left = busy.getOrDefault(name, 0);
    done.add("take " + name + " within " + wait.toSeconds() + " s");
    if (left > 0) {
      busy.put(name, left - 1);
      return Optional.empty();
    }
    return Optional.of(
        new Held() {
          @Override
          public boolean isHeld() {
            return !lost;
          }

          @Override
          public void close() {
            done.add("free " + name);
          }
        });
  }

  @Override
  public Optional<String> holder(Path place) {
    return Optional.of("process 7 (ncm-ncd --configure spma)");
  }
}
