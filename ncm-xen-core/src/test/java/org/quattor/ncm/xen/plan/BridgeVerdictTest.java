package org.quattor.ncm.xen.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.host.HostUse;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.host.NetworkDevice.Kind;
import org.quattor.ncm.xen.host.NetworkDevice.Tag;

/** Which devices may be taken for a bridge, and which bridges may be changed. */
class BridgeVerdictTest {

  private static final String ONE = BridgeHost.ONE;
  private static final String VLAN = "{'vlans': {'br': {'netdev': 'eth1', 'vlan': 20}}}";

  @TempDir Path folder;
  private BridgeHost bridges;
  private Scenario host;

  @BeforeEach
  void aHostWithTwoInterfaces() {
    bridges = BridgeHost.in(folder);
    host = bridges.host();
  }

  @Test
  void noDeviceIsTakenFromAnyoneElse() {
    bridges.having("br9", BridgeHost.bridge(false));
    bridges.having("eth1", BridgeHost.device("br9"));
    assertThat(BridgeHost.about(bridges.plan(ONE)))
        .containsExactly("XEN404 eth1 is attached to br9, and ncm-xen leaves it there");
    assertThat(bridges.plan(ONE).actions()).as("nor at the next boot").isEmpty();
    host.configure(BridgeHost.profile("{'bridges': {'br': {'netdev': 'eth2'}}}"));
    assertThat(BridgeHost.about(bridges.plan(ONE)))
        .as("nor for a bridge that would be changed")
        .containsExactly("XEN404 eth1 is attached to br9, and ncm-xen leaves it there");
  }

  @Test
  void aDeviceOfUnknownUseIsLeftAndNoBridgeIsRemoved() {
    host.configure(BridgeHost.profile(ONE));
    host.failing("devicesWithUse", "ip said nothing");

    assertThat(BridgeHost.about(bridges.plan(ONE))).as("nothing to do").isEmpty();
    assertThat(
            BridgeHost.about(
                bridges.plan("{'bridges': {'br': {'netdev': 'eth1'}, 'b2': {'netdev': 'eth2'}}}")))
        .containsExactly("XEN412 it is unknown whether the host uses eth2: ip said nothing");
    assertThat(BridgeHost.about(bridges.plan(ONE.replace("eth1", "eth2"))))
        .as("nor gets the bridge another device")
        .containsExactly("XEN412 it is unknown whether the host uses br: ip said nothing");
    assertThat(BridgeHost.about(bridges.plan("{}")))
        .containsExactly(
            "XEN406 is no longer declared, and stays because it is unknown whether the host uses br: ip said nothing");
  }

  @Test
  void aBridgeThatADeclaredGuestIsOnStays() {
    host.configure(BridgeHost.profile(ONE));

    assertThat(BridgeHost.about(bridges.plan("{}", "br")))
        .startsWith("XEN406 is no longer declared, and stays because guest on-br has a vif on br");
  }

  @Test
  void aDeviceThatIsNoBridgeKeepsItsName() {
    bridges.having("br", BridgeHost.device(""));

    assertThat(BridgeHost.about(bridges.plan(ONE, "br")))
        .startsWith("XEN403 br exists and is not a bridge");
  }

  @Test
  void aBridgeWithTheHostsAddressIsTakenAsItIs() {
    bridges.having("br", BridgeHost.bridge(true));
    assertThat(BridgeHost.about(bridges.plan(ONE)))
        .containsExactly(
            "XEN408 ncm-xen does not change bridge br, because it carries an address or a route of the host");
  }

  @Test
  void aBridgeOfOursThatGotTheHostsAddressIsNotChanged() {
    host.configure(BridgeHost.profile(ONE));
    NetworkDevice ours = host.host().spec().devices().get("br");
    bridges.having(
        "br",
        new NetworkDevice(
            Kind.BRIDGE, true, 1500, ours.alias(), "", ours.forwarding(), null, HostUse.USED, ""));

    assertThat(BridgeHost.about(bridges.plan(ONE))).isEmpty();
    assertThat(BridgeHost.about(bridges.plan(ONE.replace("eth1", "eth2"))))
        .containsExactly(
            "XEN408 ncm-xen does not change bridge br, because it carries an address or a route of the host");
    bridges.having("eth1", BridgeHost.device(""));
    assertThat(BridgeHost.about(bridges.plan(ONE)))
        .as("its own device comes back onto it")
        .containsExactly("change bridge br to have eth1");
    assertThat(BridgeHost.about(bridges.plan("{}")))
        .as("nor removed")
        .containsExactly(
            "XEN406 is no longer declared, and stays because br carries an address or a route of the host");
  }

  @Test
  void onlyThatVlanMayHaveTheNameOfTheVlansDevice() {
    bridges.having("eth1.20", BridgeHost.vlan(new Tag("eth1", 20), false));
    assertThat(BridgeHost.about(bridges.plan(VLAN)))
        .containsExactly("create bridge br with VLAN 20 of eth1");
    String other = "XEN403 eth1.20 exists and is not VLAN 20 of eth1";
    bridges.having("eth1.20", BridgeHost.vlan(new Tag("eth1", 21), false));
    assertThat(BridgeHost.about(bridges.plan(VLAN))).containsExactly(other);
    bridges.having("eth1.20", BridgeHost.vlan(new Tag("eth2", 20), false));
    assertThat(BridgeHost.about(bridges.plan(VLAN))).containsExactly(other);
    bridges.having("eth1.20", BridgeHost.device(""));
    assertThat(BridgeHost.about(bridges.plan(VLAN))).containsExactly(other);
  }

  @Test
  void aVlanOnTopOfADeviceMattersWhenTheHostUsesIt() {
    bridges.having("eth1.7", BridgeHost.vlan(new Tag("eth1", 7), false));
    bridges.having("eth2.7", BridgeHost.vlan(new Tag("eth2", 7), true));
    assertThat(BridgeHost.about(bridges.plan(ONE))).containsExactly("create bridge br with eth1");
    bridges.having("eth1.7", BridgeHost.vlan(new Tag("eth1", 7), true));
    assertThat(BridgeHost.about(bridges.plan(ONE)))
        .containsExactly(
            "XEN400 eth1.7 carries an address or a route of the host, so ncm-xen does not attach eth1 to the bridge");
  }

  @ParameterizedTest
  @CsvSource({
    "{'xenbr9': {}}, declare netdev; without it ncm-xen derives eth9 from the name of the bridge",
    "{'xenbr9': {'netdev': 'eth9'}}, run ip link to see the names",
  })
  void aMissingDeviceIsExplainedByTheBridgesName(String declared, String hint) {
    assertThat(bridges.plan("{'bridges': " + declared + "}").findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.found()).isEqualTo("network interface eth9 does not exist");
              assertThat(Splitter.on(',').splitToList(finding.hint()).get(0)).isEqualTo(hint);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          NetworkManager   | 'br': {'netdev': 'eth1'}             | type ethernet con-name br-port ifname eth1 master br;
          NetworkManager   | 'br': {'netdev': 'eth1', 'vlan': 20} | type vlan con-name br-port ifname eth1.20 dev eth1 id 20 master br;
          systemd-networkd | 'br': {'netdev': 'eth1'}             | eth1.network: [Match] Name=eth1 [Network] Bridge=br;
          systemd-networkd | 'br': {'netdev': 'eth1', 'vlan': 20} | eth1.20.network: [Match] Name=eth1.20 [Network] Bridge=br;
          """)
  void whoeverLooksAfterADeviceIsToldHowToMakeTheBridge(
      String manager, String bridge, String advice) {
    String kind = bridge.contains("vlan") ? "vlans" : "bridges";
    for (HostUse use : List.of(HostUse.UNUSED, HostUse.USED)) {
      NetworkDevice kept =
          new NetworkDevice(Kind.VLAN, true, 1500, "", "", null, new Tag("eth1", 20), use, manager);
      bridges.having("eth1", kept).change(now -> now.withDevice("eth1.20", kept));

      assertThat(bridges.plan("{'" + kind + "': {" + bridge + "}}").findings())
          .singleElement()
          .satisfies(
              finding ->
                  assertThat(finding.id())
                      .isEqualTo(use.equals(HostUse.USED) ? "XEN400" : "XEN401"))
          .satisfies(finding -> assertThat(finding.expected()).endsWith(manager + " creates"))
          .satisfies(finding -> assertThat(finding.hint()).contains(advice));
    }
  }
}
