package org.quattor.ncm.xen.model;

import com.google.common.collect.ImmutableList;

/**
 * An entry of {@code guest_map}.
 *
 * @param mac the guest's first MAC, as declared
 * @param hypervisorName the host that the guest belongs to, as a full or a short host name
 */
public record GuestLocation(String mac, String hypervisorName) {

  /** Returns whether the guest may belong to the host, given the name that its profile says. */
  public boolean isOn(String hostName) {
    return !(new HostIdentity(hostName, "").place(this, ImmutableList.of(this))
        instanceof Place.Elsewhere);
  }
}
