package org.quattor.ncm.xen.host;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A bridge that is to be there.
 *
 * @param name its name
 * @param netdev the network interface that is put on it
 * @param vlan the VLAN of the interface that is put on it instead, 1 to 4094; null for none
 */
public record BridgeDefinition(String name, String netdev, @Nullable Integer vlan) {

  /** Returns the device that is put on the bridge, such as {@code eth1} or {@code eth1.20}. */
  public String port() {
    return vlan == null ? netdev : netdev + "." + vlan;
  }

  /** Returns the devices that xend's scripts may have put on the bridge: {@code peth1} for eth1. */
  public Set<String> xendPorts() {
    return Set.of(port(), "p" + netdev);
  }

  /** Returns the device for people, such as {@code eth1} or {@code VLAN 20 of eth1}. */
  public String portText() {
    return vlan == null ? netdev : "VLAN " + vlan + " of " + netdev;
  }
}
