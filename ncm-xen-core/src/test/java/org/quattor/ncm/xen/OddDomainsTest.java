package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainTransfer;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.host.simulated.SimulatedHost;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;

/** Domains that are not the ones that one would take them for, or not where they belong. */
class OddDomainsTest {

  @TempDir Path folder;
  private Scenario host;

  @BeforeEach
  void aHost() {
    host = new Scenario(folder);
    for (String kernel : List.of("/k", "/one", "/two", "/boot/one", "/boot/two")) {
      host.file(kernel, "a kernel");
    }
  }

  private static String guest(String key, String name, String fields, String kernel) {
    return """
        "%s": {%s "options": {"name": "%s", "memory": 128, "kernel": "%s"}}
        """
        .formatted(key, fields, name, kernel);
  }

  private static Profile guests(String... guests) {
    return Scenario.domains("{" + String.join(",", guests) + "}");
  }

  private static Profile elsewhere(String guest) {
    return Scenario.profile(
        """
        {"active": true, "dispatch": true, "create_filesystems": true, "create_domains": true,
         "guest_map": {"web": {"active": true, "dispatch": true,
                       "guest_mac": "00:16:3e:00:00:01", "hypervisor_name": "xen2"}},
         "domains": {%s}}
        """
            .formatted(guest));
  }

  private static List<String> found(ComponentPlan plan) {
    return plan.findings().stream().map(f -> f.id() + " " + f.found()).toList();
  }

  private static Stream<String> done(ComponentResult result) {
    return Scenario.actions(result, Outcome.DONE);
  }

  @Test
  void aNumberIsNotTheNameOfADomain() {
    ComponentResult result = host.configure(guests(guest("web", "12", "", "/k")));

    assertThat(result.actions()).isEmpty();
    assertThat(found(result.plan())).contains("XEN391 12 is a number");
  }

  @Test
  void aGuestDoesNotChangeWhileAProcessMovesIt() {
    host.configure(guests(guest("web", "web", "", "/one")));
    host.answering("transfers", () -> Set.of(new DomainTransfer(DomainTransfer.Kind.SEND, "web")));

    ComponentPlan plan =
        host.plan(guests(guest("web", "web", "\"on_change\": \"restart\",", "/two")));

    assertThat(found(plan))
        .contains("XEN367 this run does not change the guest, because xl migrate is working on it");
    assertThat(plan.actions())
        .extracting(PlannedAction::summary)
        .containsExactly("write /etc/xen/web");
  }

  @Test
  void theHostItselfIsNoGuest() {
    ComponentResult result =
        host.configure(guests(guest("Domain-0", "Domain-0", "\"state\": \"stopped\",", "/k")));

    assertThat(result.actions()).isEmpty();
    assertThat(found(result.plan()))
        .containsExactly("XEN392 Domain-0 is the name of the host itself");
  }

  @Test
  void aGuestOfAnotherHostIsNeitherRestartedHereNorStartedByTheHost() {
    String guest = guest("web", "web", "\"on_change\": \"restart\", \"auto\": true,", "/boot/one");
    host.configure(guests(guest));

    ComponentResult result = host.configure(elsewhere(guest.replace("one", "two")));

    assertThat(done(result)).containsExactly("write /etc/xen/web", "remove link /etc/xen/auto/web");
    assertThat(found(result.plan()))
        .containsExactly(
            "XEN117 guest_map places the guest on xen2",
            "XEN365 ncm-xen does not restart domain web for this, because guest_map places the guest"
                + " on xen2: kernel /boot/one to /boot/two");
  }

  @Test
  void theHostKnowsItsNameWhereTheProfileHasNone() {
    Profile named = elsewhere(guest("web", "web", "", "/k"));
    Profile nameless =
        new Profile() {
          @Override
          public Optional<Element> find(String path) {
            return path.startsWith("/system") ? Optional.empty() : named.find(path);
          }

          @Override
          public String source() {
            return named.source();
          }
        };

    HostFacts facts =
        new HostFacts(Set.of(Toolstack.XL), false, true, new XenVersion(4, 17), "xen1.example.org");

    assertThat(found(host.change(bare -> bare.withFacts(facts)).plan(nameless)))
        .containsExactly("XEN117 guest_map places the guest on xen2");
  }

  @Test
  void aLinkThatPointsElsewhereIsNotTakenFromAGuestOfAnotherHost() throws Exception {
    Path link = host.path("/etc/xen/auto/web");
    host.file("/etc/xen/byhand", "");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of("/etc/xen/byhand"));

    ComponentResult result =
        host.configure(elsewhere(guest("web", "web", "\"auto\": true,", "/k")));

    assertThat(done(result)).containsExactly("write /etc/xen/web");
  }

  @Test
  void aGuestThatRunsUnderItsOldNameIsNotStartedUnderTheNewOne() {
    host.configure(guests(guest("web", "web", "", "/k")));

    ComponentResult result = host.configure(guests(guest("web", "www", "", "/k")));

    assertThat(done(result)).containsExactly("write /etc/xen/web");
    assertThat(found(result.plan()))
        .contains(
            "XEN349 domain web runs with the uuid of this guest, so ncm-xen does not start www");
    assertThat(host.host().spec().domains()).containsOnlyKeys("web");
  }

  @Test
  void aNewKeyEndsNoDomain() {
    host.configure(guests(guest("web", "web", "", "/k")));

    ComponentResult result =
        new XenComponent(duration -> {})
            .configure(
                host.context(guests(guest("www", "web", "", "/k")))
                    .option("stop-domains", ImmutableList.of("true"))
                    .build());

    assertThat(done(result)).containsExactly("write /etc/xen/www", "remove /etc/xen/web");
    assertThat(found(result.plan())).noneMatch(text -> text.startsWith("XEN361"));
  }

  @Test
  void aRestartLeavesTimeAsAStartDoes() {
    host.configure(guests(guest("a", "a", "", "/one"), guest("b", "b", "", "/one")));
    List<Duration> pauses = new ArrayList<>();
    String fields = "\"on_change\": \"restart\", \"start_delay\": 30,";

    new XenComponent(pauses::add)
        .configure(
            host.context(guests(guest("a", "a", fields, "/two"), guest("b", "b", fields, "/two")))
                .build());

    assertThat(pauses).containsExactly(Duration.ofSeconds(30));
  }

  @Test
  void aGuestThatLacksAFileToBootFromIsNotShutDownForARestart() {
    host.configure(guests(guest("web", "web", "", "/boot/one")));

    ComponentResult result =
        host.configure(
            Scenario.domains(
                """
                {"web": {"on_change": "restart", "options": {"name": "web", "memory": 128,
                 "kernel": "/boot/missing", "download": ["wget http://x/k"]}}}
                """));

    assertThat(done(result)).containsExactly("write /etc/xen/web");
    assertThat(found(result.plan())).contains("XEN343 /boot/missing does not exist");
  }

  /** Its domain is gone for a moment, and its process makes it anew. */
  @Test
  void aGuestThatAnswersAShutdownWithARebootIsNotStartedTwice() {
    host.configure(guests(guest("web", "web", "", "/one")));
    SimulatedHost simulated = host.host();
    List<String> asked = new ArrayList<>();
    XenHost rebooting =
        InterceptedHost.of(
            simulated,
            (operation, arguments) -> {
              asked.add(operation);
              if (operation.equals("shutdown")) {
                SimulatedHostSpec.RunningDomain web = simulated.spec().domains().get("web");
                simulated.later(Duration.ofSeconds(3), now -> now.withDomain("web", web));
              } else if (operation.equals("watched") && asked.contains("shutdown")) {
                simulated.change(now -> now.withWatched("web"));
              }
            });

    ComponentResult result =
        new XenComponent(simulated::pass)
            .configure(
                ComponentContext.builder(
                        guests(guest("web", "web", "\"on_change\": \"restart\",", "/two")))
                    .operations(XenHost.class, rebooting)
                    .build());

    assertThat(asked).contains("shutdown").doesNotContain("start");
    assertThat(result.actions().get(result.actions().size() - 1).cause())
        .isEqualTo(
            "domain web rebooted instead of shutting down, and runs with its old configuration");
    assertThat(simulated.spec().domains()).containsOnlyKeys("web");
  }

  @Test
  void whatTheToolstackDoesNotTellIsNotCompared() {
    host.configure(guests(guest("web", "web", "", "/one")));
    Profile restart = guests(guest("web", "web", "\"on_change\": \"restart\",", "/two"));

    host.failing("configurations", "xl list -l failed");
    assertThat(found(host.plan(restart)))
        .containsExactly(
            "XEN362 ncm-xen does not compare running guests with the profile: xl list -l failed");
    host.answering("configurations", Map::of);
    ComponentPlan without = host.plan(restart);
    assertThat(found(without))
        .containsExactly(
            "XEN362 domain web runs, and xl does not describe it, so ncm-xen does not compare it with"
                + " the profile");
    assertThat(without.complete()).isFalse();
    assertThat(without.actions())
        .extracting(PlannedAction::summary)
        .containsExactly("write /etc/xen/web");
    Profile stopped = guests(guest("web", "web", "\"state\": \"stopped\",", "/one"));
    assertThat(host.plan(stopped).complete()).isFalse();
    assertThat(host.plan(stopped).actions()).isEmpty();
    assertThat(found(host.plan(stopped)))
        .anyMatch(text -> text.startsWith("XEN345 ncm-xen does not shut domain web down"));
  }

  /** The guest was most likely started from the file that is there. */
  @Test
  void whereNothingCanBeComparedTheFileDecidesWhatItsChangeMeans() {
    host.configure(guests(guest("web", "web", "", "/one")));
    host.failing("configurations", "xl list -l failed");
    assertThat(host.plan(guests(guest("web", "web", "", "/two"))).actions())
        .extracting(PlannedAction::impact)
        .containsExactly(Impact.RESTART);

    host.file("/etc/xen/web", host.read("/etc/xen/web") + "# a note\n");
    assertThat(host.plan(guests(guest("web", "web", "", "/one"))).actions())
        .extracting(PlannedAction::impact)
        .containsExactly(Impact.NONE);
  }

  @Test
  void aSettingThatTheToolstackNeverTellsIsToldAsItsFileChanges() {
    host.configure(guests(guest("web", "web", "", "/k")));
    Profile profile =
        guests(
            guest("web", "web", "", "/k").replace("\"memory\"", "\"localtime\": true, \"memory\""));

    assertThat(found(host.plan(profile)))
        .containsExactly("XEN363 domain web differs from the profile: localtime (next reboot)");
    host.configure(profile);
    assertThat(host.plan(profile).findings()).isEmpty();
    host.file("/etc/xen/web", "name = 'web'\n");
    assertThat(host.plan(profile).findings()).as("of a file by hand").isEmpty();
  }

  private void webIs(UnaryOperator<DomainConfiguration.Builder> change) {
    host.change(
        now -> {
          SimulatedHostSpec.RunningDomain web = now.domains().get("web");
          return now.withDomain(
              "web",
              new SimulatedHostSpec.RunningDomain(
                  web.id(),
                  web.activity(),
                  change.apply(web.configuration().toBuilder()).build(),
                  web.shared()));
        });
  }

  @Test
  void whatIsNoUuidIsNotTakenFromADomain() throws Exception {
    host.configure(guests(guest("web", "web", "", "/k")));
    String text = host.read("/etc/xen/web");
    Files.delete(host.path("/etc/xen/web"));
    webIs(web -> web.uuid("none of ours"));

    host.configure(guests(guest("web", "web", "", "/k")));

    assertThat(host.read("/etc/xen/web")).isEqualTo(text);
  }

  /** As an emptied drive, or a device that the toolstack tells little of. */
  @Test
  void whatHasNoNameIsToldByWhatItHas() {
    host.configure(guests(guest("web", "web", "", "/k")));
    webIs(
        web ->
            web.disks(List.of(new DomainConfiguration.Disk("", "", false)))
                .vifs(List.of(new DomainConfiguration.Vif("", "dmz"))));

    assertThat(found(host.plan(guests(guest("web", "web", "", "/k")))))
        .containsExactly(
            "XEN363 domain web differs from the profile: disk nothing is no longer"
                + " declared (next reboot); network interface on bridge dmz is no longer declared"
                + " (next reboot)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "memory: 1024, maxmem: 1024, vcpus: 4 | set memory to 1 GiB, set virtual CPUs to 4",
        "memory: 1, maxmem: 1024, vcpus: 1 | set virtual CPUs to 1",
        "memory: 512, maxmem: 1024, vcpus: 2 | ''",
        "memory: 1025, maxmem: 1025, vcpus: 2 | ''",
        "memory: 512, maxmem: 512, vcpus: 2 | ''",
      })
  void upToTheMaximumIsLiveAndNotBeyond(String options, String actions) {
    String web =
        """
        {"web": {"on_change": "live", "options": {"name": "web", "kernel": "/k",
                 "maxvcpus": 4, %s}}}
        """;
    host.configure(
        Scenario.domains(web.formatted("\"memory\": 512, \"maxmem\": 1024, \"vcpus\": 2")));

    ComponentPlan plan =
        host.plan(Scenario.domains(web.formatted(options.replaceAll("([a-z]+):", "\"$1\":"))));

    assertThat(
            plan.actions().stream()
                .map(PlannedAction::summary)
                .filter(text -> text.startsWith("set"))
                .map(text -> text.replace("of domain web ", "")))
        .containsExactlyElementsOf(Splitter.on(", ").omitEmptyStrings().splitToList(actions));
  }
}
