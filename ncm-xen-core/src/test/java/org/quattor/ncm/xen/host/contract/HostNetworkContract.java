package org.quattor.ncm.xen.host.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.xen.host.BridgeDefinition;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostUse;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.host.NetworkDevice.Forwarding;
import org.quattor.ncm.xen.host.NetworkDevice.Kind;
import org.quattor.ncm.xen.host.NetworkUse;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.model.Bridge;
import org.quattor.ncm.xen.network.Iproute2Script;
import org.quattor.ncm.xen.network.NetworkFiles;

/** What every {@link org.quattor.ncm.xen.host.HostNetwork} keeps to. */
public abstract class HostNetworkContract {

  /**
   * Returns a host with network interfaces eth1 and eth2 that nobody uses, eth0 that carries an
   * address with a route, and the bridge br-other of another hand without ports.
   */
  protected abstract XenHost host() throws Exception;

  private void make(String name, String netdev) throws Exception {
    script(new Bridge("", name, netdev, true, "0", null));
    host().network().makeBridge(NetworkFiles.SCRIPT, new BridgeDefinition(name, netdev, null));
  }

  private void script(Bridge... bridges) throws Exception {
    host().files().makeFolder(NetworkFiles.SCRIPTS, 0755);
    byte[] text = Iproute2Script.text(Arrays.asList(bridges)).getBytes(UTF_8);
    host().files().write(NetworkFiles.SCRIPT, text, 0755);
  }

  private void remove(String name) throws Exception {
    script();
    host().network().removeBridge(NetworkFiles.SCRIPT, name);
  }

  private SortedMap<String, NetworkDevice> devices() throws Exception {
    return host().network().devices();
  }

  private NetworkDevice device(String name) throws Exception {
    NetworkDevice device = devices().get(name);
    assertThat(device).as(name).isNotNull();
    return device;
  }

  @Test
  void devicesAreListedWithoutACommand() throws Exception {
    XenHost host = host();
    SortedMap<String, NetworkDevice> devices = host.network().devices();
    assertThat(devices).containsKeys("eth0", "eth1", "eth2", "br-other");
    assertThat(device("eth0").use()).isEqualTo(HostUse.USED);
    assertThat(device("eth1").use()).isInstanceOf(HostUse.Unknown.class);
    assertThat(device("eth1").kind()).isEqualTo(Kind.OTHER);
    assertThat(device("br-other").kind()).isEqualTo(Kind.BRIDGE);
    assertThat(device("br-other").alias()).isEmpty();
    assertThat(host.commands()).isZero();
  }

  @Test
  void aBridgeIsMadeWithItsPortAndForwardsAtOnce() throws Exception {
    make("xenbr1", "eth1");
    NetworkDevice bridge = device("xenbr1");
    assertThat(bridge.kind()).isEqualTo(Kind.BRIDGE);
    assertThat(bridge.alias()).isEqualTo("ncm-xen eth1");
    assertThat(bridge.forwarding()).isEqualTo(new Forwarding(false, 0));
    assertThat(bridge.up()).isTrue();
    assertThat(bridge.mtuBytes()).isEqualTo(device("eth1").mtuBytes());
    assertThat(device("eth1").master()).isEqualTo("xenbr1");
    assertThat(device("eth1").up()).isTrue();
  }

  @Test
  void makingItAgainChangesNothing() throws Exception {
    make("xenbr1", "eth1");
    SortedMap<String, NetworkDevice> before = devices();
    make("xenbr1", "eth1");
    assertThat(devices()).isEqualTo(before);
  }

  @Test
  void aBridgeOfOursCanGetAnotherPort() throws Exception {
    make("xenbr1", "eth1");
    make("xenbr1", "eth2");
    assertThat(device("eth1").master()).isEmpty();
    assertThat(device("eth2").master()).isEqualTo("xenbr1");
    assertThat(device("xenbr1").alias()).isEqualTo("ncm-xen eth2");
  }

  @Test
  void theHostsOwnDeviceIsNeverTaken() throws Exception {
    SortedMap<String, NetworkDevice> before = devices();
    assertThatThrownBy(() -> make("xenbr0", "eth0"))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("carries an address or a route of the host");
    assertThat(devices()).isEqualTo(before);
  }

  @Test
  void aDeviceOnABridgeIsNotTakenForAnotherOne() throws Exception {
    make("xenbr1", "eth1");
    SortedMap<String, NetworkDevice> before = devices();
    assertThatThrownBy(() -> make("xenbr2", "eth1"))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("it is on xenbr1");
    assertThat(devices()).isEqualTo(before);
  }

  @Test
  void aMissingDeviceIsAFailureThatLeavesNothingBehind() throws Exception {
    SortedMap<String, NetworkDevice> before = devices();
    assertThatThrownBy(() -> make("xenbr7", "eth7"))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("no such device: eth7");
    assertThat(devices()).isEqualTo(before);
  }

  @Test
  void aBridgeOfAnotherHandIsLeftAlone() throws Exception {
    SortedMap<String, NetworkDevice> before = devices();
    assertThatThrownBy(() -> make("br-other", "eth1"))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("not created by ncm-xen");
    remove("br-other");
    assertThat(devices()).isEqualTo(before);
  }

  @Test
  void aDeviceThatIsNoBridgeIsNotMadeOne() throws Exception {
    SortedMap<String, NetworkDevice> before = devices();
    assertThatThrownBy(() -> make("eth2", "eth1"))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("is not a bridge");
    assertThat(devices()).isEqualTo(before);
  }

  @Test
  void aBridgeOfOursIsRemovedAndItsPortIsFree() throws Exception {
    make("xenbr1", "eth1");
    remove("xenbr1");
    assertThat(devices()).doesNotContainKey("xenbr1");
    assertThat(device("eth1").master()).isEmpty();
    remove("xenbr1");
  }

  @Test
  void onlyTheWholeAnswerFindsADeviceUnused() throws Exception {
    NetworkUse seen = new NetworkUse(devices());
    assertThat(seen.of("eth0")).isEqualTo(HostUse.USED);
    assertThat(seen.of("eth1")).isInstanceOf(HostUse.Unknown.class);
    NetworkUse use = new NetworkUse(host().network().devicesWithUse());
    assertThat(use.of("eth0")).isEqualTo(HostUse.USED);
    assertThat(use.of("eth1")).isEqualTo(HostUse.UNUSED);
  }

  @Test
  void noScriptOfXendRemovesABridgeOfOursOrOneThatIsUsed() throws Exception {
    make("xenbr1", "eth1");
    SortedMap<String, NetworkDevice> before = devices();
    BridgeDefinition ours = new BridgeDefinition("xenbr1", "eth1", null);
    assertThatThrownBy(() -> host().network().stopAll(NetworkFiles.SCRIPT, List.of(ours)))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("it stays, for ncm-xen made it with iproute2");
    BridgeDefinition hosts = new BridgeDefinition("eth0", "eth2", null);
    assertThatThrownBy(() -> host().network().stopAll(NetworkFiles.SCRIPT, List.of(hosts)))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("eth0 carries an address or a route of the host");
    assertThat(devices()).isEqualTo(before);
  }
}
