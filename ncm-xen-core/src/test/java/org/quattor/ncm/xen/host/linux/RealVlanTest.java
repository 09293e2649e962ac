package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.host.linux.RealNetwork.vlan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * VLANs below real bridges; the VLAN devices themselves are pretended, since not every kernel has
 * them.
 */
class RealVlanTest {

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
            .formatted(vlans, record, network.dom0().ip()));
    return record;
  }

  @Test
  void aVlanGetsADeviceAndABridgeOfItsOwnOverTheHostsDeviceToo() throws Exception {
    Path record = pretendVlans();
    Path script = network.script(vlan("dmz", "eth0", 20));
    assertThat(network.call(script, "start").exitStatus()).isZero();
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
    assertThat(network.call(script, "status").stdout())
        .isEqualTo("dmz with eth0.20: as defined; eth0.20\n");
    assertThat(network.call(script, "start").exitStatus()).isZero();
    assertThat(Files.readAllLines(record)).as("once more").hasSize(11);

    network.script(vlan("dmz", "eth0", 30));
    assertThat(network.call(script, "start").exitStatus()).isZero();
    assertThat(network.devices()).containsKey("eth0.30").doesNotContainKey("eth0.20");
    assertThat(network.call(script, "stop").exitStatus()).isZero();
    assertThat(network.devices()).doesNotContainKeys("eth0.30", "dmz");
    assertThat(network.dom0().reaches("10.99.0.1")).as("the host itself").isTrue();
  }

  @Test
  void aVlanOfAnotherHandIsUsedAndStaysAndAWrongOneIsRefused() throws Exception {
    pretendVlans();
    String add = "link add link eth1 name eth1.20 type vlan id 20";
    network.call(temp.resolve("bin/ip"), add.split(" ")).output();
    Path script = network.script(vlan("dmz", "eth1", 20));
    assertThat(network.call(script, "start").exitStatus()).isZero();
    assertThat(network.call(script, "stop").exitStatus()).isZero();
    assertThat(network.devices()).containsKey("eth1.20").doesNotContainKey("dmz");
    Files.writeString(temp.resolve("vlans/eth1.20"), "21 eth1\n");
    CommandResult refused = network.call(script, "start");
    assertThat(refused.exitStatus()).isEqualTo(1);
    assertThat(refused.stderr()).contains("a device eth1.20 is there, and is not VLAN 20 of eth1");
    assertThat(network.devices()).doesNotContainKey("dmz");
  }
}
