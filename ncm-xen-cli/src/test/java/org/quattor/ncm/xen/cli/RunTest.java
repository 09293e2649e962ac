package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.report.SamplePlan;

/** What configure and unconfigure print, and the codes that they end with. */
class RunTest {

  private static final String PLAN =
      """
      [INFO] vm1
      [INFO]   + create volume xenvg/vm1 of 20 GiB, because it is not there
      [INFO]   > start vm1, because it does not run
      [INFO] vm2
      [INFO]   ~ write /etc/xen/vm2, because memory changes from 512 to 1024 MiB; takes effect when the running domain is stopped and started
      [INFO] Plan: 1 to create, 1 to change, 1 to start.
      """;

  @Test
  void thePlanIsToldFirstThenEachStepThenTheCounts() {
    assertThat(Call.withProfile(FakeEngine.planning(SamplePlan.threeSteps()), "configure"))
        .isEqualTo(
            new Call(
                0,
                PLAN
                    + """
                    [INFO] vm1: create volume xenvg/vm1 of 20 GiB: done
                    [INFO] vm2: write /etc/xen/vm2: done
                    [INFO] vm1: start vm1: done
                    [INFO] configure on component xen executed, 0 errors, 0 warnings
                    [OK]   0 errors, 0 warnings executing configure
                    """,
                ""));
  }

  @Test
  void noActionTellsThePlanAndChangesNothing() {
    FakeEngine services = FakeEngine.planning(SamplePlan.threeSteps());
    assertThat(Call.withProfile(services, "configure", "--noaction"))
        .isEqualTo(
            new Call(
                0,
                PLAN
                    + """
                    [INFO] nothing was changed, because of --noaction
                    [INFO] configure on component xen executed, 0 errors, 0 warnings
                    [OK]   0 errors, 0 warnings executing configure
                    """,
                ""));
    assertThat(services.context.noAction()).isTrue();
  }

  @Test
  void aFailedStepIsAnErrorAndItsFollowersAreSkipped() {
    FakeEngine services = FakeEngine.planning(SamplePlan.threeSteps());
    services.failures.put("volume:xenvg/vm1", "lvcreate ended with 5: no space");
    Call call = Call.withProfile(services, "configure");
    assertThat(call.code()).isEqualTo(1);
    assertThat(call.out())
        .endsWith(
            """
            [ERROR] vm1: create volume xenvg/vm1 of 20 GiB: failed: lvcreate ended with 5: no space
            [INFO] vm2: write /etc/xen/vm2: done
            [INFO] vm1: start vm1: skipped: create volume xenvg/vm1 of 20 GiB was not done
            [INFO] configure on component xen executed, 1 errors, 0 warnings
            [INFO] Errors while configuring xen (1)
            [ERROR] 1 errors, 0 warnings executing configure
            """);
  }

  @Test
  void aRunThatChangesNothingSaysSoInOneLine() {
    FakeEngine services = new FakeEngine();
    services.plan = SamplePlan.of().with(SamplePlan.finding(Severity.NOTE));
    services.elements.put("/software/components/xen/domains", dict("vm1", "vm2", "vm3"));
    assertThat(Call.withProfile(services, "configure").out())
        .isEqualTo(
            """
            [INFO] nothing to change: checked 3 guests (file, disks, autostart, running) with 4 commands
            [INFO] configure on component xen executed, 0 errors, 0 warnings
            [OK]   0 errors, 0 warnings executing configure
            """);
    assertThat(Call.withProfile(services, "unconfigure", "--guest=vm1").out())
        .startsWith("[INFO] nothing to withdraw: checked 1 guest (");
  }

  @Test
  void anInactiveComponentIsOneLineBesideTheCounts() {
    FakeEngine services = new FakeEngine();
    services.plan = SamplePlan.of().with(SamplePlan.finding(Severity.NOTE));
    services.elements.put("/software/components/xen/active", bool("false"));
    Call call = Call.withProfile(services, "configure");
    assertThat(call.code()).isZero();
    assertThat(call.out().lines())
        .hasSize(3)
        .first()
        .asString()
        .startsWith("[INFO] XEN102 /software/components/xen/");
  }

  @Test
  void warningsAloneAreASuccess() {
    FakeEngine services =
        FakeEngine.planning(SamplePlan.of().with(SamplePlan.finding(Severity.WARNING)));
    Call call = Call.withProfile(services, "configure");
    assertThat(call.code()).isZero();
    assertThat(call.out())
        .startsWith("[WARN] XEN101 ")
        .endsWith("[WARN] 0 errors, 1 warnings executing configure\n");
  }

  @Test
  void anInvalidProfileTellsAllItsMistakes() {
    FakeEngine services =
        FakeEngine.planning(
            SamplePlan.of()
                .with(SamplePlan.finding(Severity.ERROR), SamplePlan.finding(Severity.ERROR))
                .notApplicable());
    Call call = Call.withProfile(services, "configure");
    assertThat(call.code()).isEqualTo(65);
    assertThat(call.out())
        .contains("[ERROR] XEN100 ")
        .endsWith("[ERROR] 2 errors, 0 warnings executing configure\n");
  }

  @Test
  void anErrorAboutTheHostIsOneAndDoesNotClaimThatNothingNeedsChange() {
    FakeEngine services =
        FakeEngine.planning(SamplePlan.of().with(SamplePlan.finding(Severity.ERROR)));
    Call call = Call.withProfile(services, "configure");
    assertThat(call.code()).isEqualTo(1);
    assertThat(call.out()).contains("[INFO] nothing was changed: ");
  }

  @Test
  void aRefusedPlanIsAnErrorWithItsReason() {
    FakeEngine services = FakeEngine.planning(SamplePlan.threeSteps());
    services.refusal = "the host has changed since the plan was made";
    Call call = Call.withProfile(services, "configure");
    assertThat(call.code()).isEqualTo(1);
    assertThat(call.out()).contains("[ERROR] the host has changed since the plan was made\n");
  }

  @Test
  void textOfAProfileCannotForgeALine() {
    SamplePlan.Step step = SamplePlan.threeSteps().actions().get(2);
    FakeEngine services =
        FakeEngine.planning(
            SamplePlan.of(
                new SamplePlan.Step(
                    step.id(),
                    step.type(),
                    "vm\n[OK]   done\u001b[2J",
                    step.target(),
                    "start \u202evm",
                    "it\rstopped",
                    step.impact(),
                    ImmutableList.of())));
    Call call = Call.withProfile(services, "configure");
    assertThat(call.out())
        .startsWith(
            "[INFO] vm\\n[OK]   done\\u{1b}[2J\n"
                + "[INFO]   > start \\u{202e}vm, because it\\rstopped\n")
        .contains("[INFO] vm\\n[OK]   done\\u{1b}[2J: start \\u{202e}vm: done\n");
  }

  @Test
  void withJsonStandardOutputIsOneDocumentAndLinesGoToStandardError() {
    Call call =
        Call.withProfile(FakeEngine.planning(SamplePlan.threeSteps()), "configure", "--json");
    assertThat(call.out())
        .startsWith("{\n  \"format\" : \"ncm-xen.result/1\",")
        .endsWith("\n}\n")
        .doesNotContain("[INFO]");
    assertThat(call.err())
        .startsWith(PLAN)
        .endsWith("[OK]   0 errors, 0 warnings executing configure\n");
  }

  @Test
  void withJsonAProfileThatIsNotValidStillGivesADocument() {
    FakeEngine services = FakeEngine.planning(SamplePlan.threeSteps().notApplicable());
    Call call = Call.withProfile(services, "configure", "--json");
    assertThat(call.code()).isEqualTo(65);
    assertThat(call.out())
        .contains("\"applicable\" : false", "\"cause\" : \"the profile is not valid\"");
  }

  @Test
  void quietLeavesWarningsAndErrorsOnly() {
    FakeEngine services =
        FakeEngine.planning(SamplePlan.threeSteps().with(SamplePlan.finding(Severity.WARNING)));
    assertThat(Call.withProfile(services, "configure", "--quiet").out().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("[WARN] "));
  }

  @Test
  void verboseTellsStagesAndCommands() {
    assertThat(Call.withProfile(new FakeEngine(), "configure", "--verbose").out())
        .contains("[VERB] using profile ")
        .contains("[VERB] reading the state of the host\n", "[VERB] Executing command: xl list\n");
  }

  @Test
  void theOptionsReachTheComponent() {
    FakeEngine services = new FakeEngine();
    Call.withProfile(
        services,
        "unconfigure",
        "--host=simulated:build/host",
        "--toolstack",
        "xm",
        "--guest",
        "vm1",
        "--guest=vm2",
        "--stop_domains",
        "--command_timeout=7");
    assertThat(services.asked).containsExactly("plan UNCONFIGURE", "apply");
    assertThat(services.context.options()).containsEntry("host", List.of("simulated:build/host"));
    assertThat(services.context.options()).containsEntry("toolstack", List.of("xm"));
    assertThat(services.context.options()).containsEntry("guest", List.of("vm1", "vm2"));
    assertThat(services.context.options()).containsEntry("stop-domains", List.of("true"));
    assertThat(services.context.options()).containsEntry("command-timeout", List.of("7"));
    assertThat(services.context.options()).doesNotContainKey("schema");
    assertThat(services.context.noAction()).isFalse();
  }

  @Test
  void theArgumentsOfNcmNcdWork() {
    FakeEngine services = new FakeEngine();
    Call call = Call.withProfile(services, "--configure", "xen", "--debug", "2", "--noaction");
    assertThat(call.code()).isZero();
    assertThat(services.asked).containsExactly("plan CONFIGURE", "apply");
  }

  @Test
  void aSignalEndsTheRunAfterTheStepAtHand() {
    FakeEngine services = FakeEngine.planning(SamplePlan.threeSteps());
    Interruption interruption = Interruption.none();
    Thread signal = new Thread(interruption::stop);
    services.duringApply =
        () -> {
          signal.start();
          while (!interruption.requested()) {
            Thread.onSpinWait();
          }
        };
    Call call =
        Call.of(
            services, Call.ROOT, interruption, "configure", "--profile", Call.profile().toString());
    assertThat(call.out())
        .contains("[INFO] vm1: create volume xenvg/vm1 of 20 GiB: done\n")
        .contains("[INFO] vm2: write /etc/xen/vm2: not done: the run was stopped\n")
        .contains("[ERROR] stopped by a signal; 2 actions were not executed\n")
        .endsWith("[ERROR] 1 errors, 0 warnings executing configure\n");
  }

  private static Element dict(String... keys) {
    return new Sample("dict", Element.Type.DICT, "", List.of(keys));
  }

  private static Element bool(String text) {
    return new Sample("bool", Element.Type.BOOLEAN, text, List.of());
  }

  private record Sample(String path, Type type, String text, List<String> keys) implements Element {
    @Override
    public String name() {
      return path;
    }

    @Override
    public List<Element> children() {
      return keys.stream().<Element>map(key -> new Sample(key, Type.DICT, "", List.of())).toList();
    }

    @Override
    public Optional<Element> child(String name) {
      return children().stream().filter(child -> child.name().equals(name)).findFirst();
    }
  }
}
