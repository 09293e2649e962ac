package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;

/** When guests are started and stopped. */
class LifecycleTest {

  @TempDir Path folder;
  private Scenario host;

  @BeforeEach
  void aHost() {
    host = new Scenario(folder);
  }

  /** Returns a guest of that key with more fields. */
  private static String guest(String key, String fields) {
    return """
        "%1$s": {%2$s "options": {"name": "%1$s", "memory": 128, "kernel": "/boot/vmlinuz"}}
        """
        .formatted(key, fields);
  }

  private static Profile guests(String... guests) {
    return Scenario.domains("{" + String.join(",", guests) + "}");
  }

  private static Profile guestsNotStarted(String... guests) {
    return Scenario.profile(
        "{\"active\": true, \"dispatch\": true, \"domains\": {" + String.join(",", guests) + "}}");
  }

  private ComponentResult configure(Profile profile, List<Duration> pauses) {
    return new XenComponent(pauses::add).configure(host.context(profile).build());
  }

  @Test
  void guestsStartInTheirOrderAndThenByName() {
    Profile profile =
        guests(
            guest("app", "\"start_order\": 20,"),
            guest("cache", ""),
            guest("database", "\"start_order\": 10, \"start_delay\": 30,"),
            guest("backup", ""));
    List<Duration> pauses = new ArrayList<>();

    ComponentResult result = configure(profile, pauses);

    assertThat(Scenario.actions(result, Outcome.DONE).filter(s -> s.startsWith("start")))
        .containsExactly(
            "start domain backup",
            "start domain cache",
            "start domain database",
            "start domain app");
    assertThat(pauses).containsExactly(Duration.ofSeconds(30));
  }

  @Test
  void theDelayOfTheLastGuestIsNotWaitedFor() {
    List<Duration> pauses = new ArrayList<>();

    configure(guests(guest("web", "\"start_delay\": 30,")), pauses);

    assertThat(pauses).isEmpty();
  }

  @Test
  void stateRunningStartsAGuestWhateverCreateDomainsSays() {
    ComponentResult result =
        host.configure(guestsNotStarted(guest("web", "\"state\": \"running\","), guest("db", "")));

    assertThat(Scenario.actions(result, Outcome.DONE).filter(s -> s.startsWith("start")))
        .containsExactly("start domain web");
    assertThat(result.actions())
        .anyMatch(a -> a.action().reason().equals("state is running, and the domain does not run"));
  }

  @Test
  void stateStoppedShutsDownAndTakesTheLinkAway() {
    host.configure(guests(guest("web", "\"auto\": true,"), guest("db", "")));
    Profile stopped =
        guests(
            guest("web", "\"state\": \"stopped\", \"start_order\": 1,"),
            guest("db", "\"state\": \"stopped\","));

    ComponentResult result = host.configure(stopped);

    assertThat(Scenario.actions(result, Outcome.DONE))
        .containsExactly(
            "remove link /etc/xen/auto/web", "shut down domain web", "shut down domain db");
    host.assertConverged(stopped);
    assertThat(host.configure(stopped).errors()).isZero();
  }

  @Test
  void aPausedGuestIsNotAskedToShutDown() {
    host.configure(guests(guest("web", "")));
    host.change(web -> withActivity(web, Activity.PAUSED));

    ComponentResult result = host.configure(guests(guest("web", "\"state\": \"stopped\",")));

    assertThat(result.actions()).isEmpty();
    assertThat(Scenario.findings(result.plan()))
        .containsExactly("XEN344 /software/components/xen/domains/web/state");
  }

  @Test
  void aGuestThatIsBeingBuiltIsNeitherStartedNorStopped() {
    host.configure(guests(guest("web", "")));
    host.change(web -> withActivity(web, Activity.BUILDING));

    ComponentResult wanted = host.configure(guests(guest("web", "")));
    ComponentResult unwanted = host.configure(guests(guest("web", "\"state\": \"stopped\",")));

    assertThat(wanted.actions()).isEmpty();
    assertThat(unwanted.actions()).isEmpty();
    assertThat(unwanted.plan().findings())
        .extracting(Finding::id, Finding::found)
        .containsExactly(tuple("XEN344", "domain web is being created and cannot shut down yet"));
  }

  /** It may be rebooting, or its administrator looks into what became of it. */
  @ParameterizedTest
  @EnumSource(
      value = Activity.class,
      names = {"SHUT_DOWN", "CRASHED", "DYING"})
  void aDomainThatIsThereWithoutRunningIsNeitherStartedNorStopped(Activity activity) {
    host.configure(guests(guest("web", "")));
    host.change(web -> withActivity(web, activity));

    ComponentResult wanted = host.configure(guests(guest("web", "")));
    ComponentResult unwanted = host.configure(guests(guest("web", "\"state\": \"stopped\",")));

    assertThat(wanted.plan().findings())
        .extracting(Finding::id, Finding::found)
        .containsExactly(
            tuple(
                "XEN352",
                "domain web is "
                    + activity.text()
                    + " and still exists, so ncm-xen does not start the guest"));
    assertThat(unwanted.plan().findings()).isEmpty();
    assertThat(wanted.actions()).isEmpty();
    assertThat(unwanted.actions()).isEmpty();
  }

  @Test
  void aPausedGuestIsNotComparedWithItsDeclaration() {
    host.configure(guests(guest("web", "")));
    host.change(web -> withActivity(web, Activity.PAUSED));

    ComponentResult result =
        host.configure(guests(guest("web", "\"on_change\": \"live\",").replace("128", "64")));

    assertThat(Scenario.actions(result, Outcome.DONE)).containsExactly("write /etc/xen/web");
    assertThat(result.plan().findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"destroy, ''", "coredump-destroy, ''", "restart, XEN345", "preserve, XEN345"})
  void aDomainThatComesBackFromAShutdownIsNotShutDown(String onPoweroff, String finding) {
    String web =
        guest("web", "")
            .replace("\"memory\"", "\"on_poweroff\": \"" + onPoweroff + "\", \"memory\"");
    host.configure(guests(web));

    ComponentResult result =
        host.configure(guests(web.replace("\"options\"", "\"state\": \"stopped\", \"options\"")));

    assertThat(result.plan().findings())
        .extracting(Finding::id)
        .containsExactlyElementsOf(Splitter.on(' ').omitEmptyStrings().split(finding));
    assertThat(result.actions()).hasSize(finding.isEmpty() ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({"running, XEN351", "stopped, XEN351", "unmanaged, ''"})
  void whoKnowsNotWhatRunsNeitherStartsNorStops(String state, String finding) {
    XenHost unreadable =
        InterceptedHost.of(
            host.host(),
            (operation, arguments) -> {
              throw new HostFailure("xl list failed");
            });

    ComponentResult result =
        new XenComponent()
            .configure(
                ComponentContext.builder(
                        guestsNotStarted(guest("web", "\"state\": \"" + state + "\",")))
                    .operations(XenHost.class, unreadable)
                    .build());

    assertThat(result.plan().findings())
        .extracting(Finding::id)
        .containsExactlyElementsOf(Splitter.on(' ').omitEmptyStrings().split(finding));
    assertThat(result.plan().complete()).isEqualTo(finding.isEmpty());
  }

  private static SimulatedHostSpec withActivity(SimulatedHostSpec host, Activity activity) {
    SimulatedHostSpec.RunningDomain web = host.domains().get("web");
    return host.withDomain(
        "web",
        new SimulatedHostSpec.RunningDomain(web.id(), activity, web.configuration(), web.shared()));
  }

  @Test
  void aStoppedGuestWithAutostartIsAContradiction() {
    ComponentResult result =
        host.configure(guests(guest("web", "\"state\": \"stopped\", \"auto\": true,")));

    assertThat(result.plan().applicable()).isFalse();
    assertThat(Scenario.findings(result.plan()))
        .containsExactly("XEN390 /software/components/xen/domains/web/auto");
  }

  @Test
  void nothingOfAnUnmanagedGuestIsTouched() {
    host.configure(guests(guest("web", "\"auto\": true,"), guest("db", "")));
    var before = host.everything();
    Profile unmanaged =
        guests(
            guest("web", "\"state\": \"unmanaged\", \"auto\": false,").replace("128", "256"),
            guest("db", ""));

    assertThat(host.configure(unmanaged).actions()).isEmpty();
    ComponentResult withdrawn = host.unconfigure(unmanaged);

    assertThat(Scenario.actions(withdrawn, Outcome.DONE)).containsExactly("remove /etc/xen/db");
    assertThat(host.read("/etc/xen/web")).isEqualTo(before.get("etc/xen/web"));
    assertThat(host.everything()).containsKey("etc/xen/auto/web");
  }

  @Test
  void aGuestThatMayBeUnmanagedIsLeftInAProfileThatIsNotValid() {
    host.configure(guests(guest("web", ""), guest("typo", ""), guest("db", "")));
    Profile broken =
        guests(
            guest("web", "\"state\": \"unmanaged\",").replace("128", "\"much\""),
            guest("typo", "\"state\": \"unmanagd\","),
            guest("db", ""));

    ComponentResult withdrawn = host.unconfigure(broken);

    assertThat(Scenario.actions(withdrawn, Outcome.DONE)).containsExactly("remove /etc/xen/db");
    assertThat(Scenario.findings(withdrawn.plan()))
        .contains("XEN354 /etc/xen/web", "XEN354 /etc/xen/typo");
  }

  @Test
  void unconfigureOfOneGuestLeavesTheOthers() {
    Profile both = guests(guest("web", "\"auto\": true,"), guest("db", "\"auto\": true,"));
    host.configure(both);
    ComponentContext context = host.context(both).option("guest", ImmutableList.of("db")).build();

    ComponentResult result = new XenComponent().unconfigure(context);

    assertThat(Scenario.actions(result, Outcome.DONE))
        .containsExactly("remove link /etc/xen/auto/db", "remove /etc/xen/db");
  }

  @Test
  void aWithdrawnGuestIsGivenItsOwnTimeToShutDown() {
    Profile profile = guests(guest("web", "\"shutdown_timeout\": 7,"));
    host.configure(profile);
    List<Duration> timeouts = new ArrayList<>();
    ComponentContext context =
        host.context(profile)
            .operations(
                XenHost.class,
                InterceptedHost.of(
                    host.host(),
                    (operation, arguments) -> {
                      if (operation.equals("shutdown")) {
                        timeouts.add((Duration) arguments[1]);
                      }
                    }))
            .option("stop-domains", ImmutableList.of("true"))
            .build();

    new XenComponent().unconfigure(context);

    assertThat(timeouts).containsExactly(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/libvirt/libxl/web.xml", "/run/libvirt/libxl/web.xml"})
  void aGuestOfLibvirtIsNeitherStartedNorStoppedNorWritten(String file) {
    host.file(file, "<domain type='xen'/>");
    Profile profile = guests(guest("web", "\"auto\": true,"), guest("db", ""));

    ComponentResult result = host.configure(profile);

    assertThat(Scenario.actions(result, Outcome.DONE))
        .containsExactly("write /etc/xen/db", "start domain db");
    assertThat(Scenario.findings(result.plan()))
        .containsExactly("XEN347 /software/components/xen/domains/web");
    assertThat(result.errors()).isEqualTo(1);
    assertThat(host.configure(guests(guest("web", "\"state\": \"stopped\","))).actions())
        .noneMatch(action -> action.action().subject().equals("web"));
  }
}
