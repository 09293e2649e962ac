package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.ActionResult;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.host.simulated.Furnishing.RunningDomain;

/** What becomes of changes to guests that run. */
class RunningGuestsTest {

  /** What a guest is started with in each test. */
  private static final String OPTIONS =
      """
      "name": "web", "memory": 512, "maxmem": 1024, "vcpus": 1, "maxvcpus": 4,
      "cpus": "0-1", "kernel": "/boot/vmlinuz", "extra": "quiet",
      "vif": ["mac=00:16:3e:00:00:01,bridge=xenbr0"],
      "disk": [{"type": "lvm", "hostdevice": "vg0", "hostvol": "web", "guestdevice": "xvda",
                "rw": "w", "size": 1024}]""";

  private static final String NEW_DISK =
      "}, {\"type\": \"lvm\", \"hostdevice\": \"vg0\", \"hostvol\": \"data\","
          + " \"guestdevice\": \"xvdb\", \"rw\": \"w\", \"size\": 1024}]";

  @TempDir Path folder;
  private Scenario host;

  @BeforeEach
  void aRunningGuest() {
    host =
        new Scenario(folder)
            .with(bare -> bare.withGroup("vg0", 1L << 40).withBridge("xenbr0").withBridge("dmz"));
    for (String kernel : List.of("/boot/vmlinuz", "/boot/vmlinuz-6.1", "/boot/other")) {
      host.file(kernel, "a kernel");
    }
    host.configure(guest(OPTIONS, "report"));
  }

  private static Profile guest(String options, String onChange) {
    return Scenario.domains(
        "{\"web\": {\"on_change\": \"%s\", \"options\": {%s}}}".formatted(onChange, options));
  }

  private static String changed(String change) {
    return switch (change) {
      case "memory" -> OPTIONS.replace("\"memory\": 512", "\"memory\": 768");
      case "vcpus" -> OPTIONS.replace("\"vcpus\": 1", "\"vcpus\": 2");
      case "weight" -> OPTIONS.replace("\"extra\"", "\"cpu_weight\": 512, \"extra\"");
      case "cpus" -> OPTIONS.replace("0-1", "2,3");
      case "disk" -> OPTIONS.replace("}]", NEW_DISK);
      case "vif" -> OPTIONS.replace("xenbr0\"]", "xenbr0\", \"mac=00:16:3e:00:00:02,bridge=dmz\"]");
      case "memory beyond" ->
          OPTIONS.replace("\"memory\": 512, \"maxmem\": 1024", "\"memory\": 2048");
      case "maxmem" -> OPTIONS.replace("1024, \"vcpus", "4096, \"vcpus");
      case "vcpus beyond" -> OPTIONS.replace("\"vcpus\": 1, \"maxvcpus\": 4", "\"vcpus\": 8");
      case "kernel" -> OPTIONS.replace("vmlinuz", "vmlinuz-6.1");
      case "cmdline" -> OPTIONS.replace("quiet", "single");
      case "on_crash" -> OPTIONS.replace("\"extra\"", "\"on_crash\": \"preserve\", \"extra\"");
      case "no vif" -> OPTIONS.replace("\"mac=00:16:3e:00:00:01,bridge=xenbr0\"", "");
      case "bridge" -> OPTIONS.replace("xenbr0", "dmz");
      case "read only" -> OPTIONS.replace("\"rw\": \"w\"", "\"rw\": \"r\"");
      case "another disk" -> OPTIONS.replace("\"hostvol\": \"web\"", "\"hostvol\": \"web2\"");
      case "another device" -> OPTIONS.replace("xvda", "hda");
      default -> throw new IllegalArgumentException(change);
    };
  }

  private DomainConfiguration web() {
    return host.host().furnishing().domains().get("web").configuration();
  }

  private static Stream<String> types(List<? extends PlannedAction> actions) {
    return actions.stream().map(PlannedAction::type).filter(type -> !type.startsWith("write-"));
  }

  private static String found(ComponentPlan plan, String id) {
    return plan.findings().stream()
        .filter(finding -> finding.id().equals(id))
        .map(Finding::found)
        .reduce((one, other) -> one + " AND " + other)
        .orElse("");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "memory | set-memory | memory 512 MiB to 768 MiB",
        "vcpus | set-vcpus | virtual CPUs 1 to 2",
        "cpus | pin | pinned to CPUs 0,1, to 2,3",
        "weight | set-weight | share weight 256 to weight 512",
        "disk | attach-disk | disk xvdb is new",
        "vif | attach-vif | network interface 00:16:3e:00:00:02 is new",
      })
  void whatARunningGuestCanTakeIsChangedLiveAndOnce(String change, String type, String text) {
    Profile reported = guest(changed(change), "report");
    assertThat(found(host.plan(reported), "XEN363"))
        .isEqualTo("domain web does not run with what is declared: " + text + " (live)");
    Profile live = guest(changed(change), "live");

    ComponentResult result = host.configure(live);

    assertThat(types(result.plan().actions()))
        .endsWith(type)
        .doesNotContain("update-configuration", "restart-domain");
    assertThat(result.errors() + result.warnings()).isZero();
    assertThat(result.actions().get(result.actions().size() - 1).action().impact())
        .isEqualTo(Impact.LIVE);
    host.assertConverged(live);
    assertThat(host.configure(reported).warnings()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "memory beyond | memory 512 MiB to 2 GiB, its maximum is 1 GiB",
        "maxmem | maximum of memory 1 GiB to 4 GiB",
        "vcpus beyond | virtual CPUs 1 to 8, its maximum is 4",
        "kernel | kernel /boot/vmlinuz to /boot/vmlinuz-6.1",
        "cmdline | cmdline quiet to single",
        "on_crash | on_crash destroy to preserve",
        "no vif | network interface 00:16:3e:00:00:01 is no longer declared",
        "bridge | network interface 00:16:3e:00:00:01 bridge xenbr0 to dmz",
        "read only | disk xvda /dev/vg0/web to /dev/vg0/web (read only)",
        "another disk | disk xvda /dev/vg0/web to /dev/vg0/web2",
        "another device | disk hda is new (next reboot); disk xvda is no longer declared",
      })
  void theRestIsSaidOrStoredOrBroughtByARestart(String change, String text) throws HostFailure {
    assertThat(found(host.plan(guest(changed(change), "live")), "XEN363"))
        .isEqualTo("domain web does not run with what is declared: " + text + " (next reboot)");
    Profile nextReboot = guest(changed(change), "next-reboot");

    ComponentResult stored = host.configure(nextReboot);
    assertThat(types(stored.plan().actions())).endsWith("update-configuration");
    assertThat(web().stored()).isEqualTo(host.read("/etc/xen/web"));
    ComponentResult pending = host.configure(nextReboot);
    assertThat(pending.actions()).isEmpty();
    assertThat(found(pending.plan(), "XEN364"))
        .isEqualTo(
            "stored for the next reboot of domain web: " + text.replace(" (next reboot)", ""));
    assertThat(pending.warnings()).isZero();
    host.host().reboot("web");
    host.assertConverged(nextReboot);
    assertThat(host.plan(nextReboot).findings()).noneMatch(f -> f.id().startsWith("XEN36"));

    Profile back = guest(OPTIONS, "restart");
    ComponentResult restarted = host.configure(back);
    // An interface that comes back needs no restart.
    assertThat(types(restarted.plan().actions()))
        .endsWith(change.equals("no vif") ? "attach-vif" : "restart-domain");
    assertThat(restarted.errors() + restarted.warnings()).isZero();
    host.assertConverged(back);
  }

  @Test
  void reportChangesNothingButTheFileAndSaysItAgain() {
    Profile profile = guest(changed("kernel"), "report");

    ComponentResult first = host.configure(profile);
    ComponentResult second = host.configure(profile);

    assertThat(Scenario.actions(first, Outcome.DONE)).containsExactly("write /etc/xen/web");
    assertThat(first.actions().get(0).action().impact()).isEqualTo(Impact.RESTART);
    assertThat(second.actions()).isEmpty();
    assertThat(second.warnings()).isEqualTo(1);
    assertThat(second.commands()).isLessThanOrEqualTo(4);
  }

  @Test
  void nextRebootMakesLiveWhatCanBeAndStoresTheRest() {
    String options = changed("kernel").replace("\"memory\": 512", "\"memory\": 768");

    ComponentResult result = host.configure(guest(options, "next-reboot"));

    assertThat(types(result.plan().actions()))
        .containsExactly("set-memory", "update-configuration");
  }

  @Test
  void restartMakesLiveWhatNeedsNoRestart() {
    ComponentResult result = host.configure(guest(changed("memory"), "restart"));

    assertThat(types(result.plan().actions())).containsExactly("set-memory");
  }

  @Test
  void theComponentSaysItForAllGuestsThatDoNot() {
    Profile profile =
        Scenario.profile(
            """
            {"active": true, "dispatch": true, "on_change": "live", "create_filesystems": true,
             "domains": {"web": {"options": {%s}}}}
            """
                .formatted(changed("memory")));

    assertThat(types(host.plan(profile).actions())).containsExactly("set-memory");
  }

  @Test
  void whatWasStoredAndIsNoLongerDeclaredIsReplaced() {
    ComponentResult stored = host.configure(guest(changed("kernel"), "next-reboot"));
    assertThat(lastReason(stored.plan()))
        .isEqualTo("the running domain differs from what is declared");

    assertThat(found(host.plan(guest(OPTIONS, "report")), "XEN366"))
        .startsWith("something else than what is declared is stored for the next reboot");
    Profile back = guest(OPTIONS, "next-reboot");
    assertThat(lastReason(host.plan(back)))
        .isEqualTo("what is stored for its next reboot differs from what is declared");
    host.configure(back);

    assertThat(web().stored()).contains("kernel = \"/boot/vmlinuz\"");
    host.assertConverged(back);
  }

  private static String lastReason(ComponentPlan plan) {
    return plan.actions().get(plan.actions().size() - 1).reason();
  }

  @Test
  void aGuestForWhichNoProcessWaitsGetsNothingStored() {
    host.configure(guest(changed("kernel"), "next-reboot"));
    host.answering("watched", () -> Set.of("db"));

    assertThat(found(host.plan(guest(changed("cmdline"), "next-reboot")), "XEN365"))
        .startsWith(
            "nothing can be stored for a reboot of domain web, for which no process of the"
                + " toolstack waits: ");
    assertThat(found(host.plan(guest(OPTIONS, "next-reboot")), "XEN366"))
        .startsWith("something else than what is declared is stored");
    host.failing("watched", "cannot list processes");
    assertThat(types(host.plan(guest(OPTIONS, "next-reboot")).actions()))
        .containsExactly("update-configuration");
  }

  @Test
  void aGuestThatDoesNotComeBackFromARebootGetsNothingStored() {
    host.change(
        now -> {
          RunningDomain web = now.domains().get("web");
          return now.withDomain(
              "web",
              new RunningDomain(
                  web.id(),
                  web.activity(),
                  web.configuration().toBuilder()
                      .settings(
                          java.util.Map.of(
                              "kernel", "/boot/vmlinuz",
                              "cmdline", "quiet",
                              "on_reboot", "destroy",
                              "on_poweroff", "restart"))
                      .build(),
                  web.shared()));
        });

    assertThat(found(host.plan(guest(OPTIONS, "next-reboot")), "XEN365"))
        .startsWith(
            "nothing can be stored for a reboot of domain web, which runs with on_reboot destroy");
    assertThat(found(host.plan(guest(OPTIONS, "restart")), "XEN365"))
        .startsWith("domain web is not restarted, since it runs with on_poweroff restart");
    assertThat(host.plan(guest(OPTIONS, "restart")).actions()).isEmpty();
  }

  @Test
  void aGuestIsNotShutDownForAStartThatTheHostHasNoMemoryFor() {
    ComponentResult result =
        host.answering("freeMemoryMib", () -> OptionalLong.of(1000))
            .configure(guest(changed("memory beyond"), "restart"));

    assertThat(result.actions().get(result.actions().size() - 1).cause())
        .isEqualTo(
            "domain web is not restarted, because it would not start again: it needs 1536 MiB"
                + " more, and the host has 1000 MiB free");
    assertThat(host.host().furnishing().domains().get("web").id()).isEqualTo(1);
  }

  @Test
  void aGuestIsNotShutDownForAStartWithoutItsBridge() {
    String elsewhere = OPTIONS.replace("bridge=xenbr0", "bridge=xenbr7").replace("quiet", "single");
    ComponentResult result = host.configure(guest(elsewhere, "restart"));

    assertThat(types(result.plan().actions())).doesNotContain("restart-domain");
    assertThat(found(result.plan(), "XEN405")).isEqualTo("the bridge xenbr7 is not there");
    assertThat(host.host().furnishing().domains().get("web").id()).isEqualTo(1);
  }

  @Test
  void aGuestIsNotShutDownForAStartWithoutItsKernel() throws Exception {
    Profile profile = guest(changed("kernel"), "restart");
    XenHost late =
        LateHost.after(
            "watched",
            new AtomicInteger(),
            host.host(),
            () -> host.path("/boot/vmlinuz-6.1").toFile().delete());
    ComponentResult result =
        new XenComponent(pause -> {})
            .configure(ComponentContext.builder(profile).operations(XenHost.class, late).build());
    assertThat(result.actions().get(result.actions().size() - 1).cause())
        .isEqualTo(
            "domain web is not restarted, because it would not start again: /boot/vmlinuz-6.1 is"
                + " missing");
    ComponentPlan plan = host.plan(profile);
    assertThat(types(plan.actions())).doesNotContain("restart-domain");
    assertThat(found(plan, "XEN343")).isEqualTo("/boot/vmlinuz-6.1 is missing on the host");
    assertThat(host.host().furnishing().domains().get("web").id()).isEqualTo(1);
  }

  @Test
  void lessMemoryWaitsForTheNextReboot() {
    ComponentPlan plan = host.plan(guest(OPTIONS.replace("512", "256"), "live"));
    assertThat(types(plan.actions())).doesNotContain("set-memory");
    assertThat(found(plan, "XEN363")).endsWith("memory 512 MiB to 256 MiB (next reboot)");
  }

  @Test
  void aDiskThatDom0UsesIsNotAttached() {
    host.change(now -> now.withUsers("/dev/vg0/data", "mounted on /srv"));
    host.change(
        now ->
            now.withVolume(
                "vg0",
                "data",
                new org.quattor.ncm.xen.host.LvmInventory.Volume(1L << 30, java.util.Set.of())));

    ComponentResult result = host.configure(guest(changed("disk"), "live"));

    assertThat(types(result.plan().actions())).isEmpty();
    assertThat(found(result.plan(), "XEN312"))
        .isEqualTo("/dev/vg0/data is in use in dom0: mounted on /srv");
  }

  @Test
  void aRestartWaitsForTheDiskThatItNeeds() {
    ComponentPlan plan = host.plan(guest(changed("another disk"), "restart"));

    PlannedAction restart = plan.actions().get(plan.actions().size() - 1);
    assertThat(restart.type()).isEqualTo("restart-domain");
    assertThat(restart.dependsOn()).contains("create-volume:vg0/web2", "write-file:/etc/xen/web");
  }

  @ParameterizedTest
  @ValueSource(strings = {"live", "next-reboot", "restart"})
  void aGuestThatIsHeldBackIsLeftAsItIs(String mode) {
    Profile profile =
        guest(changed("another disk").replace("\"size\"", "\"create\": false, \"size\""), mode);

    ComponentResult result = host.configure(profile);

    assertThat(types(result.plan().actions())).isEmpty();
    assertThat(result.errors()).isPositive();
    assertThat(found(result.plan(), "XEN363")).contains("disk xvda");
  }

  @Test
  void withXmTheHintNamesRestartAlone() {
    host.change(
        now ->
            now.withFacts(
                new HostFacts(Set.of(Toolstack.XM), true, true, new XenVersion(3, 4), "xm")));

    assertThat(host.plan(guest(changed("memory beyond"), "report")).findings())
        .filteredOn(finding -> finding.id().equals("XEN363"))
        .singleElement()
        .satisfies(finding -> assertThat(finding.hint()).startsWith("on_change restart lets"));
  }

  @Test
  void oneGuestIsRestartedAfterTheOther() {
    Profile both =
        Scenario.domains(
            """
            {"web": {"on_change": "restart", "start_order": 2, "options": {%s}},
             "db": {"on_change": "restart", "options": {"name": "db", "memory": 64,
                    "kernel": "/boot/vmlinuz"}}}
            """
                .formatted(changed("kernel")));
    host.configure(both);
    Profile next =
        Scenario.domains(
            """
            {"web": {"on_change": "restart", "start_order": 2, "options": {%s}},
             "db": {"on_change": "restart", "options": {"name": "db", "memory": 64,
                    "kernel": "/boot/other"}}}
            """
                .formatted(OPTIONS));

    ComponentResult result = host.configure(next);

    assertThat(Scenario.actions(result, Outcome.DONE).filter(s -> s.startsWith("restart")))
        .containsExactly("restart domain db", "restart domain web");
    assertThat(result.actions()).extracting(ActionResult::outcome).containsOnly(Outcome.DONE);
  }
}
