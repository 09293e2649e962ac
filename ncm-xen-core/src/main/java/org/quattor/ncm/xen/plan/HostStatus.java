package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.xen.host.DomainState;

/**
 * How it stands with a host.
 *
 * @param plan what configure would do
 * @param guests the guests that the profile declares, by key
 * @param others running domains that it does not declare, dom0 left out
 * @param bridges the bridges that it declares, and others that ncm-xen made
 */
public record HostStatus(
    XenPlan plan,
    ImmutableList<GuestStatus> guests,
    ImmutableList<DomainState> others,
    ImmutableList<BridgeStatus> bridges) {}
