package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.List;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.host.HostUse;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.host.NetworkDevice.Forwarding;
import org.quattor.ncm.xen.host.NetworkDevice.Kind;
import org.quattor.ncm.xen.host.NetworkDevice.Tag;

/** A host with two interfaces, and profiles with bridges over them. */
record BridgeHost(Scenario host) {

  /** A bridge over a whole interface. */
  static final String ONE = "{'bridges': {'br': {'netdev': 'eth1'}}}";

  static BridgeHost in(Path folder) {
    return new BridgeHost(
        new Scenario(folder)
            .with(
                bare ->
                    bare.withDevice("eth1", device(""))
                        .withDevice("eth2", device(""))
                        .withBridge("xenbr5")));
  }

  static NetworkDevice device(String master) {
    return new NetworkDevice(Kind.OTHER, true, 1500, "", master, null, null, HostUse.UNUSED, "");
  }

  static NetworkDevice bridge(boolean carriesHost) {
    return new NetworkDevice(
        Kind.BRIDGE,
        true,
        1500,
        "",
        "",
        new Forwarding(false, 0),
        null,
        carriesHost ? HostUse.USED : HostUse.UNUSED,
        "");
  }

  static NetworkDevice vlan(Tag tag, boolean carriesHost) {
    return new NetworkDevice(
        Kind.VLAN, true, 1500, "", "", null, tag, carriesHost ? HostUse.USED : HostUse.UNUSED, "");
  }

  Scenario having(String name, NetworkDevice device) {
    return host.change(now -> now.withDevice(name, device));
  }

  /** Returns a profile with a network, and a guest on each of some bridges. */
  static Profile profile(String network, String... bridges) {
    StringBuilder guests = new StringBuilder();
    for (String bridge : bridges) {
      guests
          .append(guests.isEmpty() ? "" : ", ")
          .append(
              """
              'on-%1$s': {'options': {'name': 'on-%1$s', 'memory': 64, 'kernel': '/k',
                                      'vif': ['bridge=%1$s']}}"""
                  .formatted(bridge));
    }
    return Scenario.profile(
        "{'active': true, 'create_domains': true, 'domains': {%s}, 'network': %s}"
            .formatted(guests, network)
            .replace('\'', '"'));
  }

  XenPlan plan(String network, String... bridges) {
    return (XenPlan) host.plan(profile(network, bridges));
  }

  /** Returns what is found of bridges, and what is done to them. */
  static List<String> about(XenPlan plan) {
    ImmutableList.Builder<String> all = ImmutableList.builder();
    plan.findings().forEach(finding -> all.add(finding.id() + " " + finding.found()));
    plan.actions().stream()
        .filter(action -> action.type().endsWith("-bridge"))
        .forEach(action -> all.add(action.summary()));
    return all.build();
  }
}
