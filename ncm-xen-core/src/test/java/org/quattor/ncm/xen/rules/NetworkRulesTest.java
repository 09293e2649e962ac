package org.quattor.ncm.xen.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.finding.XenPaths;
import org.quattor.ncm.xen.model.Bridge;
import org.quattor.ncm.xen.model.ModelReader;

/** What is said of bridges and VLANs without a look at the host, and what their names mean. */
class NetworkRulesTest {

  private static Element component(Profile profile) {
    return profile.find(XenPaths.COMPONENT).orElseThrow();
  }

  private static Profile profile(String network) {
    return Scenario.profile(
        "{'active': true, 'network': %s}".formatted(network).replace('\'', '"'));
  }

  private static List<String> check(String network) {
    Profile profile = profile(network);
    return Rules.check(ModelReader.read(component(profile)).configuration(), "", profile).stream()
        .map(finding -> finding.id() + " " + finding.path().replace(XenPaths.COMPONENT, ""))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {'xenbr1': {}, 'dmz': {'netdev': 'eth2'}}         | {}                                    |
          {'a23456789012345': {'netdev': 'eth1'}}           | {}                                    |
          {'a234567890123456': {'netdev': 'eth1'}}          | {}                                    | XEN130 /network/bridges/a234567890123456
          {'all': {'netdev': 'eth1'}}                       | {}                                    | XEN130 /network/bridges/all
          {'a/b': {'netdev': 'eth1'}}                       | {}                                    | XEN130 /network/bridges/a/b
          {'..': {'netdev': 'eth1'}}                        | {}                                    | XEN130 /network/bridges/..
          {'-x': {'netdev': 'eth1'}}                        | {}                                    | XEN130 /network/bridges/-x
          {'x': {'netdev': 'eth1:2'}}                       | {}                                    | XEN131 /network/bridges/x/netdev
          {'xenbr12345678901': {}}                          | {}                                    | XEN130 /network/bridges/xenbr12345678901
          {}                                                | {'v': {'netdev': 'enp130s0f1np1', 'vlan': 20}}   | XEN132 /network/vlans/v
          {'a': {'netdev': 'eth1'}, 'b': {'netdev': 'eth1'}} | {}                                   | XEN133 /network/bridges/b
          {'xenbr0': {}, 'weird': {}}                       | {}                                    | XEN133 /network/bridges/xenbr0
          {}                                                | {'v': {'netdev': 'eth1', 'vlan': 5}, 'w': {'netdev': 'eth1', 'vlan': 5}} | XEN133 /network/vlans/w
          {'x': {'netdev': 'eth1'}}                         | {'x': {'netdev': 'eth2', 'vlan': 5}}  | XEN134 /network/vlans/x
          {'eth1': {'netdev': 'eth1'}}                      | {}                                    | XEN135 /network/bridges/eth1
          {'x': {'netdev': 'eth1'}}                         | {'v': {'netdev': 'eth1', 'vlan': 5}}  | XEN136 /network/vlans/v/netdev
          """)
  void namesAndDevicesHaveToFitTogether(String bridges, String vlans, String expected) {
    assertThat(check("{'bridges': %s, 'vlans': %s}".formatted(bridges, vlans)))
        .isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "xenbr10, eth10, 10",
    "my-xenbr5x, eth5, 5",
    "weird, eth0, 0",
    "xenbr, eth0, 0",
  })
  void aBridgeWithoutNetdevIsReadByItsName(String name, String netdev, String vifnum) {
    Bridge bridge = bridge("{'bridges': {'%s': {}}}".formatted(name));
    assertThat(bridge.netdev()).isEqualTo(netdev);
    assertThat(bridge.vifnum()).isEqualTo(vifnum);
    assertThat(bridge.netdevDeclared()).isFalse();
  }

  @Test
  void aNetdevAloneDoesNotChangeTheNumber() {
    Bridge bridge = bridge("{'bridges': {'xenbr5': {'netdev': 'bond0'}}}");
    assertThat(bridge.port()).isEqualTo("bond0");
    assertThat(bridge.vifnum()).isEqualTo("5");
  }

  @Test
  void aVlanHasADeviceOfItsOwn() {
    assertThat(bridge("{'vlans': {'dmz': {'netdev': 'eth1', 'vlan': 20}}}").port())
        .isEqualTo("eth1.20");
  }

  private static Bridge bridge(String network) {
    return ModelReader.read(component(profile(network))).configuration().network().bridges().get(0);
  }
}
