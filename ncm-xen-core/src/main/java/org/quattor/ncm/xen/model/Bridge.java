package org.quattor.ncm.xen.model;

import org.jspecify.annotations.Nullable;

/**
 * A bridge of dom0 with the device that is put on it.
 *
 * @param path its place in the profile
 * @param name its name
 * @param netdev the network interface of dom0
 * @param netdevDeclared whether the profile names it; otherwise it follows from the bridge's name
 * @param vifnum the number that xend's script is given, in digits
 * @param vlan the VLAN of the interface, 1 to 4094; null for the interface itself
 */
public record Bridge(
    String path,
    String name,
    String netdev,
    boolean netdevDeclared,
    String vifnum,
    @Nullable Integer vlan) {

  /** Returns the device that is put on the bridge, such as {@code eth1} or {@code eth1.20}. */
  public String port() {
    return vlan == null ? netdev : netdev + "." + vlan;
  }
}
