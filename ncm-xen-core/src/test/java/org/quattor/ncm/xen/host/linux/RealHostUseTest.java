package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.quattor.ncm.xen.host.linux.RealNetwork.bridge;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostUse;
import org.quattor.ncm.xen.host.NetworkUse;

/** Whether the host uses a device, of a real kernel: by all that it shows, and by the script. */
class RealHostUseTest {

  private static final String CARRIES = "carries an address or a route of the host";

  @TempDir Path temp;
  private final RealNetwork network = new RealNetwork();

  @BeforeEach
  void open() throws Exception {
    network.open(temp);
    network.dom0().run("ip link set eth1 up");
  }

  @AfterEach
  void close() throws IOException {
    network.close();
  }

  private NetworkUse use() throws HostFailure {
    return new NetworkUse(network.host().network().devicesWithUse());
  }

  private void set(String commands) {
    for (String command : Splitter.on(';').trimResults().split(commands)) {
      String argv = command.startsWith("sysctl") ? command : "ip " + command;
      assumeTrue(network.dom0().status(argv) == 0, "not on this machine: " + argv);
    }
  }

  /** At boot the script is alone: it has to find the same. */
  private void assertScriptTakes(String bridge, String device, boolean takes) throws Exception {
    Path script = network.script(bridge(bridge, device));
    CommandResult result = network.call(script, "start", bridge);
    if (takes) {
      assertThat(result.stderr()).isEmpty();
      assertThat(network.devices().get(device).master()).isEqualTo(bridge);
    } else {
      assertThat(result.exitStatus()).isEqualTo(1);
      assertThat(result.stderr()).contains(device + " is not taken", CARRIES);
      assertThat(network.devices().get(device).master()).isNotEqualTo(bridge);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "addr add 192.0.2.9/32 dev eth1",
        "addr add 169.254.7.7/16 scope link dev eth1",
        "-6 addr add 2001:db8::1/64 dev eth1 nodad",
        "link set eth1 down; addr add 192.0.2.9/24 dev eth1",
        "route add 198.51.100.0/24 dev eth1",
        "route add 198.51.100.0/24 dev eth1 table 200; rule add to 198.51.100.0/24 lookup 200",
        "route add default dev eth1 table 200",
        "route add 198.51.100.0/24 nexthop via 10.99.0.1 dev eth0 weight 1"
            + " nexthop via inet6 fe80::1 dev eth1 weight 9",
        "nexthop add id 7 via inet6 fe80::1 dev eth1; route add 198.51.100.0/24 nhid 7",
        "nexthop add id 7 via fe80::1 dev eth0; nexthop add id 8 via fe80::1 dev eth1;"
            + " nexthop add id 9 group 7/8; -6 route add 2001:db8:1::/48 nhid 9",
        "sysctl -w net.ipv4.nexthop_compat_mode=0; nexthop add id 7 via inet6 fe80::1 dev eth1;"
            + " route add 198.51.100.0/24 nhid 7",
        "-6 route add 2001:db8:1::/48 via fe80::1 dev eth1",
        "-6 route add 2001:db8:1::/48 dev eth1 table 200",
        "-6 route add default via fe80::1 dev eth1 table 300",
        "addr add 192.0.2.1/32 dev lo;"
            + " route add 198.51.100.0/24 via inet6 fe80::1 dev eth1 src 192.0.2.1",
      })
  void aDeviceIsUsedThat(String commands) throws Exception {
    set(commands);
    assertThat(use().of("eth1")).isEqualTo(HostUse.USED);
    network.script(bridge("xenbr1", "eth1"));
    assertThatThrownBy(() -> network.make("xenbr1", "eth1")).hasMessageContaining(CARRIES);
    assertThat(network.devices()).doesNotContainKey("xenbr1");
    assertScriptTakes("xenbr1", "eth1", false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "link add link eth1 name top type macvlan; addr add 192.0.2.9/24 dev top",
        "link add link eth1 name top type vlan id 7; addr add 192.0.2.9/24 dev top",
        "link add top type vxlan id 9 dev eth1 dstport 4789 remote 10.99.1.9;"
            + " addr add 192.0.2.9/24 dev top",
        "link add top type gre local 10.99.0.2 remote 10.99.1.9 dev eth1;"
            + " addr add 192.0.2.9/24 dev top",
        "link add link eth1 name mid type macvlan; link add top type bridge;"
            + " link set mid master top; -6 addr add 2001:db8::1/64 dev top nodad",
        "link add top type bridge; link set eth1 master top; addr add 192.0.2.9/24 dev top",
        "link add top type bond; link set eth1 down; link set eth1 master top;"
            + " addr add 192.0.2.9/24 dev top",
      })
  void whatIsOnADeviceUsesIt(String commands) throws Exception {
    set(commands);
    assertThat(use().of("eth1")).isEqualTo(HostUse.USED);
    assertThat(use().whyLeft("eth1")).contains("top " + CARRIES);
    network.script(bridge("xenbr1", "eth1"));
    assertThatThrownBy(() -> network.make("xenbr1", "eth1")).hasMessageContaining(CARRIES);
    assertScriptTakes("xenbr1", "eth1", false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "link set eth1 down",
        "-6 addr add fe80::77/64 dev eth1 nodad",
        "-6 route add blackhole 2001:db8:9::/48",
        "route add blackhole 198.51.100.0/24",
        "route add unreachable 198.51.100.0/24 table 200",
        "link add link eth2 name top type macvlan; addr add 192.0.2.9/24 dev top",
        "nexthop add id 7 via inet6 fe80::1 dev eth1",
        "addr add 192.0.2.9/24 dev eth2; link set eth2 up",
      })
  void aDeviceIsFreeThoughThereIs(String commands) throws Exception {
    set(commands);
    assertThat(network.devices().get("eth1").use())
        .as("without a command")
        .isInstanceOf(HostUse.Unknown.class);
    assertThat(use().of("eth1")).isEqualTo(HostUse.UNUSED);
    assertScriptTakes("xenbr1", "eth1", true);
    network.remove("xenbr1");
    network.make("xenbr1", "eth1");
    assertThat(network.devices().get("eth1").master()).isEqualTo("xenbr1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "addr add 192.0.2.9/24 dev xenbr1",
        "-6 addr add 2001:db8::1/64 dev xenbr1 nodad",
        "route add default dev xenbr1 table 200",
        "link add link xenbr1 name top type macvlan",
        "link add link xenbr1 name top type vlan id 7",
        "link set eth2 master xenbr1",
      })
  void aBridgeOfOursStaysWith(String commands) throws Exception {
    Path script = network.script(bridge("xenbr1", "eth1"));
    network.make("xenbr1", "eth1");
    set(commands);
    assertThatThrownBy(() -> network.remove("xenbr1")).hasMessageContaining("it stays, for ");
    assertThat(network.call(script, "stop", "xenbr1").stderr()).contains("it stays, for ");
    assertThat(network.devices().get("eth1").master()).isEqualTo("xenbr1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo broken >&2; exit 1",
        "exit 0",
        "echo '[]'",
        "echo '[{'",
        "echo 'Option \"-j\" is unknown, try \"ip -help\".' >&2; exit 255",
        "[ \"$2\" = -d ] && exec %s \"$@\"; echo '[]'",
        "[ \"$2\" = -d ] && exec %s \"$@\"; echo '[{\"dst\":\"default\",\"flags\":[]}]'",
        "[ \"$2\" = -d ] && exec %s \"$@\"; echo '[{\"dst\":\"default\",\"dev\":7}]'",
        "[ \"$2\" = -d ] || exec %s \"$@\"; echo '[{\"ifname\":\"lo\",\"addr_info\":[]}]'",
      })
  void anAnswerThatIsNotUnderstoodIsNoAnswer(String ip) throws Exception {
    network.script(bridge("xenbr1", "eth1"));
    Files.delete(temp.resolve("bin/ip"));
    String real = network.dom0().ip();
    StandIn.script(
        temp.resolve("bin"),
        "ip",
        "#!/bin/sh\n[ \"$1\" = -j ] || exec " + real + " \"$@\"\n" + ip.replace("%s", real) + "\n");
    assertThatThrownBy(this::use).isInstanceOf(HostFailure.class);
    List.of("make", "remove").forEach(word -> assertRefused(word));
    assertThat(network.devices()).doesNotContainKey("xenbr1");
  }

  private void assertRefused(String word) {
    assertThatThrownBy(
            () -> {
              if (word.equals("make")) {
                network.make("xenbr1", "eth1");
              } else {
                network.remove("xenbr1");
              }
            })
        .isInstanceOf(HostFailure.class);
  }
}
