package org.quattor.ncm.xen;

import java.nio.file.Path;
import java.util.List;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.finding.XenPaths;
import org.quattor.ncm.xen.host.HostUse;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.host.NetworkDevice.Kind;

/** A host with network interfaces, and profiles that want bridges on it. */
final class Networks {

  private Networks() {}

  static NetworkDevice device(boolean carriesHost, String manager) {
    return new NetworkDevice(
        Kind.OTHER,
        true,
        1500,
        "",
        "",
        null,
        null,
        carriesHost ? HostUse.USED : HostUse.UNUSED,
        manager);
  }

  static Scenario host(Path folder, String name) {
    return new Scenario(folder.resolve(name))
        .with(
            bare ->
                bare.withDevice("eth0", device(true, ""))
                    .withDevice("eth1", device(false, ""))
                    .withDevice("eth2", device(false, ""))
                    .withDevice("eth3", device(false, "NetworkManager")));
  }

  static Profile profile(String network, String... bridgesOfGuests) {
    StringBuilder guests = new StringBuilder();
    for (int i = 0; i < bridgesOfGuests.length; i++) {
      guests
          .append(i == 0 ? "" : ", ")
          .append(
              "'vm%1$d': {'options': {'name': 'vm%1$d', 'memory': 64, 'kernel': '/k', 'vif': ['bridge=%2$s']}}"
                  .formatted(i + 1, bridgesOfGuests[i]));
    }
    return Scenario.profile(
        ("{'active': true, 'create_domains': true, 'domains': {"
                + guests
                + "}, 'network': "
                + network
                + "}")
            .replace('\'', '"'));
  }

  static Scenario withKernel(Scenario host) {
    return host.file("/k", "a kernel");
  }

  static List<String> done(ComponentResult result) {
    return Scenario.actions(result, Outcome.DONE).toList();
  }

  static List<String> found(ComponentResult result) {
    return Scenario.findings(result.plan())
        .map(line -> line.replace(XenPaths.COMPONENT, ""))
        .toList();
  }

  static final String TWO =
      "{'bridges': {'xenbr1': {}}, 'vlans': {'dmz': {'netdev': 'eth2', 'vlan': 20}}}";
}
