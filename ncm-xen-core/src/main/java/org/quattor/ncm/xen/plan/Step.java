package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.Impact;

/**
 * What every action has.
 *
 * @param subject the guest that it is for; empty for the host
 * @param why why it is planned
 * @param impact what it means for the running guest
 * @param dependsOn ids of the actions that must have been done before
 */
public record Step(String subject, Reason why, Impact impact, ImmutableList<String> dependsOn) {

  static Step of(String subject, Reason reason) {
    return new Step(subject, reason, Impact.NONE, ImmutableList.of());
  }

  Step after(Iterable<String> ids) {
    return new Step(subject, why, impact, ImmutableList.copyOf(ids));
  }

  Step with(Impact other) {
    return new Step(subject, why, other, dependsOn);
  }
}
