package org.quattor.ncm.xen.host.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quattor.ncm.xen.host.linux.RealNetwork.bridge;
import static org.quattor.ncm.xen.host.linux.RealNetwork.vlan;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.XenComponent;
import org.quattor.ncm.xen.host.BridgeDefinition;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.network.NetworkFiles;
import org.quattor.ncm.xen.network.XendScripts;

/**
 * A host of the Perl component with real bridges: its script for xend is there, and a script in
 * place of xend's network-bridge that removes what it is told to.
 */
class TakenOverNetworkTest {

  private static final String SXP = "/etc/xen/xend-config.sxp";
  private static final String LINE = "(network-script network-bridge.multi-bridge.ncm-xen)\n";
  private static final ImmutableList<BridgeDefinition> DEFINED =
      ImmutableList.of(
          new BridgeDefinition("xenbr1", "eth1", null),
          new BridgeDefinition("vlanbr20", "eth2", 20));

  @TempDir Path temp;
  private final RealNetwork network = new RealNetwork();

  @BeforeEach
  void open() throws Exception {
    network.open(temp);
    StandIn.script(temp.resolve("bin"), "xl", "#!/bin/sh\nexit 1\n");
    network.host().files().makeFolder(NetworkFiles.SCRIPTS, 0755);
    network.host().files().makeFolder("/etc/xen/auto", 0755);
    String xends =
        """
        #!/bin/sh
        echo "$*" >>%s/called
        for word in "$@"; do
            case $word in
            bridge=*) [ "$1" != stop ] || ip link del dev "${word#bridge=}" ;;
            esac
        done
        """
            .formatted(temp);
    write(NetworkFiles.VENDOR_SCRIPT, xends);
    write(NetworkFiles.VENDOR_COPY, xends);
    write(NetworkFiles.VLAN_SCRIPT, xends);
    String folder = temp.resolve("root") + NetworkFiles.SCRIPTS;
    write(
        NetworkFiles.MULTI_SCRIPT,
        XendScripts.multiBridge(List.of(bridge("xenbr1", "eth1"), vlan("vlanbr20", "eth2", 20)))
            .replace(NetworkFiles.SCRIPTS, folder));
    write(SXP, "(xend-relocation-server no)\n" + LINE);
    for (String command :
        List.of(
            "ip link add xenbr1 type bridge",
            "ip link set eth1 master xenbr1 up",
            "ip link add vlanbr20 type bridge",
            // A device of that name is enough: not every kernel has VLANs.
            "ip link add eth2.20 type veth peer name outside20",
            "ip link set eth2.20 master vlanbr20 up",
            "ip link set vlanbr20 up",
            "ip link set outside20 up")) {
      network.dom0().run(command);
    }
  }

  @AfterEach
  void close() throws IOException {
    network.close();
  }

  private void write(String path, String text) throws Exception {
    network.host().files().write(path, text.getBytes(UTF_8), 0755);
  }

  private void hostOnVlanbr20() {
    network.dom0().run("ip addr add 192.0.2.10/24 dev vlanbr20");
    network.dom0().run("ip route add default via 192.0.2.1 dev vlanbr20");
  }

  /** The carrier of a bridge comes a moment after it is set up. */
  private String routes() {
    return network.dom0().run("ip route").replace(" linkdown", "");
  }

  private ComponentContext context(String bridges) {
    return ComponentContext.builder(
            Scenario.profile(
                "{'active': true, 'domains': {}, 'network': {%s}}"
                    .formatted(bridges)
                    .replace('\'', '"')))
        .operations(XenHost.class, network.host())
        .build();
  }

  private String called() throws IOException {
    Path log = temp.resolve("called");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'bridges': {'xenbr1': {}}, 'vlans': {'vlanbr20': {'netdev': 'eth2', 'vlan': 20}}",
        "'backend': 'iproute2', 'bridges': {'xenbr1': {}}",
        "'bridges': {}",
      })
  void whoeverTakesOverWithXlRemovesTheScriptsAndNoBridge(String bridges) throws Exception {
    hostOnVlanbr20();
    String routes = routes();

    ComponentResult result = new XenComponent(pause -> {}).configure(context(bridges));

    assertThat(result.errors()).isZero();
    assertThat(called()).isEmpty();
    assertThat(routes()).isEqualTo(routes).contains("default via 192.0.2.1 dev vlanbr20");
    assertThat(network.devices().get("eth1").master()).isEqualTo("xenbr1");
    assertThat(network.devices().get("eth2.20").master()).isEqualTo("vlanbr20");
    assertThat(network.host().files().look(NetworkFiles.MULTI_SCRIPT).exists()).isFalse();
    assertThat(network.host().files().look(NetworkFiles.VENDOR_SCRIPT).exists()).isTrue();
    assertThat(Files.readString(temp.resolve("root" + SXP)))
        .isEqualTo("(xend-relocation-server no)\n");
    assertThat(result.plan().findings()).extracting("id").contains("XEN413", "XEN415");
    assertThat(new XenComponent(pause -> {}).plan(Intent.CONFIGURE, context(bridges)).actions())
        .isEmpty();
  }

  @Test
  void aConfigurationThatNamesAnotherScriptIsNotTouched() throws Exception {
    String another = "(network-script network-bridge)\n";
    write(SXP, another);

    ComponentResult result = new XenComponent(pause -> {}).configure(context("'bridges': {}"));

    assertThat(Files.readString(temp.resolve("root" + SXP))).isEqualTo(another);
    assertThat(result.plan().findings()).extracting("id").doesNotContain("XEN415");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "addr add 192.0.2.10/24 dev vlanbr20",
        "route add default dev xenbr1 table 200",
        "link set eth2 master xenbr1",
        "link add link xenbr1 name top type macvlan",
      })
  void xendsScriptIsNotStoppedWhenOneOfItsBridgesIsUsed(String use) throws Exception {
    network.dom0().run("ip link set xenbr1 up");
    network.dom0().run("ip " + use);

    assertThatThrownBy(() -> network.host().network().stopAll(NetworkFiles.MULTI_SCRIPT, DEFINED))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("it stays, for ");
    assertThat(network.devices()).containsKeys("xenbr1", "vlanbr20");
  }

  @Test
  void xendsScriptIsStoppedWhenNothingUsesItsBridges() throws Exception {
    network.host().network().stopAll(NetworkFiles.MULTI_SCRIPT, DEFINED);

    assertThat(called()).contains("stop vifnum=0 bridge=xenbr1", "stop vlan=20 bridge=vlanbr20");
    assertThat(network.devices()).doesNotContainKeys("xenbr1", "vlanbr20");
  }
}
