package org.quattor.ncm.xen.plan;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Impact;

/**
 * One thing that a running domain has otherwise than declared.
 *
 * @param text what differs, from what to what, such as {@code memory 512 MiB to 1024 MiB}
 * @param impact what it takes: {@link Impact#LIVE} or {@link Impact#NEXT_REBOOT}
 * @param live makes the action that changes it while the domain runs; null when there is none
 */
public record Difference(String text, Impact impact, @Nullable Function<Step, Action> live) {

  /** One that the domain takes while it runs. */
  static Difference live(String text, Function<Step, Action> action) {
    return new Difference(text, Impact.LIVE, action);
  }

  /** One that it takes only when it is made anew. */
  static Difference later(String text) {
    return new Difference(text, Impact.NEXT_REBOOT, null);
  }

  Optional<Action> action(Step step) {
    return Optional.ofNullable(live).map(make -> make.apply(step));
  }
}
