package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSortedSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.ActionResult;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.host.simulated.SimulatedHost;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec.RunningDomain;
import org.quattor.ncm.xen.status.DomainStatus;

/** A guest is never started twice, whatever the toolstack is doing meanwhile. */
class NoDoubleStartTest {

  private static final Profile WEB =
      Scenario.domains(
          """
          {"web": {"options": {"name": "web", "memory": 128, "kernel": "/boot/vmlinuz"}}}
          """);

  @TempDir Path folder;
  private SimulatedHost host;
  private final List<String> asked = new ArrayList<>();
  private int failingLists;
  private int lists;

  @BeforeEach
  void aGuestThatRuns() {
    Scenario scenario = new Scenario(folder);
    scenario.configure(WEB);
    host = scenario.host();
  }

  /** Runs with the time of the simulated host. */
  private ComponentResult configure() {
    return new XenComponent(host::pass).configure(context());
  }

  private ComponentContext context() {
    XenHost heard =
        InterceptedHost.of(
            host,
            (operation, arguments) -> {
              asked.add(operation);
              if (operation.equals("list") && ++lists <= failingLists) {
                throw new HostFailure(
                    "xl list failed with exit status 1: libxl_list_domain failed");
              }
            });
    return ComponentContext.builder(WEB).operations(XenHost.class, heard).build();
  }

  /** Takes the domain away; its process stays, and makes it again after the time. */
  private void rebootFor(Duration absence) throws HostFailure {
    RunningDomain web = host.spec().domains().get("web");
    host.change(NoDoubleStartTest::withoutWebButWatched);
    host.later(absence, now -> now.withDomain("web", web));
  }

  private static SimulatedHostSpec withoutWebButWatched(SimulatedHostSpec now) {
    return withoutWeb(now).withWatched("web");
  }

  private static SimulatedHostSpec withoutWeb(SimulatedHostSpec now) {
    SimulatedHostSpec rest = SimulatedHostSpec.bare().withFacts(now.facts());
    for (String bridge : now.bridges()) {
      rest = rest.withBridge(bridge);
    }
    return rest;
  }

  private static List<String> causes(ComponentResult result) {
    return result.actions().stream().map(ActionResult::cause).toList();
  }

  @Test
  void aGuestThatIsRebootingIsLeftToItself() throws HostFailure {
    rebootFor(Duration.ofSeconds(2));

    ComponentResult result = configure();

    assertThat(asked).doesNotContain("start");
    assertThat(causes(result)).containsExactly("it was rebooting and runs again");
    assertThat(result.errors()).isZero();
    assertThat(host.spec().domains()).containsOnlyKeys("web");
  }

  @Test
  void aGuestThatShutDownWhileWeLookedIsStarted() throws HostFailure {
    host.change(NoDoubleStartTest::withoutWebButWatched);
    host.later(Duration.ofSeconds(1), NoDoubleStartTest::withoutWeb);

    ComponentResult result = configure();

    assertThat(Scenario.actions(result, Outcome.DONE)).containsExactly("start domain web");
  }

  @ParameterizedTest
  @ValueSource(longs = {100, 500, 1000, 1500, 2000, 2500, 3000, 4000, 5000})
  void oneRunAfterTheOtherDuringARebootStartsNone(long absenceMillis) throws HostFailure {
    rebootFor(Duration.ofMillis(absenceMillis));

    for (int run = 0; run < 10; run++) {
      assertThat(configure().errors()).isZero();
    }

    assertThat(asked).doesNotContain("start");
    assertThat(host.spec().domains()).containsOnlyKeys("web");
  }

  @Test
  void aDomainThatIsBeingTornDownMayBeOurs() throws HostFailure {
    RunningDomain web = host.spec().domains().get("web");
    host.change(
        now ->
            withoutWeb(now)
                .withDomain(
                    "(null)",
                    new RunningDomain(
                        7,
                        Activity.DYING,
                        DomainConfiguration.named("(null)").build(),
                        ImmutableSortedSet.of())));
    host.later(Duration.ofSeconds(3), now -> withoutWeb(now).withDomain("web", web));

    ComponentResult result = configure();

    assertThat(asked).doesNotContain("start");
    assertThat(causes(result)).containsExactly("it was rebooting and runs again");
  }

  @Test
  void aProcessOfAGuestThatNobodyKnowsMayBeOurs() throws HostFailure {
    RunningDomain web = host.spec().domains().get("web");
    host.change(now -> withoutWeb(now).withWatched("copy-of-web.cfg"));
    host.later(Duration.ofSeconds(2), now -> now.withDomain("web", web));

    configure();

    assertThat(asked).doesNotContain("start");
  }

  @Test
  void aStartThatHangsIsNotTriedAgain() throws HostFailure {
    RunningDomain web = host.spec().domains().get("web");
    host.change(NoDoubleStartTest::withoutWebButWatched);

    ComponentResult hanging = configure();

    assertThat(asked).doesNotContain("start");
    assertThat(hanging.errors()).isEqualTo(1);
    assertThat(causes(hanging))
        .containsExactly(
            "domain web is not started, because a process of the toolstack is still working on it"
                + " (web); if that process hangs, end it and run again");
    host.change(now -> now.withDomain("web", web));
    assertThat(configure().actions()).isEmpty();
  }

  @Test
  void whenTheToolstackIsDownNothingIsStarted() throws HostFailure {
    host.change(NoDoubleStartTest::withoutWeb);
    failingLists = Integer.MAX_VALUE;

    ComponentResult result = configure();

    assertThat(asked).doesNotContain("start");
    assertThat(result.errors()).isEqualTo(1);
    assertThat(result.plan().complete()).isFalse();
    assertThat(Scenario.findings(result.plan()))
        .containsExactly("XEN351 /software/components/xen/domains");
    assertThat(result.plan().findings().get(0).found()).contains("libxl_list_domain failed");
    assertThat(new XenComponent().status(context()).guests())
        .allMatch(web -> web.state() == DomainStatus.UNKNOWN && !web.isDown());
  }

  @Test
  void aListThatFailsOnceCostsOneRun() throws HostFailure {
    host.change(NoDoubleStartTest::withoutWeb);
    failingLists = 1;

    assertThat(configure().errors()).isEqualTo(1);
    assertThat(asked).doesNotContain("start");
    ComponentResult second = configure();

    assertThat(Scenario.actions(second, Outcome.DONE)).containsExactly("start domain web");
  }

  @Test
  void aListThatFailsAfterTheWaitStartsNothing() throws HostFailure {
    rebootFor(Duration.ofSeconds(2));
    // The first list is that of the observation; let only the second one fail.
    XenHost heard =
        InterceptedHost.of(
            host,
            (operation, arguments) -> {
              asked.add(operation);
              if (operation.equals("list") && asked.stream().filter("list"::equals).count() == 2) {
                throw new HostFailure("xl list failed with exit status 1");
              }
            });

    ComponentResult result =
        new XenComponent(host::pass)
            .configure(ComponentContext.builder(WEB).operations(XenHost.class, heard).build());

    assertThat(asked).doesNotContain("start");
    assertThat(result.errors()).isEqualTo(1);
    assertThat(causes(result)).containsExactly("xl list failed with exit status 1");
  }

  @Test
  void aNameThatIsTheKeyOfAnotherGuestIsRefused() {
    Profile twins =
        Scenario.domains(
            """
            {"web": {"options": {"name": "db", "memory": 128, "kernel": "/boot/vmlinuz"}},
             "db": {"options": {"name": "web", "memory": 128, "kernel": "/boot/vmlinuz"}}}
            """);

    ComponentResult result = new Scenario(folder).configure(twins);

    assertThat(result.plan().applicable()).isFalse();
    assertThat(Scenario.findings(result.plan()))
        .contains(
            "XEN104 /software/components/xen/domains/db/options/name",
            "XEN104 /software/components/xen/domains/web/options/name");
  }
}
