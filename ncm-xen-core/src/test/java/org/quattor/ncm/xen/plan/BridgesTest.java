package org.quattor.ncm.xen.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.base.Splitter;
import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.MoreCollectors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Effect;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.XenComponent;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.host.NetworkDevice.Forwarding;
import org.quattor.ncm.xen.host.NetworkDevice.Kind;
import org.quattor.ncm.xen.host.NetworkDevice.Tag;
import org.quattor.ncm.xen.network.NetworkFiles;

/** Which bridges are made, changed, removed or left, and how they stand. */
class BridgesTest {

  private static final String ONE = "{'bridges': {'br': {'netdev': 'eth1'}}}";
  private static final String VLAN = "{'vlans': {'br': {'netdev': 'eth1', 'vlan': 20}}}";

  @TempDir Path folder;
  private Scenario host;

  @BeforeEach
  void aHostWithTwoInterfaces() {
    host =
        new Scenario(folder)
            .with(
                bare ->
                    bare.withDevice("eth1", device(""))
                        .withDevice("eth2", device(""))
                        .withBridge("xenbr5"));
  }

  private static NetworkDevice device(String master) {
    return new NetworkDevice(Kind.OTHER, true, 1500, "", master, null, null, false, "");
  }

  private static NetworkDevice bridge(boolean carriesHost) {
    return new NetworkDevice(
        Kind.BRIDGE, true, 1500, "", "", new Forwarding(false, 0), null, carriesHost, "");
  }

  private static NetworkDevice vlan(@Nullable Tag tag, boolean carriesHost) {
    return new NetworkDevice(Kind.VLAN, true, 1500, "", "", null, tag, carriesHost, "");
  }

  private Scenario having(String name, NetworkDevice device) {
    return host.change(now -> now.withDevice(name, device));
  }

  private static Profile profile(String network, String... bridges) {
    StringBuilder guests = new StringBuilder();
    for (String bridge : bridges) {
      guests
          .append(guests.isEmpty() ? "" : ", ")
          .append(
              """
              'on-%1$s': {'options': {'name': 'on-%1$s', 'memory': 64, 'kernel': '/k',
                                      'vif': ['bridge=%1$s']}}"""
                  .formatted(bridge));
    }
    return Scenario.profile(
        "{'active': true, 'create_domains': true, 'domains': {%s}, 'network': %s}"
            .formatted(guests, network)
            .replace('\'', '"'));
  }

  private XenPlan plan(String network, String... bridges) {
    return (XenPlan) host.plan(profile(network, bridges));
  }

  /** Returns what is found of bridges, and what is done to them. */
  private static List<String> about(XenPlan plan) {
    ImmutableList.Builder<String> all = ImmutableList.builder();
    plan.findings().forEach(finding -> all.add(finding.id() + " " + finding.found()));
    plan.actions().stream()
        .filter(action -> action.type().endsWith("-bridge"))
        .forEach(action -> all.add(action.summary()));
    return all.build();
  }

  private static Action action(XenPlan plan, String type) {
    return plan.actions().stream()
        .filter(action -> action.type().equals(type))
        .collect(MoreCollectors.onlyElement());
  }

  @Test
  void aBridgeIsMadeOfADeviceThatNobodyUses() {
    XenPlan plan = plan(ONE, "br");

    assertThat(about(plan)).containsExactly("make bridge br with eth1");
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
    host.configure(profile(ONE));
    XenPlan plan = plan(ONE.replace("eth1", "eth2"));

    assertThat(about(plan)).containsExactly("change bridge br to have eth2");
    assertThat(action(plan, "create-bridge"))
        .extracting(PlannedAction::reason, PlannedAction::impact, PlannedAction::effect)
        .containsExactly("it is not as declared", Impact.LIVE, Effect.CHANGE);
    assertThat(action(plan, "write-file"))
        .extracting(PlannedAction::reason, PlannedAction::effect)
        .containsExactly("it differs from what is declared", Effect.CHANGE);
  }

  @Test
  void noDeviceIsTakenFromAnyoneElse() {
    having("br9", bridge(false));
    having("eth1", device("br9"));
    assertThat(about(plan(ONE))).containsExactly("XEN404 eth1 is on br9, so that it is not taken");
    assertThat(plan(ONE).actions()).as("nor at the next boot").isEmpty();
    host.configure(profile("{'bridges': {'br': {'netdev': 'eth2'}}}"));
    assertThat(about(plan(ONE)))
        .as("nor for a bridge that would be changed")
        .containsExactly("XEN404 eth1 is on br9, so that it is not taken");
  }

  @Test
  void aDeviceThatIsNoBridgeKeepsItsName() {
    having("br", device(""));

    assertThat(about(plan(ONE, "br")))
        .startsWith("XEN403 there is a device br, and it is no bridge");
  }

  @Test
  void aBridgeWithTheHostsAddressIsTakenAsItIs() {
    having("br", bridge(true));
    assertThat(about(plan(ONE)))
        .containsExactly(
            "XEN408 the bridge br is taken as it is: it carries an address or a route of the host");
  }

  @Test
  void aBridgeOfOursThatGotTheHostsAddressIsNotChanged() {
    host.configure(profile(ONE));
    NetworkDevice ours = host.host().furnishing().devices().get("br");
    having(
        "br",
        new NetworkDevice(
            Kind.BRIDGE, true, 1500, ours.alias(), "", ours.forwarding(), null, true, ""));

    assertThat(about(plan(ONE))).isEmpty();
    assertThat(about(plan(ONE.replace("eth1", "eth2"))))
        .containsExactly(
            "XEN408 the bridge br is taken as it is: it carries an address or a route of the host");
    having("eth1", device(""));
    assertThat(about(plan(ONE)))
        .as("its own device comes back onto it")
        .containsExactly("change bridge br to have eth1");
    assertThat(about(plan("{}")))
        .as("nor removed")
        .containsExactly(
            "XEN406 the bridge is not declared, but carries an address or a route of the host");
  }

  @Test
  void onlyThatVlanMayHaveTheNameOfTheVlansDevice() {
    having("eth1.20", vlan(new Tag("eth1", 20), false));
    assertThat(about(plan(VLAN))).containsExactly("make bridge br with VLAN 20 of eth1");
    String other = "XEN403 there is a device eth1.20, and it is not VLAN 20 of eth1";
    having("eth1.20", vlan(new Tag("eth1", 21), false));
    assertThat(about(plan(VLAN))).containsExactly(other);
    having("eth1.20", vlan(new Tag("eth2", 20), false));
    assertThat(about(plan(VLAN))).containsExactly(other);
    having("eth1.20", device(""));
    assertThat(about(plan(VLAN))).containsExactly(other);
  }

  @Test
  void aVlanOnTopOfADeviceMattersWhenTheHostUsesIt() {
    having("eth1.7", vlan(new Tag("eth1", 7), false));
    having("eth2.7", vlan(new Tag("eth2", 7), true));
    assertThat(about(plan(ONE))).containsExactly("make bridge br with eth1");
    having("eth1.7", vlan(new Tag("eth1", 7), true));
    assertThat(about(plan(ONE)))
        .containsExactly(
            "XEN400 eth1.7 carries an address or a route of the host, so that eth1 is not taken");
  }

  @ParameterizedTest
  @CsvSource({
    "{'xenbr9': {}}, netdev is not declared",
    "{'xenbr9': {'netdev': 'eth9'}}, ''",
  })
  void aMissingDeviceIsExplainedByTheBridgesName(String bridges, String hint) {
    assertThat(plan("{'bridges': " + bridges + "}").findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.found()).isEqualTo("there is no network interface eth9");
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
    NetworkDevice kept =
        new NetworkDevice(Kind.VLAN, true, 1500, "", "", null, new Tag("eth1", 20), false, manager);
    having("eth1", kept).change(now -> now.withDevice("eth1.20", kept));

    String kind = bridge.contains("vlan") ? "vlans" : "bridges";
    assertThat(plan("{'" + kind + "': {" + bridge + "}}").findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.id()).isEqualTo("XEN401"))
        .satisfies(finding -> assertThat(finding.hint()).contains(advice));
  }

  /** Neither can let go before the other one has; the next boot makes them as declared. */
  @Test
  void twoBridgesThatSwapTheirDevicesAreLeft() {
    String two = "{'bridges': {'a': {'netdev': '%s'}, 'b': {'netdev': '%s'}}}";
    host.configure(profile(two.formatted("eth1", "eth2")));

    XenPlan plan = plan(two.formatted("eth2", "eth1"), "b");

    assertThat(about(plan))
        .containsExactly(
            "XEN404 eth2 is on b, so that it is not taken",
            "XEN404 eth1 is on a, so that it is not taken",
            "XEN405 the bridge b is not there",
            "XEN353 domain on-b is not started, because of the errors above");
    assertThat(plan.actions())
        .extracting(Action::summary)
        .containsExactly("write " + NetworkFiles.SCRIPT, "write /etc/xen/on-b");
  }

  @Test
  void aGuestWaitsForABridgeThatWillNotBeThereAndForNoOther() {
    host.file(NetworkFiles.SCRIPT, "#!/bin/sh\n");

    XenPlan plan = plan("{'bridges': {'br': {'netdev': 'eth1'}, 'xenbr5': {}}}", "br", "xenbr5");

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

    XenPlan plan = plan(ONE, "br");

    assertThat(plan.complete()).isFalse();
    assertThat(about(plan))
        .containsExactly(
            "XEN407 it is not known which bridges there are: ip link failed",
            "XEN405 the bridge br is not there",
            "XEN353 domain on-br is not started, because of the errors above");
    assertThat(bridges(ONE)).containsExactly("br eth1 unknown declared [] []");
  }

  @Test
  void aRunForOneGuestTakesTheBridgesThatAreThere() {
    Profile profile = profile(ONE, "br");
    assertThat(hints(profile)).contains("a run for all guests makes bridges");
    host.configure(profile(ONE));
    assertThat(hints(profile)).isEmpty();
    host.file(NetworkFiles.SCRIPT, "#!/bin/sh\n");
    assertThat(plan("{'bridges': {'br2': {'netdev': 'eth2'}}}", "br2").findings())
        .extracting("hint")
        .contains("see what is said of br2");
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
    Profile profile = profile(ONE, "br");
    host.file("/k", "").configure(profile);
    having("vif1.0", device("br"));
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
            "let systemd read its units anew",
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

    assertThat(action(plan("{}"), "restart-libvirt").dependsOn())
        .containsExactly("rename-file:" + networks + "/default.xml");
    assertThat(
            action(plan("{'removeqemunetworklibvirtautostart': false}"), "restart-libvirt")
                .dependsOn())
        .containsExactly(
            "remove-file:" + networks + "/default.xml" + NetworkFiles.NOT_STARTED,
            "rename-file:" + networks + "/lab.xml" + NetworkFiles.NOT_STARTED);
  }

  private List<String> bridges(String network) {
    return new XenComponent()
        .status(host.context(profile(network)).build()).bridges().stream()
            .map(
                bridge ->
                    "%s %s %s%s %s %s"
                        .formatted(
                            bridge.bridge(),
                            bridge.port(),
                            bridge.made(),
                            bridge.declared() ? " declared" : "",
                            bridge.members(),
                            bridge.errors().isEmpty() ? bridge.actions() : bridge.errors()))
            .toList();
  }

  @Test
  void howABridgeStands() {
    String two = "{'bridges': {'br': {'netdev': 'eth1'}, 'xenbr5': {}}}";
    assertThat(bridges(two))
        .containsExactly(
            "br eth1 missing declared [] [make bridge br with eth1]",
            "xenbr5 eth5 by another hand declared [] []");
    host.configure(profile(two));
    assertThat(bridges(two))
        .containsExactly(
            "br eth1 by ncm-xen declared [eth1] []", "xenbr5 eth5 by another hand declared [] []");
    assertThat(bridges("{'bridges': {'br2': {'netdev': 'eth9'}}}"))
        .containsExactly(
            "br2 eth9 missing declared [] [XEN402 there is no network interface eth9]",
            "br eth1 by ncm-xen [eth1] [remove bridge br]");
  }

  /** A bridge, a declared one that nothing is to be done about, is all that has not drifted. */
  @ParameterizedTest
  @CsvSource({
    "true, '', '', false",
    "false, '', '', true",
    "true, make, '', true",
    "true, '', XEN402, true"
  })
  void aBridgeHasDriftedWhen(boolean declared, String action, String error, boolean drifted) {
    assertThat(
            new BridgeStatus(
                    "br",
                    "eth1",
                    "by ncm-xen",
                    ImmutableList.of(),
                    declared,
                    list(action),
                    list(error))
                .isDrifted())
        .isEqualTo(drifted);
  }

  private static ImmutableList<String> list(String text) {
    return Strings.isNullOrEmpty(text) ? ImmutableList.of() : ImmutableList.of(text);
  }
}
