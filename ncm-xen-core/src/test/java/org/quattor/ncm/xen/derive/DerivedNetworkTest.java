package org.quattor.ncm.xen.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.derive.Site.GUEST;
import static org.quattor.ncm.xen.derive.Site.GUESTS;
import static org.quattor.ncm.xen.derive.Site.HOST;
import static org.quattor.ncm.xen.derive.Site.LOADER;
import static org.quattor.ncm.xen.derive.Site.ids;
import static org.quattor.ncm.xen.derive.Site.options;
import static org.quattor.ncm.xen.derive.Site.text;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.xen.host.Toolstack;

/** Which bridges a host gets, and on which of them a guest is. */
class DerivedNetworkTest {

  @TempDir Path folder;
  private Site site;

  @BeforeEach
  void makeSite() throws IOException {
    site = new Site(folder);
  }

  private void guestWithAddress(String interfaces) throws IOException {
    site.profile(
        GUEST,
        """
        {"hardware": {"cpu": [{}], "ram": [{"size": 512}],
                      "harddisks": {"xvda": {"capacity": 9999}},
                      "cards": {"nic": {"eth0": {"hwaddr": "00:16:3e:00:00:01"}}}},
         "system": {"network": {"interfaces": %s}}}"""
            .formatted(interfaces));
  }

  private void hostWithNetwork(String interfaces) throws IOException {
    site.profile(HOST, "{\"system\": {\"network\": {\"interfaces\": " + interfaces + "}}}");
  }

  private String bridge() {
    String vif = options(site.derive(LOADER, GUESTS), "vif/0");
    return vif.replaceFirst("mac=00:16:3e:00:00:01,?", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"eth0\": {\"ip\": \"10.0.0.5\"}} | bridge=xenbr1",
        "{\"eth0\": {\"ip\": \"192.0.2.5\"}} | bridge=xenbr0",
        "{\"eth0\": {\"ip\": \"172.16.0.5\"}} | ''",
        "{\"eth0\": {\"bootproto\": \"dhcp\"}} | ''",
        "{\"eth0\": {\"ip\": \"2001:db8::5\"}} | ''",
        "{\"eth0\": {\"master\": \"bond0\"}, \"bond0\": {\"ip\": \"10.0.0.5\"}} | bridge=xenbr1",
        "{\"eth0\": {\"master\": \"bond0\"}, \"bond0\": {\"bridge\": \"br0\"},"
            + " \"br0\": {\"ip\": \"10.0.0.5\"}} | bridge=xenbr1",
      })
  void theBridgeIsTheOneIntoTheNetworkOfTheAddress(String interfaces, String bridge)
      throws IOException {
    guestWithAddress(interfaces);
    assertThat(bridge()).isEqualTo(bridge);
    assertThat(ids(site.derive(LOADER, GUESTS).findings()))
        .isEqualTo(bridge.isEmpty() ? ImmutableList.of("XEN516") : ImmutableList.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // A smaller network comes before a larger one.
        "{\"eth0\": {\"ip\": \"10.0.0.1\", \"netmask\": \"255.0.0.0\"}, \"eth1\": {\"ip\":"
            + " \"10.0.0.2\", \"netmask\": \"255.255.255.0\"}} | bridge=xenbr1",
        "{\"eth0\": {\"aliases\": {\"a\": {\"ip\": \"10.0.0.1\", \"netmask\": \"255.0.0.0\"}}}}"
            + " | bridge=xenbr0",
        "{\"eth0\": {\"route\": [{\"address\": \"10.0.0.0\", \"netmask\": \"255.0.0.0\"}]}}"
            + " | bridge=xenbr0",
        "{\"eth0\": {\"route\": [{\"address\": \"10.0.0.0\", \"netmask\": \"255.0.0.0\","
            + " \"gateway\": \"192.0.2.1\"}]}} | ''",
        "{\"eth0\": {\"ip\": \"10.0.0.1\", \"netmask\": \"0.0.0.0\"}} | bridge=xenbr0",
        "{\"eth0\": {\"ip\": \"10.0.0.1\", \"netmask\": \"255.0.255.0\"}} | ''",
        "{\"eth0\": {\"bridge\": \"br7\"}, \"br7\": {\"type\": \"Bridge\", \"ip\": \"10.0.0.1\","
            + " \"netmask\": \"255.0.0.0\"}} | bridge=br7",
      })
  void theHostsNetworksAreThoseOfAddressesAliasesAndRoutes(String interfaces, String bridge)
      throws IOException {
    guestWithAddress("{\"eth0\": {\"ip\": \"10.0.0.5\"}}");
    hostWithNetwork(interfaces);
    assertThat(bridge()).isEqualTo(bridge);
  }

  @Test
  void aGuestWithoutAnAddressIsOnTheOnlyBridge() throws IOException {
    guestWithAddress("{\"eth0\": {\"bootproto\": \"dhcp\"}}");
    hostWithNetwork("{\"eth0\": {\"bridge\": \"br7\"}, \"br7\": {\"type\": \"Bridge\"}}");
    assertThat(bridge()).isEqualTo("bridge=br7");
  }

  @Test
  void eachFreeInterfaceHasABridgeInTheOrderOfTheirNumbers() throws IOException {
    hostWithNetwork(
        """
        {"bond0": {}, "eth0": {"master": "bond0"}, "eth1": {"master": "bond0"}, "eth10": {},
         "eth2": {}, "lo": {}}""");
    DerivedProfile profile = site.derive(LOADER, GUESTS);
    assertThat(text(profile, "network/bridges")).isEqualTo("[xenbr0, xenbr3, xenbr4]");
    assertThat(text(profile, "network/bridges/xenbr0/netdev")).isEqualTo("bond0");
    assertThat(text(profile, "network/bridges/xenbr3/netdev")).isEqualTo("eth2");
    assertThat(text(profile, "network/bridges/xenbr4/netdev")).isEqualTo("eth10");
    assertThat(text(profile, "network/bridges/xenbr4/vifnum")).isEqualTo("4");
  }

  @Test
  void whatTheHostBridgesItselfIsLeftToIt() throws IOException {
    hostWithNetwork("{\"eth0\": {\"bridge\": \"xenbr0\"}, \"xenbr0\": {\"type\": \"Bridge\"}}");
    assertThat(text(site.derive(LOADER, GUESTS), "network")).isEqualTo("absent");
  }

  @Test
  void aHostWithoutAProfileHasNoNetworks() {
    DerivedProfile profile = site.derive("xen9.example.org", Toolstack.XL, LOADER, GUESTS);
    assertThat(ids(profile.findings())).containsExactly("XEN525", "XEN516");
    assertThat(profile.find("/system/network/hostname").orElseThrow().text()).isEqualTo("xen9");
  }
}
