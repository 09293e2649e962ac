package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.Networks.TWO;
import static org.quattor.ncm.xen.Networks.device;
import static org.quattor.ncm.xen.Networks.done;
import static org.quattor.ncm.xen.Networks.found;
import static org.quattor.ncm.xen.Networks.host;
import static org.quattor.ncm.xen.Networks.profile;
import static org.quattor.ncm.xen.Networks.withKernel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.host.HostUse;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.host.NetworkDevice.Kind;
import org.quattor.ncm.xen.host.NetworkDevice.Tag;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.host.simulated.FailingHost;
import org.quattor.ncm.xen.network.NetworkFiles;

/** Bridges and VLANs on their way through the whole component. */
class NetworkTest {

  private static final String AUTOSTART = NetworkFiles.LIBVIRT_FOLDER;

  @TempDir Path folder;

  @Test
  void bridgesAreMadeBeforeTheirGuestsAreStartedAndStay() {
    Scenario host = withKernel(host(folder, "a"));
    Profile profile = profile(TWO, "xenbr1", "dmz");
    ComponentResult result = host.configure(profile);
    assertThat(found(result)).isEmpty();
    assertThat(done(result))
        .containsExactly(
            "write /etc/xen/scripts/ncm-xen-network",
            "write /etc/systemd/system/ncm-xen-network.service",
            "link " + NetworkFiles.UNIT_LINK + " to " + NetworkFiles.UNIT,
            "reload the units of systemd",
            "create bridge xenbr1 with eth1",
            "create bridge dmz with VLAN 20 of eth2",
            "write /etc/xen/vm1",
            "write /etc/xen/vm2",
            "start domain vm1",
            "start domain vm2");
    Map<String, NetworkDevice> devices = host.host().spec().devices();
    assertThat(devices.get("eth1").master()).isEqualTo("xenbr1");
    assertThat(devices.get("eth2.20").tag()).isEqualTo(new Tag("eth2", 20));
    host.assertConverged(profile);
    assertThat(host.configure(profile).commands()).isLessThanOrEqualTo(4);
  }

  @Test
  void aGuestWhoseBridgeFailsIsNotStartedAndTheOthersAre() {
    Scenario host = withKernel(host(folder, "a"));
    int failures = 0;
    for (int n = 1; n < 60; n++) {
      Scenario next = withKernel(host(folder, "fail" + n));
      FailingHost failing = new FailingHost(next.host());
      failing.failAt(n);
      ComponentResult result;
      try {
        result =
            new XenComponent(duration -> {})
                .configure(
                    org.quattor.ncm.component.ComponentContext.builder(
                            profile(TWO, "xenbr1", "dmz"))
                        .operations(XenHost.class, failing.host())
                        .build());
      } catch (Refusal e) {
        assertThat(e.kind()).isEqualTo(Refusal.Kind.UNREADABLE_HOST);
        continue;
      }
      List<String> failed = Scenario.actions(result, Outcome.FAILED).toList();
      if (failed.contains("create bridge xenbr1 with eth1")) {
        failures++;
        assertThat(Scenario.actions(result, Outcome.SKIPPED)).containsExactly("start domain vm1");
        assertThat(done(result)).contains("start domain vm2");
        assertThat(next.configure(profile(TWO, "xenbr1", "dmz")).errors()).isZero();
      }
    }
    assertThat(failures).isEqualTo(1);
    assertThat(host.everything()).isNotNull();
  }

  @Test
  void theHostsOwnDeviceIsLeftAndItsGuestsAreNotStarted() {
    Scenario host = withKernel(host(folder, "a"));
    ComponentResult result =
        host.configure(
            profile(
                "{'bridges': {'xenbr0': {}, 'xenbr1': {}, 'xenbr3': {}, 'xenbr9': {}}}",
                "xenbr0",
                "xenbr1",
                "xenbr3",
                "xenbr9"));
    assertThat(found(result))
        .containsExactly(
            "XEN400 /network/bridges/xenbr0",
            "XEN401 /network/bridges/xenbr3",
            "XEN402 /network/bridges/xenbr9",
            "XEN405 /domains/vm1/options/vif/0",
            "XEN405 /domains/vm3/options/vif/0",
            "XEN405 /domains/vm4/options/vif/0",
            "XEN353 /domains/vm1",
            "XEN353 /domains/vm3",
            "XEN353 /domains/vm4");
    assertThat(result.plan().findings().get(0).sentence())
        .contains(
            "eth0 carries an address or a route of the host, so ncm-xen does not attach eth0 to the bridge")
        .contains("bridge_ports eth0");
    assertThat(result.plan().findings().get(1).sentence()).contains("nmcli connection add");
    assertThat(done(result)).contains("create bridge xenbr1 with eth1", "start domain vm2");
    assertThat(host.host().spec().devices().get("eth0")).isEqualTo(device(true, ""));
    assertThat(host.read(NetworkFiles.SCRIPT)).contains("one 'xenbr1' 'eth1' ''", "'xenbr9'");
    assertThat(host.read(NetworkFiles.SCRIPT)).doesNotContain("'xenbr0'", "'xenbr3'");
  }

  @Test
  void aDeviceWhoseVlanCarriesTheHostIsLeftToo() {
    Scenario host =
        host(folder, "a")
            .with(
                bare ->
                    bare.withDevice(
                        "eth1.7",
                        new NetworkDevice(
                            Kind.VLAN,
                            true,
                            1500,
                            "",
                            "",
                            null,
                            new Tag("eth1", 7),
                            HostUse.USED,
                            "")));
    assertThat(found(host.configure(profile("{'bridges': {'xenbr1': {}}}"))))
        .containsExactly("XEN400 /network/bridges/xenbr1");
  }

  @Test
  void whatAnotherHandMadeIsTakenAsItIs() {
    Scenario host =
        host(folder, "a")
            .with(
                bare ->
                    bare.withBridge("xenbr1")
                        .withBridge("xenbr5")
                        .withDevice(
                            "eth1",
                            new NetworkDevice(
                                Kind.OTHER,
                                true,
                                1500,
                                "",
                                "xenbr1",
                                null,
                                null,
                                HostUse.UNUSED,
                                "")));
    Profile profile =
        profile("{'bridges': {'xenbr1': {'netdev': 'eth1'}, 'xenbr5': {}}}", "xenbr1", "xenbr5");
    ComponentResult result = withKernel(host).configure(profile);
    assertThat(found(result)).containsExactly("XEN408 /network/bridges/xenbr5");
    assertThat(done(result))
        .containsExactly(
            "write /etc/xen/vm1", "write /etc/xen/vm2", "start domain vm1", "start domain vm2");
    ComponentResult other = host.configure(profile("{'bridges': {'xenbr5': {'netdev': 'eth2'}}}"));
    assertThat(found(other)).contains("XEN403 /network/bridges/xenbr5");
    assertThat(host.unconfigure(profile).errors()).isZero();
    assertThat(host.host().spec().bridges()).containsExactly("xenbr1", "xenbr5");
  }

  @Test
  void aChangedDefinitionChangesThatBridgeOnly() {
    Scenario host = host(folder, "a");
    host.configure(profile("{'bridges': {'a': {'netdev': 'eth1'}, 'b': {'netdev': 'eth2'}}}"));
    Profile changed = profile("{'bridges': {'c': {'netdev': 'eth1'}, 'b': {'netdev': 'eth2'}}}");
    ComponentResult result = host.configure(changed);
    assertThat(done(result))
        .containsExactly(
            "write /etc/xen/scripts/ncm-xen-network",
            "remove bridge a",
            "create bridge c with eth1");
    host.assertConverged(changed);
    Profile moved = profile("{'bridges': {'b': {'netdev': 'eth1'}, 'a': {'netdev': 'eth2'}}}");
    assertThat(done(host.configure(moved)))
        .containsExactly(
            "write /etc/xen/scripts/ncm-xen-network",
            "remove bridge c",
            "change bridge b to have eth1",
            "create bridge a with eth2");
    host.assertConverged(moved);
  }

  @Test
  void unconfigureWithdrawsAllOfIt() {
    Scenario host = host(folder, "a").file(AUTOSTART + "/default.xml", "<network/>");
    Map<String, NetworkDevice> before = host.host().spec().devices();
    host.configure(profile(TWO));
    ComponentResult result = host.unconfigure(profile(TWO));
    assertThat(result.errors()).isZero();
    assertThat(host.host().spec().devices()).isEqualTo(before);
    assertThat(host.everything().keySet())
        .containsExactlyInAnyOrder("host.json", AUTOSTART.substring(1) + "/default.xml");
    assertThat(host.unconfigure(profile(TWO)).actions()).isEmpty();
  }

  @Test
  void aBridgeWithGuestsIsLeftUntilTheyAreStopped() {
    Scenario host = host(folder, "a");
    host.configure(profile("{'bridges': {'xenbr1': {}}}"));
    host.change(
        now ->
            now.withDevice(
                "vif7.0",
                new NetworkDevice(
                    Kind.OTHER, true, 1500, "", "xenbr1", null, null, HostUse.UNUSED, "")));
    ComponentResult result = host.unconfigure(profile("{}"));
    assertThat(found(result)).containsExactly("XEN406 /sys/class/net/xenbr1");
    assertThat(host.host().spec().bridges()).containsExactly("xenbr1");
    assertThat(host.unconfigure(profile("{}")).actions()).isEmpty();
    host.change(now -> now.withDevice("vif7.0", device(false, "")));
    assertThat(done(host.unconfigure(profile("{}"))))
        .containsExactly("remove bridge xenbr1", "remove " + NetworkFiles.SCRIPT);
    assertThat(host.host().spec().bridges()).isEmpty();
  }

  @Test
  void aFileOfAnotherHandIsNotReplaced() {
    Scenario host = withKernel(host(folder, "a")).file(NetworkFiles.SCRIPT, "#!/bin/sh\nexit 0\n");
    ComponentResult result = host.configure(profile("{'bridges': {'xenbr1': {}}}", "xenbr1"));
    assertThat(found(result)).contains("XEN410 " + NetworkFiles.SCRIPT);
    assertThat(done(result)).containsExactly("write /etc/xen/vm1");
  }

  @Test
  void libvirtsNetworksAreKeptFromStartingAndComeBack() throws Exception {
    Scenario host = host(folder, "a").file(AUTOSTART + "/other.xml", "<network/>");
    host.file("/run/libvirt/libvirtd.pid", "1");
    Files.createSymbolicLink(host.path(AUTOSTART + "/default.xml"), Path.of("../default.xml"));
    ComponentResult result = host.configure(profile("{}"));
    assertThat(done(result))
        .containsExactly(
            "rename " + AUTOSTART + "/default.xml to default.xml.ncm-xen.dont_start",
            "rename " + AUTOSTART + "/other.xml to other.xml.ncm-xen.dont_start",
            "restart libvirt's daemon");
    host.assertConverged(profile("{}"));
    assertThat(done(host.configure(profile("{'removeqemunetworklibvirtautostart': false}"))))
        .containsExactly(
            "rename " + AUTOSTART + "/default.xml.ncm-xen.dont_start to default.xml",
            "rename " + AUTOSTART + "/other.xml.ncm-xen.dont_start to other.xml",
            "restart libvirt's daemon");
    assertThat(Files.readSymbolicLink(host.path(AUTOSTART + "/default.xml")))
        .isEqualTo(Path.of("../default.xml"));
    assertThat(host.read(AUTOSTART + "/other.xml")).isEqualTo("<network/>");
  }

  @Test
  void aRunForOneGuestDoesNotTouchTheNetwork() {
    Scenario host = withKernel(host(folder, "a"));
    Profile profile = profile("{'bridges': {'xenbr1': {}}}", "xenbr1");
    ComponentResult result =
        new XenComponent(duration -> {})
            .configure(host.context(profile).option("guest", List.of("vm1")).build());
    assertThat(Stream.concat(found(result).stream(), done(result).stream()))
        .containsExactly(
            "XEN405 /domains/vm1/options/vif/0", "XEN353 /domains/vm1", "write /etc/xen/vm1");
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void aRunThatDiesAtAnyChangeIsMadeGoodByTheNextOne() {
    Scenario calm = host(folder, "calm").file(AUTOSTART + "/default.xml", "<network/>");
    calm.configure(profile(TWO));
    int deaths = 0;
    for (int n = 1; n < 30; n++) {
      Scenario next = host(folder, "dying" + n).file(AUTOSTART + "/default.xml", "<network/>");
      FailingHost dying = new FailingHost(next.host());
      if (n % 2 == 0) {
        dying.dieBefore((n + 1) / 2, new Killed());
      } else {
        dying.dieAfter((n + 1) / 2, new Killed());
      }
      try {
        new XenComponent(duration -> {})
            .configure(
                org.quattor.ncm.component.ComponentContext.builder(profile(TWO))
                    .operations(XenHost.class, dying.host())
                    .build());
      } catch (Killed e) {
        deaths++;
      }
      assertThat(next.configure(profile(TWO)).errors()).isZero();
      assertThat(next.everything()).as("killed at " + n).isEqualTo(calm.everything());
    }
    assertThat(deaths).isGreaterThan(12);
  }
}
