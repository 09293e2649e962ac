package org.quattor.ncm.xen.status;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.xen.plan.XenPlan;

/**
 * The state of a host.
 *
 * @param plan what configure would do
 * @param guests the guests that the profile declares, by key
 * @param others domains that it does not declare, dom0 left out
 * @param bridges the bridges that it declares, and others that ncm-xen created
 */
public record HostStatus(
    XenPlan plan,
    ImmutableList<GuestStatus> guests,
    ImmutableList<OtherDomain> others,
    ImmutableList<BridgeStatus> bridges) {

  /**
   * A domain that the profile does not declare.
   *
   * @param domain its name at the toolstack
   * @param id its number
   * @param state what it does
   */
  public record OtherDomain(String domain, int id, DomainStatus state) {}
}
