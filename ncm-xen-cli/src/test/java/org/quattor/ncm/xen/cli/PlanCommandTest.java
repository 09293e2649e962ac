package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.report.JsonReport;
import org.quattor.ncm.xen.report.SamplePlan;

class PlanCommandTest {

  @Test
  void thePlanIsTheAnswer() {
    FakeEngine services =
        FakeEngine.planning(SamplePlan.threeSteps().with(SamplePlan.finding(Severity.WARNING)));
    assertThat(Call.withProfile(services, "plan"))
        .isEqualTo(
            new Call(
                0,
                """
                vm1
                  + create volume xenvg/vm1 of 20 GiB, because it is not there
                  > start vm1, because it does not run
                vm2
                  ~ write /etc/xen/vm2, because memory changes from 512 to 1024 MiB; takes effect when the running domain is stopped and started
                [WARN] XEN101 /software/components/xen/domains/vm1/options/memory: 0; expected at least 1 (give the memory in MiB)
                Plan: 1 to create, 1 to change, 1 to start; 1 warning.
                """,
                ""));
    assertThat(services.asked).containsExactly("plan CONFIGURE");
    assertThat(services.context.noAction()).isTrue();
  }

  @Test
  void coloursAreForTerminalsOfReadersWhoWantThem() {
    FakeEngine services = FakeEngine.planning(SamplePlan.threeSteps());
    assertThat(Call.withProfile(services, Call.TERMINAL, "plan").out())
        .startsWith("\u001b[1mvm1\u001b[0m\n");
    for (ImmutableMap<String, String> variables :
        java.util.List.of(ImmutableMap.of("NO_COLOR", "1"), ImmutableMap.of("TERM", "dumb"))) {
      ProcessEnvironment plain = new ProcessEnvironment(variables, true, true, true, Call.HOST);
      assertThat(Call.withProfile(services, plain, "plan").out()).doesNotContain("\u001b");
    }
    ProcessEnvironment piped =
        new ProcessEnvironment(ImmutableMap.of(), false, true, true, Call.HOST);
    assertThat(Call.withProfile(services, piped, "plan").out()).doesNotContain("\u001b");
  }

  @Test
  void detailedExitCodeTellsWhetherSomethingWouldChange() {
    FakeEngine changes = FakeEngine.planning(SamplePlan.threeSteps());
    assertThat(Call.withProfile(changes, "plan").code()).isZero();
    assertThat(Call.withProfile(changes, "plan", "--detailed-exitcode").code()).isEqualTo(2);
    assertThat(Call.withProfile(new FakeEngine(), "plan", "--detailed_exitcode").code()).isZero();
  }

  @Test
  void anErrorWeighsMoreThanAChange() {
    FakeEngine services =
        FakeEngine.planning(SamplePlan.threeSteps().with(SamplePlan.finding(Severity.ERROR)));
    assertThat(Call.withProfile(services, "plan", "--detailed-exitcode").code()).isEqualTo(1);
  }

  @Test
  void anInvalidProfileHasNoPlan() {
    FakeEngine services =
        FakeEngine.planning(
            SamplePlan.of().with(SamplePlan.finding(Severity.ERROR)).notApplicable());
    Call call = Call.withProfile(services, "plan");
    assertThat(call.code()).isEqualTo(65);
    assertThat(call.out())
        .startsWith("[ERROR] XEN100 ")
        .endsWith("Plan: none, the profile is not valid; 1 error.\n");
  }

  @Test
  void jsonIsTheDocumentAlone() {
    SamplePlan plan = SamplePlan.threeSteps();
    assertThat(Call.withProfile(FakeEngine.planning(plan), "--json", "plan"))
        .isEqualTo(new Call(0, JsonReport.plan(plan), ""));
  }

  @Test
  void quietTellsFindingsOnStandardErrorOnly() {
    FakeEngine services =
        FakeEngine.planning(
            SamplePlan.threeSteps()
                .with(SamplePlan.finding(Severity.WARNING), SamplePlan.finding(Severity.NOTE)));
    Call call = Call.withProfile(services, "plan", "--quiet", "--detailed-exitcode");
    assertThat(call.code()).isEqualTo(2);
    assertThat(call.out()).isEmpty();
    assertThat(call.err().lines()).hasSize(1).first().asString().startsWith("[WARN] XEN101 ");
  }

  @Test
  void standardInputIsAProfileToo() {
    FakeEngine services = new FakeEngine();
    assertThat(Call.of(services, "plan", "--profile", "-").code()).isZero();
    assertThat(services.asked).containsExactly("read standard input", "plan CONFIGURE");
  }
}
