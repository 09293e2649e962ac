package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.MoreCollectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.ComponentProvider;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenVersion;

class XenComponentTest {

  private static final String WEB =
      """
      {"web": {"auto": true, "options": {"name": "web", "memory": 512, "bootloader": "pygrub",
        "disk": [{"type": "lvm", "hostdevice": "vg0", "hostvol": "web", "guestdevice": "xvda",
                  "rw": "w", "size": 1024}]}}}
      """;

  @TempDir Path folder;
  private Scenario host;
  private final Profile web = Scenario.domains(WEB);

  @BeforeEach
  void aHostWithAVolumeGroup() {
    host = new Scenario(folder).with(bare -> bare.withGroup("vg0", 1L << 40));
  }

  @Test
  void aRunnerFindsTheComponentByServiceLoader() {
    assertThat(ServiceLoader.load(ComponentProvider.class))
        .extracting(ComponentProvider::name)
        .contains("xen");
    assertThat(new XenComponentProvider().create().profilePath())
        .isEqualTo("/software/components/xen");
  }

  @Test
  void aNewGuestGetsVolumeFileLinkAndStart() {
    ComponentResult result = host.configure(web);

    assertThat(result.errors()).isZero();
    assertThat(Scenario.actions(result, Outcome.DONE))
        .containsExactly(
            "create volume vg0/web of 1 GiB",
            "write /etc/xen/web",
            "link /etc/xen/auto/web to /etc/xen/web",
            "start domain web");
    host.assertConverged(web);
  }

  /** One disk says where the group may be made; it is then there for all volumes on it. */
  @Test
  void aVolumeGroupOfOneDiskServesTheVolumesOfAllGuestsInTheSameRun() {
    Profile profile =
        Scenario.domains(
            """
            {"app": {"options": {"name": "app", "memory": 512, "bootloader": "pygrub",
               "disk": [{"type": "lvm", "hostdevice": "new", "hostvol": "app", "guestdevice":
                         "xvda", "rw": "w", "size": 1024}]}},
             "db": {"options": {"name": "db", "memory": 512, "bootloader": "pygrub",
               "disk": [{"type": "lvm", "hostdevice": "new", "hostvol": "db", "guestdevice":
                         "xvda", "rw": "w", "size": 1024, "create": true, "path": "/dev/sdb"}]}}}
            """);
    host.with(bare -> bare.withBlockDevice("/dev/sdb", 1L << 40));

    ComponentResult result = host.configure(profile);

    assertThat(result.errors()).isZero();
    assertThat(Scenario.actions(result, Outcome.DONE))
        .startsWith("create volume group new on /dev/sdb", "create volume new/app of 1 GiB")
        .contains("create volume new/db of 1 GiB", "start domain app", "start domain db")
        .doesNotHaveDuplicates();
    host.assertConverged(profile);
  }

  @Test
  void aSecondRunChangesNothingAtAll() {
    host.configure(web);
    var before = host.everything();

    ComponentResult again = host.configure(web);

    assertThat(again.actions()).isEmpty();
    assertThat(again.commands()).isLessThanOrEqualTo(4);
    assertThat(host.everything()).isEqualTo(before);
  }

  @Test
  void planningTwiceGivesTheSamePlan() {
    assertThat(host.plan(web)).isEqualTo(host.plan(web));
    assertThat(host.plan(web).component()).isEqualTo("xen");
  }

  @Test
  void aPlanTellsWhatItWasMadeFrom() {
    ComponentPlan plan = host.plan(web);
    ComponentPlan otherProfile = host.plan(Scenario.domains(WEB.replace("512", "256")));
    host.file("/etc/xen/other", "");

    assertThat(otherProfile.profileDigest()).isNotEqualTo(plan.profileDigest());
    assertThat(otherProfile.hostDigest()).isEqualTo(plan.hostDigest());
    assertThat(host.plan(web).hostDigest()).isNotEqualTo(plan.hostDigest());
    assertThat(host.plan(web)).isNotEqualTo(plan);
  }

  @Test
  void whatNoGuestFileCanSayLeavesNothingToDoAndADoubtIsToldBeside() {
    ComponentPlan plan =
        host.plan(Scenario.domains(WEB.replace("\"disk\"", "\"vif\": [\"brige=x\"], \"disk\"")));

    assertThat(plan.applicable()).isFalse();
    assertThat(plan.actions()).isEmpty();
    assertThat(Scenario.findings(plan))
        .containsExactly("XEN220 /software/components/xen/domains/web/options/vif/0");
    ComponentPlan doubtful =
        host.plan(Scenario.domains(WEB.replace("\"disk\"", "\"hostname\": \"web\", \"disk\"")));
    assertThat(doubtful.actions()).hasSize(4);
    assertThat(Scenario.findings(doubtful))
        .containsExactly("XEN216 /software/components/xen/domains/web/options");
  }

  @Test
  void theFilesOfAGuestAreShownWithoutAHost() {
    Profile both =
        Scenario.domains(
            WEB.replace(
                "\"auto\"",
                "\"install_options\": {\"name\": \"web\", \"memory\": 512, \"kernel\": \"/boot/i\"},"
                    + " \"auto\""));

    assertThat(new XenComponent().show(host.context(both).build(), Toolstack.XL).files())
        .extracting(file -> file.path(), file -> file.text().contains("/boot/i"))
        .containsExactly(tuple("/etc/xen/web", false), tuple("/etc/xen/web.start", true));
  }

  /** Licences and monitoring hang on it. */
  @Test
  void aGuestKeepsItsUuid() throws IOException {
    String ofOld = "11111111-2222-3333-4444-555555555555";
    host.file("/etc/xen/web", "name = \"web\"\nuuid = \"" + ofOld + "\"\n");
    host.configure(web);
    assertThat(uuid()).isEqualTo(ofOld);

    Files.delete(host.path("/etc/xen/web"));
    host.configure(web);
    assertThat(uuid()).as("of the domain that runs").isEqualTo(ofOld);

    String declared = ofOld.replace('1', '9');
    host.configure(
        Scenario.domains(WEB.replace("\"memory\"", "\"uuid\": \"" + declared + "\", \"memory\"")));
    assertThat(uuid()).isEqualTo(declared);
  }

  private String uuid() {
    return host.read("/etc/xen/web")
        .lines()
        .filter(line -> line.startsWith("uuid"))
        .map(line -> line.replaceFirst("uuid = \"(.*)\"", "$1"))
        .collect(MoreCollectors.onlyElement());
  }

  @Test
  void whoKnowsNotWhatLibvirtHasIsTold() {
    host.file("/etc/libvirt/libxl", "no folder");

    ComponentPlan plan = host.plan(web);

    assertThat(plan.complete()).isFalse();
    assertThat(Scenario.findings(plan))
        .containsExactly(
            "XEN348 /etc/libvirt/libxl", "XEN353 /software/components/xen/domains/web");
    assertThat(plan.actions()).noneMatch(action -> action.summary().startsWith("start"));
  }

  @Test
  void noActionLeavesTheHostUntouched() {
    ComponentResult result = new XenComponent().configure(host.context(web).noAction(true).build());

    assertThat(result.actions()).hasSize(4);
    assertThat(result.count(Outcome.NOT_RUN)).isEqualTo(4);
    assertThat(host.everything()).isEmpty();
  }

  @Test
  void unconfigureWithdrawsAllButVolumesAndConfigureRestoresIt() {
    host.configure(web);
    var configured = host.everything();

    ComponentResult result = host.unconfigure(web);

    assertThat(Scenario.actions(result, Outcome.DONE))
        .containsExactly("remove link /etc/xen/auto/web", "remove /etc/xen/web");
    assertThat(host.path("/etc/xen/web")).doesNotExist();
    assertThat(host.read("/host.json")).contains("vg0/web");
    assertThat(Scenario.findings(result.plan()))
        .containsExactly("XEN361 /etc/xen/web", "XEN368 /etc/xen/web");
    host.configure(web);
    assertThat(host.everything()).isEqualTo(configured);
  }

  @Test
  void unconfigureStopsDomainsWhenAsked() {
    host.configure(web);

    ComponentResult result =
        new XenComponent()
            .unconfigure(
                host.context(web).option("stop-domains", ImmutableList.of("true")).build());

    assertThat(Scenario.actions(result, Outcome.DONE))
        .containsExactly(
            "shut down domain web", "remove link /etc/xen/auto/web", "remove /etc/xen/web");
  }

  @Test
  void aGuestThatLeavesTheProfileIsWithdrawnAndItsDomainLeftAlone() {
    host.configure(web);

    ComponentResult result = host.configure(Scenario.domains("{}"));

    assertThat(Scenario.actions(result, Outcome.DONE))
        .containsExactly("remove link /etc/xen/auto/web", "remove /etc/xen/web");
    assertThat(Scenario.findings(result.plan()))
        .containsExactly(
            "XEN361 /etc/xen/web",
            "XEN368 /etc/xen/web",
            "XEN319 /software/components/xen/domains");
  }

  @Test
  void aPlanMadeBeforeIsAppliedLater() {
    XenComponent component = new XenComponent();
    ComponentPlan plan = component.plan(Intent.CONFIGURE, host.context(web).build());

    ComponentResult result = component.apply(plan, host.context(web).build());

    assertThat(result.refusal()).isEmpty();
    assertThat(result.count(Outcome.DONE)).isEqualTo(4);
  }

  @Test
  void aStalePlanIsRefused() {
    XenComponent component = new XenComponent();
    ComponentPlan plan = component.plan(Intent.CONFIGURE, host.context(web).build());
    host.configure(web);

    ComponentResult result = component.apply(plan, host.context(web).build());

    assertThat(result.refusal()).contains("has changed since the plan was made");
    assertThat(result.errors()).isEqualTo(1);
    assertThat(result.count(Outcome.NOT_RUN)).isEqualTo(4);
  }

  @Test
  void onlyTheNamedGuestIsWorkedOnAndNoOtherWithdrawn() {
    host.configure(web);
    Profile mail = Scenario.domains(WEB.replace("web", "mail"));

    ComponentResult result =
        new XenComponent()
            .configure(host.context(mail).option("guest", ImmutableList.of("mail")).build());

    assertThat(Scenario.actions(result, Outcome.DONE)).hasSize(4).allMatch(s -> s.contains("mail"));
    assertThat(host.path("/etc/xen/web")).exists();
  }

  @Test
  void anUnknownGuestIsNamedWithTheNearestOne() {
    ComponentContext context = host.context(web).option("guest", ImmutableList.of("wbe")).build();

    assertThatThrownBy(() -> new XenComponent().configure(context))
        .satisfies(Refused.as(Refusal.Kind.USAGE))
        .hasMessage("the profile has no guest wbe; did you mean web?");
  }

  @Test
  void anInactiveComponentDoesNothingAndSaysSo() {
    ComponentResult result =
        host.configure(
            Scenario.profile("{\"active\": false, \"dispatch\": true, \"domains\": {}}"));

    assertThat(result.actions()).isEmpty();
    assertThat(result.plan().findings()).extracting("id").containsExactly("XEN301");
    assertThat(result.errors() + result.warnings()).isZero();
    assertThat(host.everything()).isEmpty();
  }

  @Test
  void aProfileWithoutTheComponentIsRefused() {
    Profile other = Scenario.profile("{}");
    ComponentContext context = ComponentContext.builder(new EmptyProfile()).build();

    assertThat(other.find("/software/components/xen")).isPresent();
    assertThatThrownBy(() -> new XenComponent().configure(context))
        .satisfies(Refused.as(Refusal.Kind.NO_PROFILE))
        .hasMessage("nowhere has no /software/components/xen; expected the profile of a Xen host");
  }

  @Test
  void withoutToolstackNothingIsDone() {
    host.with(
        some ->
            some.withFacts(
                new HostFacts(java.util.Set.of(), false, false, null, "xen1.example.org")));

    assertThatThrownBy(() -> host.configure(web))
        .satisfies(Refused.as(Refusal.Kind.NO_TOOLSTACK))
        .hasMessageContaining("neither xl nor xm is installed");
    assertThat(host.everything()).isEmpty();
  }

  @Test
  void onInstallationDayAllButTheStartIsDone() {
    host.with(
        some ->
            some.withFacts(
                new HostFacts(
                    java.util.Set.of(Toolstack.XL), false, false, null, "xen1.example.org")));

    ComponentResult result = host.configure(web);

    assertThat(Scenario.actions(result, Outcome.DONE))
        .hasSize(3)
        .noneMatch(s -> s.contains("start"));
    assertThat(result.warnings()).isEqualTo(1);
    assertThat(result.errors()).isZero();
  }

  @Test
  void whereXendRunsTheDialectIsThatOfXm() {
    host.with(
        some ->
            some.withFacts(
                new HostFacts(
                    java.util.Set.of(Toolstack.XL, Toolstack.XM),
                    true,
                    true,
                    new XenVersion(4, 1),
                    "xen1.example.org")));

    host.configure(web);

    assertThat(host.read("/etc/xen/web"))
        .contains("disk = ['phy:/dev/vg0/web,xvda,w']\nmemory = '512'\n");
  }

  @Test
  void aGuestOfAnotherHostIsNeverStarted() {
    Profile elsewhere =
        Scenario.profile(
            """
            {"active": true, "dispatch": true, "create_filesystems": true, "create_domains": true,
             "guest_map": {"web": {"active": true, "dispatch": true,
                           "guest_mac": "00:16:3e:00:00:01", "hypervisor_name": "xen2"}},
             "domains": %s}
            """
                .formatted(WEB));

    ComponentResult result = host.configure(elsewhere);

    assertThat(Scenario.actions(result, Outcome.DONE)).isEmpty();
    assertThat(Scenario.findings(result.plan()))
        .containsExactly("XEN117 /software/components/xen/domains/web", "XEN337 /etc/xen/web");
  }

  private static final class EmptyProfile implements Profile {
    @Override
    public java.util.Optional<org.quattor.ncm.component.Element> find(String path) {
      return java.util.Optional.empty();
    }

    @Override
    public String source() {
      return "nowhere";
    }
  }
}
