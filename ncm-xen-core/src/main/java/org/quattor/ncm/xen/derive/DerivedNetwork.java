package org.quattor.ncm.xen.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.derive.HostVariables.BridgePort;

/** The bridges of dom0, and the networks that they lead into. */
final class DerivedNetwork {

  private static final String INTERFACES = "/system/network/interfaces";

  /** To be made by the component, by name. */
  private final Map<String, BridgePort> bridges = new LinkedHashMap<>();

  /** Made by the host's own network configuration. */
  private final Set<String> present = new TreeSet<>(NaturalOrder.INSTANCE);

  private final List<Way> ways = new ArrayList<>();

  /** A network that a bridge leads into. */
  private record Way(Ipv4Network network, String bridge) {}

  /**
   * Reads the host's profile.
   *
   * @param declared {@code XEN_NETWORK_BRIDGES}; null when it is not given, so that there is a
   *     bridge for each network interface
   */
  DerivedNetwork(Profile host, @Nullable Map<String, BridgePort> declared) {
    List<Element> interfaces = Tree.members(host.find(INTERFACES));
    for (Element device : interfaces) {
      Tree.text(device, "bridge").ifPresent(present::add);
      if (Tree.text(device, "type").filter(type -> type.equalsIgnoreCase("bridge")).isPresent()) {
        present.add(device.name());
      }
    }
    if (declared != null) {
      bridges.putAll(declared);
    } else {
      bridgeEach(interfaces, Tree.members(host.find("/hardware/cards/nic")));
    }
    for (Element device : interfaces) {
      bridgeOf(device)
          .ifPresent(
              bridge -> networks(device).forEach(network -> ways.add(new Way(network, bridge))));
    }
  }

  /**
   * Makes a bridge for each network interface that nothing else has taken. As with the old
   * templates the others count too, so that eth2 beside a bond is on xenbr3; but eth2 comes before
   * eth10.
   */
  private void bridgeEach(List<Element> interfaces, List<Element> cards) {
    Set<String> devices = new TreeSet<>(NaturalOrder.INSTANCE);
    cards.forEach(card -> devices.add(card.name()));
    interfaces.forEach(device -> devices.add(device.name()));
    devices.removeAll(present);
    devices.remove("lo");
    Set<String> taken = new HashSet<>();
    for (Element device : interfaces) {
      if (Tree.text(device, "master").isPresent() || Tree.text(device, "bridge").isPresent()) {
        taken.add(device.name());
      }
    }
    long number = 0;
    for (String device : devices) {
      String name = "xenbr" + number;
      if (!taken.contains(device) && !present.contains(name)) {
        bridges.put(name, new BridgePort(device, number));
      }
      number++;
    }
  }

  private Optional<String> bridgeOf(Element device) {
    if (present.contains(device.name())) {
      return Optional.of(device.name());
    }
    return Tree.text(device, "bridge")
        .or(
            () ->
                bridges.entrySet().stream()
                    .filter(
                        bridge -> device.name().equals(netdev(bridge.getKey(), bridge.getValue())))
                    .map(Map.Entry::getKey)
                    .findFirst());
  }

  /** Without a name for it, xend's network script takes the interface of the bridge's number. */
  private static @Nullable String netdev(String bridge, BridgePort port) {
    return port.netdev() == null && bridge.matches("xenbr[0-9]{1,4}")
        ? "eth" + bridge.substring("xenbr".length())
        : port.netdev();
  }

  private static List<Ipv4Network> networks(Element device) {
    List<Ipv4Network> networks = new ArrayList<>();
    network(device, "ip").ifPresent(networks::add);
    for (Element alias : Tree.items(Tree.child(device, "aliases"))) {
      network(alias, "ip").ifPresent(networks::add);
    }
    for (Element route : Tree.items(Tree.child(device, "route"))) {
      if (Tree.text(route, "gateway").isEmpty()) {
        network(route, "address").ifPresent(networks::add);
      }
    }
    return networks;
  }

  private static Optional<Ipv4Network> network(Element element, String address) {
    String mask = Tree.text(element, "netmask").orElse("255.255.255.255");
    return Tree.text(element, address).flatMap(ip -> Ipv4Network.of(ip, mask));
  }

  /** Returns the bridges that the component is to make, in order. */
  ImmutableMap<String, BridgePort> bridges() {
    return ImmutableMap.copyOf(bridges);
  }

  /** Returns the names of all bridges. */
  ImmutableList<String> names() {
    Set<String> names = new TreeSet<>(NaturalOrder.INSTANCE);
    names.addAll(present);
    names.addAll(bridges.keySet());
    return ImmutableList.copyOf(names);
  }

  /** Returns the bridge into the smallest network that an address is in. */
  Optional<String> bridgeTo(String address) {
    Way best = null;
    for (Way way : ways) {
      boolean closer = best == null || way.network().length() > best.network().length();
      if (closer && way.network().contains(address)) {
        best = way;
      }
    }
    return best == null ? Optional.empty() : Optional.of(best.bridge());
  }
}
