package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.host.HostUse;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.host.NetworkDevice.Kind;

/** A profile, and a host that it is brought upon. */
enum Situation {
  /** Nothing of the guests is there yet. */
  FIRST_RUN {
    @Override
    Scenario host(Path folder) {
      return TenGuests.withFiles(new Scenario(folder).with(TenGuests::furnish), "/srv/xen/");
    }

    @Override
    Profile profile() {
      return TenGuests.profile();
    }
  },
  /** The guests run, and each is to be changed in another way. */
  CHANGES {
    @Override
    Scenario host(Path folder) {
      Scenario host = new Scenario(folder).with(ChangingGuests::furnish);
      host.file("/etc/xen/byhand", TenGuests.CANARY).file("/boot/vmlinuz-6.1", "a kernel");
      assertThat(host.configure(ChangingGuests.before()).errors()).isZero();
      return host;
    }

    @Override
    Profile profile() {
      return ChangingGuests.after();
    }
  },
  /** The guests run, and the profile has none any more. */
  ALL_GONE {
    @Override
    Scenario host(Path folder) {
      return CHANGES.host(folder);
    }

    @Override
    Profile profile() {
      return Scenario.domains("{}");
    }
  },
  /** Bridges and a VLAN are to be made. */
  NETWORKS {
    @Override
    Scenario host(Path folder) {
      NetworkDevice idle =
          new NetworkDevice(Kind.OTHER, true, 1500, "", "", null, null, HostUse.UNUSED, "");
      return new Scenario(folder)
          .with(bare -> bare.withDevice("eth1", idle).withDevice("eth2", idle))
          .file("/boot/vmlinuz", "a kernel")
          .file("/etc/xen/byhand", TenGuests.CANARY);
    }

    @Override
    Profile profile() {
      return Scenario.profile(
          """
          {"active": true, "dispatch": true, "create_domains": true, "network": {
             "removeqemunetworklibvirtautostart": true, "bridges": {"xenbr1": {}},
             "vlans": {"dmz": {"netdev": "eth2", "vlan": 20}}},
           "domains": {
             "n0": {"options": {"name": "n0", "memory": 64, "kernel": "/boot/vmlinuz",
               "vif": ["bridge=xenbr1"]}},
             "n1": {"options": {"name": "n1", "memory": 64, "kernel": "/boot/vmlinuz",
               "vif": ["bridge=dmz"]}}}}
          """);
    }
  },
  /** They are to be taken away. */
  NETWORKS_GONE {
    @Override
    Scenario host(Path folder) {
      Scenario host = NETWORKS.host(folder);
      assertThat(host.configure(NETWORKS.profile()).errors()).isZero();
      return host;
    }

    @Override
    Profile profile() {
      return Scenario.profile(
          """
          {"active": true, "dispatch": true, "domains": {}, "network": {
             "removeqemunetworklibvirtautostart": true}}
          """);
    }
  };

  abstract Scenario host(Path folder);

  abstract Profile profile();
}
