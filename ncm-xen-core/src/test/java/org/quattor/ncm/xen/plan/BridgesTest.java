package org.quattor.ncm.xen.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.MoreCollectors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Effect;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.XenComponent;
import org.quattor.ncm.xen.network.NetworkFiles;

/** Which bridges are made, changed, removed or left, and how they stand. */
class BridgesTest {

  private static final String ONE = BridgeHost.ONE;

  @TempDir Path folder;
  private BridgeHost bridges;
  private Scenario host;

  @BeforeEach
  void aHostWithTwoInterfaces() {
    bridges = BridgeHost.in(folder);
    host = bridges.host();
  }

  private static Action action(XenPlan plan, String type) {
    return plan.actions().stream()
        .filter(action -> action.type().equals(type))
        .collect(MoreCollectors.onlyElement());
  }

  @Test
  void aBridgeIsMadeOfADeviceThatNobodyUses() {
    XenPlan plan = bridges.plan(ONE, "br");

    assertThat(BridgeHost.about(plan)).containsExactly("create bridge br with eth1");
    assertThat(action(plan, "create-bridge"))
        .extracting(PlannedAction::reason, PlannedAction::impact, PlannedAction::dependsOn)
        .containsExactly(
            "it is declared and missing",
            Impact.NONE,
            ImmutableList.of("write-file:" + NetworkFiles.SCRIPT));
    assertThat(action(plan, "start-domain").dependsOn()).contains("create-bridge:br");
  }

  @Test
  void aBridgeThatIsOtherwiseIsChangedUnderItsGuests() {
    host.configure(BridgeHost.profile(ONE));
    XenPlan plan = bridges.plan(ONE.replace("eth1", "eth2"));

    assertThat(BridgeHost.about(plan)).containsExactly("change bridge br to have eth2");
    assertThat(action(plan, "create-bridge"))
        .extracting(PlannedAction::reason, PlannedAction::impact, PlannedAction::effect)
        .containsExactly("it differs from the profile", Impact.LIVE, Effect.CHANGE);
    assertThat(action(plan, "write-file"))
        .extracting(PlannedAction::reason, PlannedAction::effect)
        .containsExactly("it differs from the profile", Effect.CHANGE);
  }

  /** Neither can let go before the other one has; the next boot makes them as declared. */
  @Test
  void twoBridgesThatSwapTheirDevicesAreLeft() {
    String two = "{'bridges': {'a': {'netdev': '%s'}, 'b': {'netdev': '%s'}}}";
    host.configure(BridgeHost.profile(two.formatted("eth1", "eth2")));

    XenPlan plan = bridges.plan(two.formatted("eth2", "eth1"), "b");

    assertThat(BridgeHost.about(plan))
        .containsExactly(
            "XEN404 eth2 is attached to b, and ncm-xen leaves it there",
            "XEN404 eth1 is attached to a, and ncm-xen leaves it there",
            "XEN405 bridge b does not exist",
            "XEN353 ncm-xen does not start domain on-b, because of the errors above");
    assertThat(plan.actions())
        .extracting(Action::summary)
        .containsExactly("write " + NetworkFiles.SCRIPT, "write /etc/xen/on-b");
  }

  @Test
  void aGuestWaitsForABridgeThatWillNotBeThereAndForNoOther() {
    host.file(NetworkFiles.SCRIPT, "#!/bin/sh\n");

    XenPlan plan =
        bridges.plan("{'bridges': {'br': {'netdev': 'eth1'}, 'xenbr5': {}}}", "br", "xenbr5");

    assertThat(plan.findings())
        .extracting("id", "path")
        .containsExactly(
            tuple("XEN410", NetworkFiles.SCRIPT),
            tuple("XEN405", "/software/components/xen/domains/on-br/options/vif/0"),
            tuple("XEN353", "/software/components/xen/domains/on-br"));
    assertThat(action(plan, "start-domain").summary()).isEqualTo("start domain on-xenbr5");
  }

  @Test
  void whoKnowsNoDevicesMakesNothing() {
    host.failing("devices", "ip link failed");

    XenPlan plan = bridges.plan(ONE, "br");

    assertThat(plan.complete()).isFalse();
    assertThat(BridgeHost.about(plan))
        .containsExactly(
            "XEN407 the bridges of the host are unknown: ip link failed",
            "XEN405 bridge br does not exist",
            "XEN353 ncm-xen does not start domain on-br, because of the errors above");
    assertThat(standing(ONE)).containsExactly("br eth1 UNKNOWN declared [] []");
  }

  @Test
  void aRunForOneGuestTakesTheBridgesThatAreThere() {
    Profile profile = BridgeHost.profile(ONE, "br");
    assertThat(hints(profile))
        .contains("run without --guest; a run for all guests creates bridges");
    host.configure(BridgeHost.profile(ONE));
    assertThat(hints(profile)).isEmpty();
    host.file(NetworkFiles.SCRIPT, "#!/bin/sh\n");
    assertThat(bridges.plan("{'bridges': {'br2': {'netdev': 'eth2'}}}", "br2").findings())
        .extracting("hint")
        .contains("correct the error about the network or bridge br2");
  }

  private List<String> hints(Profile profile) {
    return new XenComponent()
            .plan(Intent.CONFIGURE, host.context(profile).option("guest", List.of("on-br")).build())
            .findings()
            .stream()
            .map(finding -> finding.hint())
            .toList();
  }

  @Test
  void theGuestsOfABridgeAreStoppedBeforeItGoes() {
    Profile profile = BridgeHost.profile(ONE, "br");
    host.file("/k", "").configure(profile);
    bridges.having("vif1.0", BridgeHost.device("br"));
    List<String> options = List.of("true");

    ComponentResult result =
        new XenComponent(pause -> {})
            .unconfigure(host.context(profile).option("stop-domains", options).build());

    assertThat(result.actions())
        .extracting(done -> done.action().summary())
        .containsExactly(
            "write " + NetworkFiles.SCRIPT,
            "shut down domain on-br",
            "remove /etc/xen/on-br",
            "remove bridge br",
            "remove link " + NetworkFiles.UNIT_LINK,
            "remove " + NetworkFiles.UNIT,
            "reload the units of systemd",
            "remove " + NetworkFiles.SCRIPT);
    assertThat(result.actions().get(3).action().dependsOn())
        .contains("stop-domain:on-br")
        .doesNotContain("remove-file:/etc/xen/on-br");
  }

  @Test
  void libvirtIsRestartedAfterItsNetworksWereRenamed() throws Exception {
    String networks = NetworkFiles.LIBVIRT_FOLDER;
    host.file(networks + "/default.xml", "<network/>")
        .file(networks + "/default.xml" + NetworkFiles.NOT_STARTED, "<network/>")
        .file(networks + "/lab.xml" + NetworkFiles.NOT_STARTED, "<network/>")
        .file(networks + "/notes.txt", "")
        .file("/run/libvirt/libvirtd.pid", "1");
    Files.createDirectory(host.path(networks + "/folder.xml"));

    assertThat(action(bridges.plan("{}"), "restart-libvirt").dependsOn())
        .containsExactly("rename-file:" + networks + "/default.xml");
    assertThat(
            action(bridges.plan("{'removeqemunetworklibvirtautostart': false}"), "restart-libvirt")
                .dependsOn())
        .containsExactly(
            "remove-file:" + networks + "/default.xml" + NetworkFiles.NOT_STARTED,
            "rename-file:" + networks + "/lab.xml" + NetworkFiles.NOT_STARTED);
  }

  private List<String> standing(String network) {
    return new XenComponent()
        .status(host.context(BridgeHost.profile(network)).build()).bridges().stream()
            .map(
                bridge ->
                    "%s %s %s%s %s %s"
                        .formatted(
                            bridge.bridge(),
                            bridge.port(),
                            bridge.state(),
                            bridge.declared() ? " declared" : "",
                            bridge.members(),
                            bridge.errors().isEmpty()
                                ? bridge.actions().stream().map(PlannedAction::summary).toList()
                                : bridge.errors().stream()
                                    .map(error -> error.id() + " " + error.found())
                                    .toList()))
            .toList();
  }

  @Test
  void howABridgeStands() {
    String two = "{'bridges': {'br': {'netdev': 'eth1'}, 'xenbr5': {}}}";
    assertThat(standing(two))
        .containsExactly(
            "br eth1 MISSING declared [] [create bridge br with eth1]",
            "xenbr5 eth5 UNMANAGED declared [] []");
    host.configure(BridgeHost.profile(two));
    assertThat(standing(two))
        .containsExactly(
            "br eth1 MANAGED declared [eth1] []", "xenbr5 eth5 UNMANAGED declared [] []");
    assertThat(standing("{'bridges': {'br2': {'netdev': 'eth9'}}}"))
        .containsExactly(
            "br2 eth9 MISSING declared [] [XEN402 network interface eth9 does not exist]",
            "br eth1 MANAGED [eth1] [remove bridge br]");
  }
}
