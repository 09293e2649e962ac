package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.RunningWeb.OPTIONS;
import static org.quattor.ncm.xen.RunningWeb.changed;
import static org.quattor.ncm.xen.RunningWeb.found;
import static org.quattor.ncm.xen.RunningWeb.guest;
import static org.quattor.ncm.xen.RunningWeb.types;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.component.ActionResult;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec.RunningDomain;

/** What becomes of changes to guests that run. */
class RunningGuestsTest {

  @TempDir Path folder;
  private Scenario host;

  @BeforeEach
  void aRunningGuest() {
    host = RunningWeb.on(folder);
  }

  private DomainConfiguration web() {
    return host.host().spec().domains().get("web").configuration();
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
        .isEqualTo("domain web differs from the profile: " + text + " (live)");
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
        .isEqualTo("domain web differs from the profile: " + text + " (next reboot)");
    Profile nextReboot = guest(changed(change), "next-reboot");

    ComponentResult stored = host.configure(nextReboot);
    assertThat(types(stored.plan().actions())).endsWith("update-configuration");
    assertThat(web().stored()).isEqualTo(host.read("/etc/xen/web"));
    ComponentResult pending = host.configure(nextReboot);
    assertThat(pending.actions()).isEmpty();
    assertThat(found(pending.plan(), "XEN364"))
        .isEqualTo(
            "domain web takes this at its next reboot: " + text.replace(" (next reboot)", ""));
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
    assertThat(lastReason(stored.plan())).isEqualTo("the running domain differs from the profile");

    assertThat(found(host.plan(guest(OPTIONS, "report")), "XEN366"))
        .isEqualTo(
            "the configuration that domain web takes at its next reboot is not the declared one");
    Profile back = guest(OPTIONS, "next-reboot");
    assertThat(lastReason(host.plan(back)))
        .isEqualTo("what it takes at its next reboot differs from the profile");
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
            "domain web does not take this at a reboot, because no process of xl waits for its"
                + " reboot: ");
    assertThat(found(host.plan(guest(OPTIONS, "next-reboot")), "XEN366"))
        .startsWith("the configuration that domain web takes at its next reboot");
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
            "domain web does not take this at a reboot, because it runs with on_reboot destroy: ");
    assertThat(found(host.plan(guest(OPTIONS, "restart")), "XEN365"))
        .startsWith(
            "ncm-xen does not restart domain web for this, because it runs with on_poweroff restart");
    assertThat(host.plan(guest(OPTIONS, "restart")).actions()).isEmpty();
  }

  @Test
  void aRestartWaitsForTheDiskThatItNeeds() {
    ComponentPlan plan = host.plan(guest(changed("another disk"), "restart"));

    PlannedAction restart = plan.actions().get(plan.actions().size() - 1);
    assertThat(restart.type()).isEqualTo("restart-domain");
    assertThat(restart.dependsOn()).contains("create-volume:vg0/web2", "write-file:/etc/xen/web");
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
        .satisfies(
            finding -> assertThat(finding.hint()).startsWith("set on_change to restart, or stop"));
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
