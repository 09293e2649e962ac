package org.quattor.ncm.xen.plan;

import org.quattor.ncm.xen.model.Bridge;

/** What an administrator writes so that the distribution makes a bridge that ncm-xen must not. */
final class BridgeAdvice {

  private BridgeAdvice() {}

  /** Returns the lines for whoever looks after the device; for the two usual ones else. */
  static String text(Bridge bridge, String manager) {
    String name = bridge.name();
    String port = bridge.port();
    return switch (manager) {
      case "NetworkManager" ->
          "nmcli connection add type bridge con-name %1$s ifname %1$s bridge.stp no; nmcli connection add type %2$s con-name %1$s-port ifname %3$s%4$s master %1$s; the address belongs to the first one"
              .formatted(
                  name,
                  bridge.vlan() == null ? "ethernet" : "vlan",
                  port,
                  bridge.vlan() == null ? "" : " dev " + bridge.netdev() + " id " + bridge.vlan());
      case "systemd-networkd" ->
          "%1$s.netdev: [NetDev] Name=%1$s Kind=bridge; %2$s.network: [Match] Name=%2$s [Network] Bridge=%1$s; the address belongs into %1$s.network"
              .formatted(name, port);
      default ->
          "ncm-network: '/system/network/interfaces/%2$s/bridge' = '%1$s'; ifupdown: iface %1$s inet ... with bridge_ports %2$s, bridge_stp off and bridge_fd 0; the address belongs to %1$s"
              .formatted(name, port);
    };
  }
}
