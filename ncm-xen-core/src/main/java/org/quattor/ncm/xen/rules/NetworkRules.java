package org.quattor.ncm.xen.rules;

import com.google.common.collect.ImmutableSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.model.Bridge;
import org.quattor.ncm.xen.model.Network;

/** What makes bridges and VLANs impossible on any host. */
final class NetworkRules {

  /** {@code IFNAMSIZ} of {@code linux/if.h}, less the byte that ends the name. */
  private static final int MAX_NAME_LENGTH = 15;

  /** Names that the kernel refuses or that stand for all devices in {@code /proc/sys/net}. */
  private static final ImmutableSet<String> RESERVED =
      ImmutableSet.of(".", "..", "all", "default", "lo", "ncm-xen.new");

  private NetworkRules() {}

  static void check(Network network, Findings findings) {
    Uses<String> names = new Uses<>();
    Uses<String> ports = new Uses<>();
    Map<String, Bridge> taken = new HashMap<>();
    Set<String> netdevs = new HashSet<>();
    for (Bridge bridge : network.bridges()) {
      netdevs.add(bridge.netdev());
      name(bridge, findings);
      names
          .add(bridge.name(), bridge.path())
          .ifPresent(
              first ->
                  findings.error(
                      "XEN134",
                      bridge.path(),
                      "the bridge is that of " + first + " too",
                      "each bridge once, in bridges or in vlans",
                      ""));
      ports
          .add(bridge.port(), bridge.path())
          .ifPresent(
              first ->
                  findings.error(
                      "XEN133",
                      bridge.path(),
                      "it takes " + bridge.port() + ", which " + first + " takes too",
                      "a device on one bridge only",
                      byName(bridge)));
      if (bridge.vlan() == null) {
        taken.putIfAbsent(bridge.netdev(), bridge);
      }
    }
    for (Bridge bridge : network.bridges()) {
      if (netdevs.contains(bridge.name())) {
        findings.warning(
            "XEN135",
            bridge.path(),
            "the bridge has the name of a device that is put on a bridge",
            "a name of its own",
            "only xend's scripts can rename the device");
      }
      Optional.ofNullable(bridge.vlan() == null ? null : taken.get(bridge.netdev()))
          .ifPresent(
              whole ->
                  findings.warning(
                      "XEN136",
                      bridge.path() + "/netdev",
                      bridge.netdev() + " is on the bridge " + whole.name() + " as a whole",
                      "VLANs of a device that is on no bridge",
                      "frames of the VLAN do not reach " + whole.name() + " then"));
    }
  }

  private static void name(Bridge bridge, Findings findings) {
    String name = bridge.name();
    if (!isDeviceName(name) || name.startsWith("-")) {
      findings.error(
          "XEN130",
          bridge.path(),
          "the kernel knows no device of such a name",
          "a name of at most " + MAX_NAME_LENGTH + " characters without / and :",
          "all, default, lo and ncm-xen.new are taken");
    }
    if (!isDeviceName(bridge.netdev())) {
      findings.error(
          "XEN131",
          bridge.path() + (bridge.netdevDeclared() ? "/netdev" : ""),
          bridge.netdev() + " cannot be put on a bridge",
          "the name of a network interface",
          bridge.netdev().contains(":") ? "a name with : is an address, not a device" : "");
    } else if (!isDeviceName(bridge.port())) {
      findings.error(
          "XEN132",
          bridge.path(),
          "the device of the VLAN would be " + bridge.port() + ", which is too long",
          "NETDEV.VLAN with at most " + MAX_NAME_LENGTH + " characters",
          "rename the interface");
    }
  }

  private static boolean isDeviceName(String name) {
    return !name.isEmpty()
        && name.length() <= MAX_NAME_LENGTH
        && !RESERVED.contains(name)
        && name.chars().noneMatch(c -> c == '/' || c == ':' || c <= ' ' || c >= 127);
  }

  private static String byName(Bridge bridge) {
    return bridge.netdevDeclared() ? "" : "without netdev the name of the bridge decides";
  }
}
