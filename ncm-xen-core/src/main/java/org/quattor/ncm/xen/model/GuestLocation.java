package org.quattor.ncm.xen.model;

/**
 * An entry of {@code guest_map}.
 *
 * @param mac the guest's first MAC, as declared
 * @param hypervisorName the host that the guest belongs to, as a full or a short host name
 */
public record GuestLocation(String mac, String hypervisorName) {

  /**
   * Returns whether the guest belongs to the host, given its full name; a short name matches too.
   */
  public boolean isOn(String hostName) {
    return hypervisorName.equalsIgnoreCase(hostName)
        || (!hypervisorName.contains(".")
            && hypervisorName.equalsIgnoreCase(hostName.split("\\.", 2)[0]));
  }
}
