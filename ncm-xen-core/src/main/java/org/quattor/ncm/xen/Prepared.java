package org.quattor.ncm.xen;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.plan.GuestTexts;
import org.quattor.ncm.xen.plan.PlanDigest;
import org.quattor.ncm.xen.plan.XenPlan;
import org.quattor.ncm.xen.status.HostStatus;
import org.quattor.ncm.xen.status.StatusReader;

/**
 * A plan and what it was made from, so that it can be executed without reading the host again.
 *
 * @param plan the plan
 * @param desired what was wished for; null when the host was not looked at
 * @param seen what was seen of the host; null when it was not looked at
 * @param texts of the guest files; null when it was not looked at
 * @param host the host; null when it was not looked at
 * @param toolstack what it is worked with
 * @param commandsBefore how many commands the host had run before
 * @param discretion keeps the secrets of the profile out of what is said of the plan
 */
record Prepared(
    XenPlan plan,
    @Nullable DesiredState desired,
    @Nullable Observation seen,
    @Nullable GuestTexts texts,
    @Nullable XenHost host,
    Toolstack toolstack,
    int commandsBefore,
    Discretion discretion) {

  /** A plan without actions, for which no host was looked at. */
  static Prepared withoutHost(ImmutableList<Finding> findings, boolean valid, PlanDigest digest) {
    XenPlan plan =
        new XenPlan(
            Intent.CONFIGURE,
            true,
            valid,
            findings,
            ImmutableList.of(),
            digest,
            new PlanDigest(() -> ""));
    return new Prepared(plan, null, null, null, null, Toolstack.XL, 0, Discretion.NONE);
  }

  /**
   * Returns how the host stands, told from what the plan was made from.
   *
   * @param guests when there are any, only these
   */
  HostStatus status(ImmutableSet<String> guests) {
    return desired == null || seen == null || texts == null
        ? new HostStatus(plan, ImmutableList.of(), ImmutableList.of(), ImmutableList.of())
        : StatusReader.read(desired, seen, plan, texts, guests);
  }

  int commands() {
    return host == null ? 0 : host.commands() - commandsBefore;
  }
}
