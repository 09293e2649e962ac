package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quattor.ncm.xen.host.linux.RealNetwork.OUTSIDE;
import static org.quattor.ncm.xen.host.linux.RealNetwork.bridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostUse;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.host.contract.HostNetworkContract;
import org.quattor.ncm.xen.model.Bridge;

/** Real bridges, in network namespaces that the test made: a dom0, guests, and what is outside. */
class RealNetworkTest {

  @TempDir Path temp;
  private final RealNetwork network = new RealNetwork();

  @BeforeEach
  void open() throws Exception {
    network.open(temp);
  }

  @AfterEach
  void close() throws IOException {
    network.close();
  }

  @Nested
  class KeepsTheContract extends HostNetworkContract {
    @Override
    protected XenHost host() throws Exception {
      return network.dom0().host(temp);
    }
  }

  @Test
  void aGuestReachesTheOutsideBeforeAndAfterEveryChangeThatLeavesItsBridge() throws Exception {
    network.script(bridge("xenbr1", "eth1"));
    network.make("xenbr1", "eth1");
    Namespace guest = network.guest(1, "xenbr1");
    network.guest(2, "xenbr1");
    assertThat(guest.reaches(OUTSIDE)).isTrue();
    assertThat(guest.reaches("10.99.1.12")).isTrue();

    network.make("xenbr1", "eth1");
    assertThat(guest.reaches(OUTSIDE)).as("after one more run").isTrue();

    network.script(bridge("xenbr1", "eth1"), bridge("xenbr2", "eth2"));
    network.make("xenbr2", "eth2");
    assertThat(guest.reaches(OUTSIDE)).as("beside a new bridge").isTrue();

    network.outside().run("ip addr del " + OUTSIDE + "/24 dev out-eth1");
    network.outside().run("ip addr add " + OUTSIDE + "/24 dev out-eth2");
    network.script(bridge("xenbr1", "eth2"));
    network.remove("xenbr2");
    network.make("xenbr1", "eth2");
    guest.run("ip neigh flush all");
    network.outside().run("ip neigh flush all");
    assertThat(guest.reaches(OUTSIDE)).as("through the other interface").isTrue();

    assertThatThrownBy(() -> network.remove("xenbr1"))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("it stays, for vif1.0 is attached to ");
    assertThat(guest.reaches(OUTSIDE)).as("after a removal that was refused").isTrue();
    network.dom0().run("ip link del vif1.0");
    network.dom0().run("ip link del vif2.0");
    network.remove("xenbr1");
    assertThat(network.devices()).doesNotContainKeys("xenbr1", "xenbr2");
    assertThat(network.dom0().reaches("10.99.0.1")).as("the host itself").isTrue();
  }

  @Test
  void theHostsAddressStaysWhateverIsDeclared() throws Exception {
    network.dom0().run("ip addr add 10.99.7.1/32 dev eth2");
    List<Bridge> hostile =
        List.of(
            bridge("xenbr0", "eth0"),
            bridge("eth0", "eth1"),
            bridge("xenbr2", "eth2"),
            bridge("lobr", "lo"),
            bridge("xenbr3", "br-other"));
    network.script(hostile.toArray(Bridge[]::new));
    String before = network.dom0().run("ip addr show dev eth0");
    for (Bridge bridge : hostile) {
      assertThatThrownBy(() -> network.make(bridge.name(), bridge.netdev()))
          .isInstanceOf(HostFailure.class);
    }
    // An IPv6 address is tentative for its first second.
    assertThat(network.dom0().run("ip addr show dev eth0").replace(" tentative", ""))
        .isEqualTo(before.replace(" tentative", ""));
    assertThat(network.dom0().run("ip -o addr show dev eth2")).contains("10.99.7.1/32");
    assertThat(network.devices().get("eth2").master()).isEmpty();
    assertThat(network.dom0().reaches("10.99.0.1")).isTrue();
  }

  @Test
  void aBridgeOfOursThatGotTheHostsAddressStays() throws Exception {
    network.script(bridge("xenbr1", "eth1"));
    network.make("xenbr1", "eth1");
    network.dom0().run("ip addr add 10.99.1.2/24 dev xenbr1");
    network.script(bridge("xenbr1", "eth2"));
    assertThatThrownBy(() -> network.make("xenbr1", "eth2"))
        .hasMessageContaining("carries an address or a route of the host");
    assertThatThrownBy(() -> network.remove("xenbr1"))
        .hasMessageContaining("carries an address or a route of the host");
    assertThat(network.dom0().reaches(OUTSIDE)).isTrue();
  }

  @Test
  void theSizeOfPacketsIsCarriedOver() throws Exception {
    network.dom0().run("ip link set eth1 mtu 9000");
    network.script(bridge("xenbr1", "eth1"));
    network.make("xenbr1", "eth1");
    assertThat(network.devices().get("xenbr1").mtuBytes()).isEqualTo(9000);
    network.dom0().run("ip link set eth1 mtu 1400");
    network.make("xenbr1", "eth1");
    assertThat(network.devices().get("xenbr1").mtuBytes()).isEqualTo(1400);
  }

  @Test
  void allBridgesAreMadeAtBootAndRemovedByStop() throws Exception {
    Path script = network.script(bridge("xenbr1", "eth1"), bridge("xenbr0", "eth0"));
    assertThat(network.call(script, "start").exitStatus()).as("xenbr0 cannot be made").isEqualTo(1);
    assertThat(network.devices()).containsKey("xenbr1").doesNotContainKey("xenbr0");
    assertThat(network.call(script, "status").exitStatus()).isEqualTo(3);
    assertThat(network.call(script, "status").stdout())
        .isEqualTo("xenbr1 with eth1: as defined; eth1\nxenbr0 with eth0: missing;\n");
    assertThat(network.call(script, "stop").exitStatus()).isZero();
    assertThat(network.devices()).doesNotContainKey("xenbr1").containsKey("br-other");
    assertThat(network.call(script, "reload").exitStatus()).isEqualTo(64);
  }

  @Test
  void whatLooksAfterADeviceIsReadFromItsFiles() throws Exception {
    String index =
        Files.readString(
            Path.of("/proc/" + network.dom0().pid() + "/root/sys/class/net/eth1/ifindex"));
    Path links = Files.createDirectories(temp.resolve("root/run/systemd/netif/links"));
    Path devices = Files.createDirectories(temp.resolve("root/run/NetworkManager/devices"));
    assertThat(network.devices().get("eth1").manager()).isEmpty();
    Files.writeString(
        links.resolve(index.strip()), "# This is private data.\nADMIN_STATE=unmanaged\n");
    assertThat(network.devices().get("eth1").manager()).isEmpty();
    Files.writeString(links.resolve(index.strip()), "ADMIN_STATE=configured\n");
    assertThat(network.devices().get("eth1").manager()).isEqualTo("systemd-networkd");
    Files.writeString(devices.resolve(index.strip()), "[device]\nmanaged=true\n");
    assertThat(network.devices().get("eth1").manager()).isEqualTo("NetworkManager");
    assertThat(network.devices().get("eth2").manager()).isEmpty();
    assertThat(network.host().commands()).isZero();
  }

  @Test
  void anAddressOfIpv6BeyondTheLinkIsTheHosts() throws Exception {
    network.dom0().run("ip -6 addr add 2001:db8::1/64 dev eth2 nodad");
    network.dom0().run("ip link set eth2 up");
    assertThat(network.devices().get("eth2").use()).isEqualTo(HostUse.USED);
    network.script(bridge("xenbr2", "eth2"));
    assertThatThrownBy(() -> network.make("xenbr2", "eth2"))
        .hasMessageContaining("carries an address or a route of the host");
  }
}
