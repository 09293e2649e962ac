package org.quattor.ncm.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.ActionResult;
import org.quattor.ncm.component.Component;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentListener;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.profile.ConfigurationProfile;
import org.quattor.ncm.xen.profile.ProfileReader;

/** What a runner can do with the components; docs/embedding.md shows parts of it. */
class EmbeddingTest {

  private static final String WEB =
      """
      {"active": true, "dispatch": true, "create_domains": true, %s
       "domains": {"web": {"options":
           {"name": "web", "memory": 128, "kernel": "/boot/vmlinuz"}}}}
      """;

  @TempDir Path folder;
  private XenHost xenHost;
  private final List<String> heard = new ArrayList<>();
  private final Board board = new Board();

  @BeforeEach
  void aHost() {
    xenHost = new Scenario(folder).host();
  }

  private static final class Board implements NoticeBoard {
    private String text = "";

    @Override
    public String read() {
      return text;
    }

    @Override
    public void write(String newText) {
      text = newText;
    }
  }

  private static Profile profile(String components) {
    String json = "{\"software\": {\"components\": " + components + "}}";
    return new ProfileReader()
        .read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), "a test");
  }

  private static Profile xenAndMotd(String xenFields, String motdFields) {
    return profile(
        "{\"xen\": "
            + WEB.formatted(xenFields)
            + ", \"motd\": {\"active\": true, \"dispatch\": true"
            + motdFields
            + "}}");
  }

  private Runner runner() {
    return new Runner(
        Runner.installed(),
        // begin offer
        context ->
            context
                .operations(XenHost.class, xenHost)
                .operations(NoticeBoard.class, board)
                .listener(
                    new ComponentListener() {
                      @Override
                      public void finished(ActionResult result) {
                        heard.add(result.action().summary() + ": " + result.outcome());
                      }
                    })
                .deadline(Instant.now().plus(Duration.ofMinutes(30)))
        // end offer
        );
  }

  @Test
  void bothComponentsAreFoundByTheServiceLoader() {
    assertThat(Runner.installed()).containsOnlyKeys("motd", "xen");
  }

  @Test
  void severalComponentsRunInOneJvm() {
    Map<String, Runner.Ran> ran =
        runner().configure(xenAndMotd("", ", \"text\": \"this is a dom0\""));

    assertThat(ran.keySet()).containsExactly("motd", "xen");
    assertThat(ran.values()).noneMatch(Runner.Ran::failed);
    assertThat(board.read()).isEqualTo("this is a dom0");
    assertThat(folder.resolve("etc/xen/web")).exists();
    assertThat(heard).contains("start domain web: DONE");
  }

  @Test
  void dependenciesDecideTheOrder() {
    String motdAfterXen = ", \"text\": \"x\", \"dependencies\": {\"pre\": [\"xen\"]}";
    assertThat(runner().order(xenAndMotd("", motdAfterXen))).containsExactly("xen", "motd");
    assertThat(runner().order(xenAndMotd("\"dependencies\": {\"post\": [\"motd\"]},", "")))
        .containsExactly("xen", "motd");
  }

  @Test
  void whatDependsOnAFailedComponentIsNotRun() {
    Map<String, Runner.Ran> ran =
        runner().configure(xenAndMotd("\"dependencies\": {\"pre\": [\"motd\"]},", ""));

    assertThat(ran.get("motd").result().errors()).isEqualTo(1);
    assertThat(ran.get("xen").problem()).isEqualTo("it depends on motd");
    assertThat(folder.resolve("etc/xen/web")).doesNotExist();
  }

  @Test
  void whatIsNotActiveOrNotDispatchedIsLeftOut() {
    Profile profile =
        profile(
            "{\"motd\": {\"active\": false, \"dispatch\": true}, \"xen\": {\"active\": true,"
                + " \"dispatch\": false}}");
    assertThat(runner().order(profile)).isEmpty();
  }

  @Test
  void aProfileMayBeAConfigurationOfTheRunner() {
    // begin configuration
    BaseHierarchicalConfiguration configuration = new BaseHierarchicalConfiguration();
    configuration.addProperty("software.components.xen.active", true);
    configuration.addProperty("software.components.xen.dispatch", true);
    configuration.addProperty("software.components.xen.domains.web.options.name", "web");
    configuration.addProperty("software.components.xen.domains.web.options.memory", 128);
    configuration.addProperty("software.components.xen.domains.web.options.kernel", "/vmlinuz");
    Profile profile = ConfigurationProfile.of(configuration, "my configuration");
    // end configuration

    assertThat(runner().configure(profile).get("xen").failed()).isFalse();
    assertThat(folder.resolve("etc/xen/web")).exists();
  }

  @Test
  void plannedNowAndAppliedLater() {
    Component component = Runner.installed().get("xen");
    ComponentContext context =
        ComponentContext.builder(profile("{\"xen\": " + WEB.formatted("") + "}"))
            .operations(XenHost.class, xenHost)
            .build();
    List<String> shown = new ArrayList<>();

    // begin later
    ComponentPlan plan = component.plan(Intent.CONFIGURE, context);
    for (Finding finding : plan.findings()) {
      shown.add(finding.severity() + " " + finding.sentence());
    }
    for (PlannedAction action : plan.actions()) {
      shown.add(action.summary() + ", because " + action.reason());
    }
    // ... somebody agrees ...
    ComponentResult result = component.apply(plan, context);
    // end later

    assertThat(shown).contains("write /etc/xen/web, because it is declared and missing");
    assertThat(result.errors()).isZero();
    assertThat(result.count(Outcome.DONE)).isEqualTo(plan.actions().size());

    ComponentResult again = component.apply(plan, context);
    assertThat(again.refusal()).contains("make a new plan");
    assertThat(again.errors()).isEqualTo(1);
  }

  @Test
  void aPlanOfAnotherProfileIsRefused() {
    Component component = Runner.installed().get("xen");
    ComponentPlan plan =
        component.plan(Intent.CONFIGURE, context("{\"xen\": " + WEB.formatted("") + "}"));

    ComponentResult result =
        component.apply(
            plan, context("{\"xen\": " + WEB.formatted("").replace("128", "256") + "}"));

    assertThat(result.refusal()).contains("make a new plan");
    assertThat(result.count(Outcome.DONE)).isZero();
  }

  private ComponentContext context(String components) {
    return ComponentContext.builder(profile(components)).operations(XenHost.class, xenHost).build();
  }

  @Test
  void noActionBeginsAfterTheDeadline() {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    ComponentResult result =
        Runner.installed()
            .get("xen")
            .configure(
                ComponentContext.builder(profile("{\"xen\": " + WEB.formatted("") + "}"))
                    .operations(XenHost.class, xenHost)
                    .clock(Clock.fixed(now, ZoneOffset.UTC))
                    .deadline(now.minusSeconds(1))
                    .build());

    assertThat(result.count(Outcome.DONE)).isZero();
    assertThat(result.actions())
        .extracting(ActionResult::outcome)
        .containsExactly(Outcome.NOT_RUN, Outcome.SKIPPED);
  }

  @Test
  void aCancelledRunEndsBeforeItsNextAction() {
    ComponentResult result =
        Runner.installed()
            .get("xen")
            .configure(
                ComponentContext.builder(profile("{\"xen\": " + WEB.formatted("") + "}"))
                    .operations(XenHost.class, xenHost)
                    .cancellation(() -> !heard.isEmpty())
                    .listener(
                        new ComponentListener() {
                          @Override
                          public void finished(ActionResult finished) {
                            heard.add(finished.action().id());
                          }
                        })
                    .build());

    assertThat(result.count(Outcome.DONE)).isEqualTo(1);
    assertThat(result.count(Outcome.NOT_RUN)).isPositive();
  }

  @Test
  void noThreadOutlivesARun() {
    runner().configure(xenAndMotd("", ", \"text\": \"x\""));
    List<String> before = threads();
    runner().configure(xenAndMotd("", ", \"text\": \"y\""));
    assertThat(threads()).isEqualTo(before);
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).sorted().toList();
  }
}
