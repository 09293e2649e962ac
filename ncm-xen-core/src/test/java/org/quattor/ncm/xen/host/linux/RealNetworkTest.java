package org.quattor.ncm.xen.host.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.host.BridgeDefinition;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.host.contract.HostNetworkContract;
import org.quattor.ncm.xen.model.Bridge;
import org.quattor.ncm.xen.network.Iproute2Script;
import org.quattor.ncm.xen.network.NetworkFiles;

/** Real bridges, in network namespaces that the test made: a dom0, guests, and what is outside. */
class RealNetworkTest {

  private static final String OUTSIDE = "10.99.1.1";

  @TempDir Path temp;
  private final List<Namespace> open = new ArrayList<>();
  private Namespace dom0;
  private Namespace outside;
  private LinuxHost host;

  @BeforeEach
  void buildDom0() throws Exception {
    dom0 = namespace();
    outside = namespace();
    for (String name : new String[] {"eth0", "eth1", "eth2"}) {
      dom0.wire(name, outside, "out-" + name);
      outside.run("ip link set out-" + name + " up");
    }
    dom0.run("ip link set eth0 up");
    dom0.run("ip addr add 10.99.0.2/24 dev eth0");
    outside.run("ip addr add 10.99.0.1/24 dev out-eth0");
    outside.run("ip addr add " + OUTSIDE + "/24 dev out-eth1");
    dom0.run("ip link add br-other type bridge");
    host = dom0.host(temp);
  }

  @AfterEach
  void removeAll() {
    open.forEach(Namespace::close);
  }

  private Namespace namespace() throws Exception {
    Namespace namespace = Namespace.open();
    open.add(namespace);
    return namespace;
  }

  @Nested
  class KeepsTheContract extends HostNetworkContract {
    @Override
    protected XenHost host() throws Exception {
      return dom0.host(temp);
    }
  }

  private static Bridge bridge(String name, String netdev) {
    return new Bridge("", name, netdev, true, "0", null);
  }

  private Path script(Bridge... bridges) throws Exception {
    host.files().makeFolder(NetworkFiles.SCRIPTS, 0755);
    byte[] text = Iproute2Script.text(Arrays.asList(bridges)).getBytes(UTF_8);
    host.files().write(NetworkFiles.SCRIPT, text, 0755);
    return temp.resolve("root" + NetworkFiles.SCRIPT);
  }

  private void make(String name, String netdev) throws HostFailure {
    host.network().makeBridge(NetworkFiles.SCRIPT, new BridgeDefinition(name, netdev, null));
  }

  /**
   * A guest with an address in the outer network, its device on the bridge as Xen puts it there.
   */
  private Namespace guest(int number, String bridge) throws Exception {
    Namespace guest = namespace();
    String vif = "vif" + number + ".0";
    dom0.wire(vif, guest, "eth0");
    dom0.run("ip link set " + vif + " master " + bridge + " up");
    guest.run("ip addr add 10.99.1." + (10 + number) + "/24 dev eth0");
    guest.run("ip link set eth0 up");
    return guest;
  }

  @Test
  void aGuestReachesTheOutsideBeforeAndAfterEveryChangeThatLeavesItsBridge() throws Exception {
    script(bridge("xenbr1", "eth1"));
    make("xenbr1", "eth1");
    Namespace guest = guest(1, "xenbr1");
    guest(2, "xenbr1");
    assertThat(guest.reaches(OUTSIDE)).isTrue();
    assertThat(guest.reaches("10.99.1.12")).isTrue();

    make("xenbr1", "eth1");
    assertThat(guest.reaches(OUTSIDE)).as("after one more run").isTrue();

    script(bridge("xenbr1", "eth1"), bridge("xenbr2", "eth2"));
    make("xenbr2", "eth2");
    assertThat(guest.reaches(OUTSIDE)).as("beside a new bridge").isTrue();

    outside.run("ip addr del " + OUTSIDE + "/24 dev out-eth1");
    outside.run("ip addr add " + OUTSIDE + "/24 dev out-eth2");
    script(bridge("xenbr1", "eth2"));
    host.network().removeBridge(NetworkFiles.SCRIPT, "xenbr2");
    make("xenbr1", "eth2");
    guest.run("ip neigh flush all");
    outside.run("ip neigh flush all");
    assertThat(guest.reaches(OUTSIDE)).as("through the other interface").isTrue();

    assertThatThrownBy(() -> host.network().removeBridge(NetworkFiles.SCRIPT, "xenbr1"))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("it stays, for vif1.0 is on it");
    assertThat(guest.reaches(OUTSIDE)).as("after a removal that was refused").isTrue();
    dom0.run("ip link del vif1.0");
    dom0.run("ip link del vif2.0");
    host.network().removeBridge(NetworkFiles.SCRIPT, "xenbr1");
    assertThat(host.network().devices()).doesNotContainKeys("xenbr1", "xenbr2");
    assertThat(dom0.reaches("10.99.0.1")).as("the host itself").isTrue();
  }

  @Test
  void theHostsAddressStaysWhateverIsDeclared() throws Exception {
    dom0.run("ip addr add 10.99.7.1/32 dev eth2");
    List<Bridge> hostile =
        List.of(
            bridge("xenbr0", "eth0"),
            bridge("eth0", "eth1"),
            bridge("xenbr2", "eth2"),
            bridge("lobr", "lo"),
            bridge("xenbr3", "br-other"));
    script(hostile.toArray(Bridge[]::new));
    String before = dom0.run("ip addr show dev eth0");
    for (Bridge bridge : hostile) {
      assertThatThrownBy(() -> make(bridge.name(), bridge.netdev()))
          .isInstanceOf(HostFailure.class);
    }
    assertThat(dom0.run("ip addr show dev eth0")).isEqualTo(before);
    assertThat(dom0.run("ip -o addr show dev eth2")).contains("10.99.7.1/32");
    assertThat(host.network().devices().get("eth2").master()).isEmpty();
    assertThat(dom0.reaches("10.99.0.1")).isTrue();
  }

  @Test
  void aBridgeOfOursThatGotTheHostsAddressStays() throws Exception {
    script(bridge("xenbr1", "eth1"));
    make("xenbr1", "eth1");
    dom0.run("ip addr add 10.99.1.2/24 dev xenbr1");
    script(bridge("xenbr1", "eth2"));
    assertThatThrownBy(() -> make("xenbr1", "eth2"))
        .hasMessageContaining("carries an address or a route of the host");
    assertThatThrownBy(() -> host.network().removeBridge(NetworkFiles.SCRIPT, "xenbr1"))
        .hasMessageContaining("carries an address or a route of the host");
    assertThat(dom0.reaches(OUTSIDE)).isTrue();
  }

  @Test
  void theSizeOfPacketsIsCarriedOver() throws Exception {
    dom0.run("ip link set eth1 mtu 9000");
    script(bridge("xenbr1", "eth1"));
    make("xenbr1", "eth1");
    assertThat(host.network().devices().get("xenbr1").mtuBytes()).isEqualTo(9000);
    dom0.run("ip link set eth1 mtu 1400");
    make("xenbr1", "eth1");
    assertThat(host.network().devices().get("xenbr1").mtuBytes()).isEqualTo(1400);
  }

  @Test
  void allBridgesAreMadeAtBootAndRemovedByStop() throws Exception {
    Path script = script(bridge("xenbr1", "eth1"), bridge("xenbr0", "eth0"));
    assertThat(call(script, "start").exitStatus()).as("xenbr0 cannot be made").isEqualTo(1);
    assertThat(host.network().devices()).containsKey("xenbr1").doesNotContainKey("xenbr0");
    assertThat(call(script, "status").exitStatus()).isEqualTo(3);
    assertThat(call(script, "status").stdout())
        .isEqualTo("xenbr1 with eth1: as defined; eth1\nxenbr0 with eth0: missing;\n");
    assertThat(call(script, "stop").exitStatus()).isZero();
    assertThat(host.network().devices()).doesNotContainKey("xenbr1").containsKey("br-other");
    assertThat(call(script, "reload").exitStatus()).isEqualTo(64);
  }

  private CommandResult call(Path script, String word) throws Exception {
    return new CommandRunner(
            new Surroundings(
                temp, temp, temp, temp.resolve("bin") + ":" + Surroundings.SYSTEM.programs()),
            java.time.Duration.ofSeconds(120),
            line -> {})
        .run("sh", script.toString(), word);
  }

  /** Whoever dies at any command that changes something leaves what the next run makes good. */
  @Test
  void aRunThatEndsAtAnyCommandIsMadeGoodByTheNextOne() throws Exception {
    script(bridge("xenbr1", "eth1"));
    make("xenbr1", "eth1");
    script(bridge("xenbr1", "eth2"));
    make("xenbr1", "eth2");
    SortedMap<String, NetworkDevice> undisturbed = host.network().devices();
    SortedMap<String, NetworkDevice> empty = null;
    int deaths = 0;
    for (String when : new String[] {"before", "after"}) {
      boolean died = true;
      for (int step = 1; died; step++) {
        live();
        host.network().removeBridge(NetworkFiles.SCRIPT, "xenbr1");
        empty = empty == null ? host.network().devices() : empty;
        assertThat(host.network().devices()).isEqualTo(empty);
        dieAt(step, when);
        died = dies(this::makeAndChange);
        deaths += died ? 1 : 0;
        live();
        makeAndChange();
        assertThat(host.network().devices()).as(when + " " + step).isEqualTo(undisturbed);
        dieAt(step, when);
        died |= dies(() -> host.network().removeBridge(NetworkFiles.SCRIPT, "xenbr1"));
        assertThat(dom0.run("ip -o addr show dev eth0")).contains("10.99.0.2/24");
      }
    }
    assertThat(deaths).isGreaterThan(12);
  }

  private interface Work {
    void run() throws Exception;
  }

  private void makeAndChange() throws Exception {
    script(bridge("xenbr1", "eth1"));
    make("xenbr1", "eth1");
    script(bridge("xenbr1", "eth2"));
    make("xenbr1", "eth2");
  }

  private static boolean dies(Work work) throws Exception {
    try {
      work.run();
      return false;
    } catch (HostFailure e) {
      assertThat(e).hasMessageContaining("exit status 137");
      return true;
    }
  }

  private void live() throws Exception {
    StandIn.script(temp.resolve("bin"), "ip", "#!/bin/sh\nexec " + dom0.ip() + " \"$@\"\n");
  }

  private void dieAt(int step, String when) throws Exception {
    Path counter = Files.writeString(temp.resolve("counter"), "0\n");
    StandIn.script(
        temp.resolve("bin"),
        "ip",
        """
        #!/bin/sh
        case "$1 $2" in
        'link add' | 'link set' | 'link del')
            read -r count <'%1$s'
            count=$((count + 1))
            echo "$count" >'%1$s'
            if [ "$count" = %2$d ]; then
                [ %3$s = before ] || %4$s "$@"
                kill -9 "$PPID"
                exit 1
            fi
            ;;
        esac
        exec %4$s "$@"
        """
            .formatted(counter, step, when, dom0.ip()));
  }

  /**
   * Puts an {@code ip} that takes one end of a pair for a VLAN, for kernels without VLANs, and that
   * records what it changes. Everything else is done by the real one.
   */
  private Path pretendVlans() throws Exception {
    Path vlans = Files.createDirectories(temp.resolve("vlans"));
    Path record = Files.writeString(temp.resolve("record"), "");
    StandIn.script(
        temp.resolve("bin"),
        "ip",
        """
        #!/bin/sh
        shown() {
            read -r vlan below <'%1$s'/"$1"
            %3$s -o -d link show dev "$1" |
                sed "s/ $1@[^:]*: / $1@$below: /; s/ veth / vlan protocol 802.1Q id $vlan <REORDER_HDR> /"
        }
        case $* in
        'link add '* | 'link set '* | 'link del '*) echo "$*" >>'%2$s' ;;
        esac
        case $* in
        'link add link '*)
            echo "${10} $4" >'%1$s'/"$6"
            exec %3$s link add name "$6" type veth peer name "peer${10}"
            ;;
        'link set dev '*' name '*)
            [ ! -e '%1$s'/"$4" ] || mv '%1$s'/"$4" '%1$s'/"$6"
            ;;
        'link del dev '*) rm -f '%1$s'/"$4" ;;
        '-o -d link show dev '*)
            if [ -e '%1$s'/"$6" ]; then
                shown "$6"
                exit 0
            fi
            ;;
        '-o link show type vlan')
            for vlan in '%1$s'/*; do
                [ ! -e "$vlan" ] || shown "${vlan##*/}"
            done
            exit 0
            ;;
        esac
        exec %3$s "$@"
        """
            .formatted(vlans, record, dom0.ip()));
    return record;
  }

  private static Bridge vlan(String name, String netdev, int vlan) {
    return new Bridge("", name, netdev, true, "0", vlan);
  }

  @Test
  void aVlanGetsADeviceAndABridgeOfItsOwnOverTheHostsDeviceToo() throws Exception {
    Path record = pretendVlans();
    Path script = script(vlan("dmz", "eth0", 20));
    assertThat(call(script, "start").exitStatus()).isZero();
    assertThat(Files.readAllLines(record))
        .containsExactly(
            "link add name ncm-xen.new type bridge stp_state 0 forward_delay 0",
            "link set dev ncm-xen.new alias ncm-xen eth0.20",
            "link set dev ncm-xen.new addrgenmode none",
            "link set dev ncm-xen.new name dmz",
            "link add link eth0 name ncm-xen.new type vlan id 20",
            "link set dev ncm-xen.new alias ncm-xen",
            "link set dev ncm-xen.new addrgenmode none",
            "link set dev ncm-xen.new name eth0.20",
            "link set dev eth0.20 master dmz",
            "link set dev eth0.20 up",
            "link set dev dmz up");
    assertThat(call(script, "status").stdout())
        .isEqualTo("dmz with eth0.20: as defined; eth0.20\n");
    assertThat(call(script, "start").exitStatus()).isZero();
    assertThat(Files.readAllLines(record)).as("once more").hasSize(11);

    script(vlan("dmz", "eth0", 30));
    assertThat(call(script, "start").exitStatus()).isZero();
    assertThat(host.network().devices()).containsKey("eth0.30").doesNotContainKey("eth0.20");
    assertThat(call(script, "stop").exitStatus()).isZero();
    assertThat(host.network().devices()).doesNotContainKeys("eth0.30", "dmz");
    assertThat(dom0.reaches("10.99.0.1")).as("the host itself").isTrue();
  }

  @Test
  void aVlanOfAnotherHandIsUsedAndStaysAndAWrongOneIsRefused() throws Exception {
    pretendVlans();
    Path ip = temp.resolve("bin/ip");
    new CommandRunner(
            new Surroundings(temp, temp, temp, temp.resolve("bin") + ":/usr/bin:/bin"),
            java.time.Duration.ofSeconds(60),
            line -> {})
        .run(
            "sh",
            ip.toString(),
            "link",
            "add",
            "link",
            "eth1",
            "name",
            "eth1.20",
            "type",
            "vlan",
            "id",
            "20")
        .output();
    Path script = script(vlan("dmz", "eth1", 20));
    assertThat(call(script, "start").exitStatus()).isZero();
    assertThat(call(script, "stop").exitStatus()).isZero();
    assertThat(host.network().devices()).containsKey("eth1.20").doesNotContainKey("dmz");
    Files.writeString(temp.resolve("vlans/eth1.20"), "21 eth1\n");
    CommandResult refused = call(script, "start");
    assertThat(refused.exitStatus()).isEqualTo(1);
    assertThat(refused.stderr()).contains("a device eth1.20 is there, and is not VLAN 20 of eth1");
    assertThat(host.network().devices()).doesNotContainKey("dmz");
  }

  @Test
  void whatLooksAfterADeviceIsReadFromItsFiles() throws Exception {
    String index =
        Files.readString(Path.of("/proc/" + dom0.pid() + "/root/sys/class/net/eth1/ifindex"));
    Path links = Files.createDirectories(temp.resolve("root/run/systemd/netif/links"));
    Path devices = Files.createDirectories(temp.resolve("root/run/NetworkManager/devices"));
    assertThat(host.network().devices().get("eth1").manager()).isEmpty();
    Files.writeString(
        links.resolve(index.strip()), "# This is private data.\nADMIN_STATE=unmanaged\n");
    assertThat(host.network().devices().get("eth1").manager()).isEmpty();
    Files.writeString(links.resolve(index.strip()), "ADMIN_STATE=configured\n");
    assertThat(host.network().devices().get("eth1").manager()).isEqualTo("systemd-networkd");
    Files.writeString(devices.resolve(index.strip()), "[device]\nmanaged=true\n");
    assertThat(host.network().devices().get("eth1").manager()).isEqualTo("NetworkManager");
    assertThat(host.network().devices().get("eth2").manager()).isEmpty();
    assertThat(host.commands()).isZero();
  }

  @Test
  void anAddressOfIpv6BeyondTheLinkIsTheHosts() throws Exception {
    dom0.run("ip -6 addr add 2001:db8::1/64 dev eth2 nodad");
    dom0.run("ip link set eth2 up");
    assertThat(host.network().devices().get("eth2").carriesHost()).isTrue();
    script(bridge("xenbr2", "eth2"));
    assertThatThrownBy(() -> make("xenbr2", "eth2"))
        .hasMessageContaining("carries an address or a route of the host");
  }
}
