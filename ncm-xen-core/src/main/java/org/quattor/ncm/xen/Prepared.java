package org.quattor.ncm.xen;

import com.google.common.collect.ImmutableList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.plan.HostStatus;
import org.quattor.ncm.xen.plan.XenPlan;

/**
 * A plan and the host that it was made for, so that it can be executed without reading it again.
 *
 * @param plan the plan
 * @param status tells how the host stands, from what the plan was made from
 * @param host the host; null when it was not looked at
 * @param toolstack what it is worked with
 * @param commandsBefore how many commands the host had run before
 */
record Prepared(
    XenPlan plan,
    Supplier<HostStatus> status,
    @Nullable XenHost host,
    Toolstack toolstack,
    int commandsBefore) {

  /** A plan without actions, for which no host was looked at. */
  static Prepared withoutHost(ImmutableList<Finding> findings, boolean valid, String digest) {
    XenPlan plan =
        new XenPlan(Intent.CONFIGURE, true, valid, findings, ImmutableList.of(), digest, () -> "");
    HostStatus status =
        new HostStatus(plan, ImmutableList.of(), ImmutableList.of(), ImmutableList.of());
    return new Prepared(plan, () -> status, null, Toolstack.XL, 0);
  }

  int commands() {
    return host == null ? 0 : host.commands() - commandsBefore;
  }
}
