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
          .ifPresent(first -> findings.add("XEN134", bridge.path(), "first", first));
      ports
          .add(bridge.port(), bridge.path())
          .ifPresent(
              first ->
                  findings.add(
                      bridge.netdevDeclared() ? "XEN133" : "XEN133.by-name",
                      bridge.path(),
                      "port",
                      bridge.port(),
                      "first",
                      first));
      if (bridge.vlan() == null) {
        taken.putIfAbsent(bridge.netdev(), bridge);
      }
    }
    for (Bridge bridge : network.bridges()) {
      if (netdevs.contains(bridge.name())) {
        findings.add("XEN135", bridge.path());
      }
      Optional.ofNullable(bridge.vlan() == null ? null : taken.get(bridge.netdev()))
          .ifPresent(
              whole ->
                  findings.add(
                      "XEN136",
                      bridge.path() + "/netdev",
                      "netdev",
                      bridge.netdev(),
                      "bridge",
                      whole.name()));
    }
  }

  private static void name(Bridge bridge, Findings findings) {
    String name = bridge.name();
    if (!isDeviceName(name) || name.startsWith("-")) {
      findings.add("XEN130", bridge.path(), "max", MAX_NAME_LENGTH);
    }
    if (!isDeviceName(bridge.netdev())) {
      findings.add(
          bridge.netdev().contains(":") ? "XEN131.label" : "XEN131",
          bridge.path() + (bridge.netdevDeclared() ? "/netdev" : ""),
          "netdev",
          bridge.netdev());
    } else if (!isDeviceName(bridge.port())) {
      findings.add("XEN132", bridge.path(), "port", bridge.port(), "max", MAX_NAME_LENGTH);
    }
  }

  private static boolean isDeviceName(String name) {
    return !name.isEmpty()
        && name.length() <= MAX_NAME_LENGTH
        && !RESERVED.contains(name)
        && name.chars().noneMatch(c -> c == '/' || c == ':' || c <= ' ' || c >= 127);
  }
}
