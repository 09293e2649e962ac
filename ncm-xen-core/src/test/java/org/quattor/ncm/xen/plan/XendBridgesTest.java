package org.quattor.ncm.xen.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.MoreCollectors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Effect;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.XenComponent;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.HostUse;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.host.NetworkDevice.Kind;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.network.NetworkFiles;

/** Bridges that xend makes with the script of the Xen package and ours. */
class XendBridgesTest {

  private static final String CONFIGURATION = "/etc/xen/" + NetworkFiles.XEND_CONFIGURATION;
  private static final String VENDOR = NetworkFiles.VENDOR_SCRIPT;
  private static final String COPY = NetworkFiles.VENDOR_COPY;
  private static final String VLAN = NetworkFiles.VLAN_SCRIPT;
  private static final String MULTI = NetworkFiles.MULTI_SCRIPT;

  @TempDir Path folder;
  private Scenario host;

  @BeforeEach
  void aHostWithXend() {
    host =
        new Scenario(folder)
            .with(
                bare ->
                    bare.withFacts(
                            new HostFacts(
                                Set.of(Toolstack.XM), true, true, new XenVersion(3, 4), "xm"))
                        .withDevice("eth1", device(""))
                        .withDevice("eth2", device("")))
            .file(VENDOR, "#!/bin/sh\n# the vendor's\n")
            .file(CONFIGURATION, "(network-script network-bridge)\n")
            .file("/k", "a kernel");
  }

  private static NetworkDevice device(String master) {
    return new NetworkDevice(Kind.OTHER, true, 1500, "", master, null, null, HostUse.UNUSED, "");
  }

  /** Returns a profile with a bridge over each device, and a guest on the first one. */
  private static Profile bridges(String... devices) {
    StringBuilder bridges = new StringBuilder();
    for (String device : devices) {
      bridges.append(bridges.isEmpty() ? "" : ", ");
      bridges.append("'on-%1$s': {'netdev': '%1$s'}".formatted(device));
    }
    return Scenario.profile(
        """
        {'active': true, 'create_domains': true, 'network': {'bridges': {%s}},
         'domains': {'vm': {'options': {'name': 'vm', 'memory': 64, 'kernel': '/k',
                                        'vif': ['bridge=on-eth1']}}}}
        """
            .formatted(bridges)
            .replace('\'', '"'));
  }

  private XenPlan plan(String... devices) {
    return (XenPlan) host.plan(bridges(devices));
  }

  private static Action action(XenPlan plan, String id) {
    return plan.actions().stream()
        .filter(action -> action.id().equals(id))
        .collect(MoreCollectors.onlyElement());
  }

  private static List<String> found(XenPlan plan) {
    return plan.findings().stream().map(finding -> finding.id() + " " + finding.path()).toList();
  }

  @Test
  void theScriptsAreThereBeforeTheBridgesAndTheseBeforeTheGuest() {
    XenPlan plan = plan("eth1");

    assertThat(plan.actions())
        .extracting(Action::id, PlannedAction::reason, Action::effect, Action::impact)
        .startsWith(
            tuple("copy-file:" + COPY, FOR_BRIDGES, Effect.CREATE, Impact.NONE),
            tuple("write-file:" + VLAN, FOR_BRIDGES, Effect.CREATE, Impact.NONE),
            tuple("write-file:" + MULTI, FOR_BRIDGES, Effect.CREATE, Impact.NONE),
            tuple("write-file:" + CONFIGURATION, DIFFERS, Effect.CHANGE, Impact.NONE));
    Action start = action(plan, "start-network:" + MULTI);
    assertThat(start.reason()).isEqualTo("it is declared and missing");
    assertThat(start.impact()).isEqualTo(Impact.NONE);
    assertThat(start.dependsOn())
        .containsExactly("copy-file:" + COPY, "write-file:" + VLAN, "write-file:" + MULTI);
    assertThat(action(plan, "start-domain:vm").dependsOn()).contains(start.id());
  }

  private static final String FOR_BRIDGES = "bridges are declared, and it creates them at boot";
  private static final String DIFFERS = "it differs from the profile";

  @Test
  void whatTheScriptMadeIsStoppedBeforeItIsReplaced() {
    host.configure(bridges("eth1"));

    XenPlan plan = plan("eth2");

    assertThat(plan.actions())
        .extracting(Action::id, Action::impact)
        .containsExactly(
            tuple("stop-network:" + MULTI, Impact.LIVE),
            tuple("write-file:" + MULTI, Impact.NONE),
            tuple("start-network:" + MULTI, Impact.LIVE));
    assertThat(action(plan, "write-file:" + MULTI).dependsOn())
        .containsExactly("stop-network:" + MULTI);
    assertThat(action(plan, "write-file:" + MULTI).effect()).isEqualTo(Effect.CHANGE);
    assertThat(action(plan, "start-network:" + MULTI).reason())
        .isEqualTo("it differs from the profile");
  }

  @Test
  void aBridgeMoreStopsNone() {
    host.configure(bridges("eth1"));
    host.change(now -> now.withDevice("vif1.0", device("on-eth1")));

    assertThat(plan("eth1", "eth2").actions())
        .extracting(Action::id, Action::impact)
        .containsExactly(
            tuple("write-file:" + MULTI, Impact.NONE),
            tuple("start-network:" + MULTI, Impact.NONE));
  }

  @ParameterizedTest
  @CsvSource({
    "vif1.0, on-eth1, '', false, vif1.0 is attached to on-eth1",
    "tun0, on-eth1, '', false, tun0 is attached to on-eth1",
    "on-eth1.7, '', on-eth1, false, on-eth1.7 is stacked on on-eth1",
    "peth1, on-eth1, '', true, peth1 carries an address or a route of the host",
  })
  void noBridgeThatIsInUseIsStoppedForAnotherOne(
      String device, String master, String below, boolean carriesHost, String why) {
    host.configure(bridges("eth1"));
    NetworkDevice user =
        new NetworkDevice(
            Kind.OTHER,
            true,
            1500,
            "",
            master,
            null,
            null,
            below.isEmpty() ? Set.of() : Set.of(below),
            carriesHost ? HostUse.USED : HostUse.UNUSED,
            "");
    host.change(now -> now.withDevice(device, user));

    XenPlan plan = plan("eth2");

    assertThat(plan.actions())
        .extracting(Action::id)
        .startsWith("write-file:" + MULTI, "start-network:" + MULTI);
    assertThat(plan.findings())
        .filteredOn(finding -> finding.id().equals("XEN414"))
        .singleElement()
        .satisfies(finding -> assertThat(finding.found()).endsWith(why));
    assertThat(plan().actions()).noneMatch(action -> action.type().equals("stop-network"));
  }

  @Test
  void aBridgeThatADeclaredGuestIsOnStaysThoughItIsNotDeclared() {
    host.configure(bridges("eth1"));

    XenPlan plan = plan();

    assertThat(plan.actions()).noneMatch(action -> action.type().equals("stop-network"));
    assertThat(plan.findings())
        .extracting("id", "found")
        .contains(
            tuple(
                "XEN406",
                "its bridges are no longer declared, and stay because guest vm has a vif on on-eth1"));
  }

  @Test
  void aBridgeThatIsGoneIsMadeWithTheScriptThatIsThere() {
    host.configure(bridges("eth1"));
    host.change(now -> now.withDevice("on-eth1", device("")));

    assertThat(plan("eth1").actions())
        .extracting(Action::summary)
        .containsExactly("create the bridges on-eth1 with " + MULTI);
  }

  @ParameterizedTest
  @ValueSource(strings = {COPY, VLAN, MULTI})
  void aScriptThatNobodyCanExecuteIsMadeAnew(String script) throws Exception {
    host.configure(bridges("eth1"));
    Files.setPosixFilePermissions(host.path(script), PosixFilePermissions.fromString("rw-r--r--"));

    host.configure(bridges("eth1"));

    assertThat(Files.getPosixFilePermissions(host.path(script)))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void theBridgesOfAScriptThatWasEditedStay() {
    host.configure(bridges("eth1"));
    host.file(MULTI, host.read(MULTI) + "bridge=extra\n");

    XenPlan plan = plan("eth2");

    assertThat(plan.actions()).noneMatch(action -> action.type().equals("stop-network"));
    assertThat(plan.findings())
        .extracting("id", "found")
        .contains(
            tuple(
                "XEN414",
                "its bridges are declared differently now, and stay as they are because ncm-xen did"
                    + " not write this version of the script"));
  }

  /** The Perl component wrote the one for VLANs without a mark. */
  @Test
  void aScriptOfAnotherHandIsLeftButForThePerlComponents() {
    host.file(VLAN, "#!/bin/sh\n");
    assertThat(found(plan("eth1"))).isEmpty();

    host.file(MULTI, "#!/bin/sh\n");
    assertThat(found(plan("eth1")))
        .containsExactly(
            "XEN410 " + MULTI,
            "XEN405 /software/components/xen/domains/vm/options/vif/0",
            "XEN353 /software/components/xen/domains/vm");
  }

  @ParameterizedTest
  @ValueSource(strings = {VLAN, MULTI})
  void aFolderInPlaceOfAScriptIsLeft(String script) throws Exception {
    Files.createDirectories(host.path(script));

    assertThat(found(plan("eth1"))).startsWith("XEN410 " + script);
  }

  @Test
  void aFolderIsNoScriptOfTheVendor() throws Exception {
    Files.delete(host.path(VENDOR));
    Files.createDirectories(host.path(VENDOR));

    assertThat(found(plan("eth1"))).startsWith("XEN409 " + VENDOR);
  }

  @Test
  void withoutXendsConfigurationTheBridgesAreMadeAndTheRestIsSaid() throws Exception {
    Files.delete(host.path(CONFIGURATION));

    XenPlan plan = plan("eth1");

    assertThat(found(plan)).containsExactly("XEN411 " + CONFIGURATION);
    assertThat(action(plan, "start-domain:vm").dependsOn()).contains("start-network:" + MULTI);
    assertThat(plan.findings().get(0).found()).startsWith("does not exist, so ncm-xen cannot");
    Files.createDirectory(host.path(CONFIGURATION));
    assertThat(found(plan("eth1"))).containsExactly("XEN411 " + CONFIGURATION);
    assertThat(plan("eth1").findings().get(0).found()).startsWith("is a directory, so ncm-xen");
    Files.delete(host.path(CONFIGURATION));
    Files.write(host.path(CONFIGURATION), new byte[] {'#', (byte) 0xe4, '\n'});
    assertThat(plan("eth1").findings().get(0).found()).startsWith("is not in UTF-8 or too large");
  }

  @Test
  void bridgesWithGuestsAreLeftUntilTheseAreStopped() {
    host.configure(bridges("eth1"));
    host.change(now -> now.withDevice("vif1.0", device("on-eth1")));
    Profile none = bridges();

    XenPlan left = (XenPlan) host.plan(none);
    assertThat(left.actions()).noneMatch(action -> action.type().equals("stop-network"));
    assertThat(left.findings())
        .extracting("id", "found")
        .contains(
            tuple(
                "XEN406",
                "its bridges are no longer declared, and stay because vif1.0 is attached to on-eth1"));

    ComponentResult stopped =
        new XenComponent(pause -> {})
            .unconfigure(host.context(none).option("stop-domains", List.of("true")).build());
    assertThat(stopped.actions())
        .extracting(done -> done.action().summary())
        .containsExactly(
            "shut down domain vm",
            "remove /etc/xen/vm",
            "remove the bridges of " + MULTI,
            "write " + CONFIGURATION,
            "remove " + VLAN,
            "remove " + COPY,
            "remove " + MULTI);
    assertThat(stopped.actions().get(2).action().dependsOn()).containsExactly("stop-domain:vm");
    assertThat(stopped.actions().get(6).action().dependsOn())
        .isEqualTo(
            ImmutableList.of(
                "stop-domain:vm",
                "stop-network:" + MULTI,
                "write-file:" + CONFIGURATION,
                "remove-file:" + VLAN,
                "remove-file:" + COPY));
  }

  @Test
  void devicesElsewhereDoNotKeepABridge() {
    host.configure(bridges("eth1"));
    host.change(
        now ->
            now.withDevice("vif2.0", device("another"))
                .withDevice("vif3.0", device(""))
                .withDevice("peth1", device("on-eth1")));

    assertThat(
            new XenComponent().plan(Intent.UNCONFIGURE, host.context(bridges()).build()).actions())
        .extracting(PlannedAction::type)
        .contains("stop-network");
  }

  @Test
  void aScriptThatIsNotOursIsNotStopped() {
    host.configure(bridges("eth1"));
    host.file(MULTI, "#!/bin/sh\n");

    assertThat(plan().actions()).noneMatch(action -> action.type().endsWith("-network"));
  }

  @Test
  void howTheseBridgesStand() {
    assertThat(actions("eth1")).containsExactly("create the bridges on-eth1 with " + MULTI);
    host.configure(bridges("eth1"));
    assertThat(actions("eth1")).isEmpty();
    assertThat(actions("eth1", "eth2"))
        .containsExactly("create the bridges on-eth1, on-eth2 with " + MULTI);
    assertThat(actions("eth2"))
        .containsExactly(
            "remove the bridges of " + MULTI, "create the bridges on-eth2 with " + MULTI);
  }

  private List<String> actions(String... devices) {
    return new XenComponent()
        .status(host.context(bridges(devices)).build()).bridges().get(0).actions().stream()
            .map(PlannedAction::summary)
            .toList();
  }
}
