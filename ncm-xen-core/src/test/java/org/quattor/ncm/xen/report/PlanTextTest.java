package org.quattor.ncm.xen.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.report.SamplePlan.Step;

class PlanTextTest {

  @Test
  void stepsStandByGuestWithReasonAndImpact() {
    assertThat(plain(SamplePlan.threeSteps()).steps())
        .containsExactly(
            "vm1",
            "  + create volume xenvg/vm1 of 20 GiB, because it is not there",
            "  > start vm1, because it does not run",
            "vm2",
            "  ~ write /etc/xen/vm2, because memory changes from 512 to 1024 MiB; takes effect when"
                + " the running domain is stopped and started");
  }

  @Test
  void stepsThatServeNoGuestStandUnderTheHost() {
    assertThat(plain(SamplePlan.of(step("remove-link", "", Impact.NONE))).steps())
        .containsExactly("host", "  - do it");
  }

  @Test
  void theSummaryCountsByEffect() {
    assertThat(plain(SamplePlan.threeSteps()).summary())
        .isEqualTo("Plan: 1 to create, 1 to change, 1 to start.");
  }

  @Test
  void theSummaryCountsErrorsAndWarningsButNoNotes() {
    SamplePlan plan =
        SamplePlan.of()
            .with(
                SamplePlan.finding(Severity.WARNING),
                SamplePlan.finding(Severity.WARNING),
                SamplePlan.finding(Severity.ERROR));
    assertThat(plain(plan).summary()).isEqualTo("Plan: nothing to change; 1 error, 2 warnings.");
  }

  @Test
  void aPlanThatCannotBeAppliedSaysSo() {
    assertThat(plain(SamplePlan.of().notApplicable()).summary())
        .isEqualTo("Plan: none, the profile is not valid.");
  }

  @Test
  void aPlanWithoutAWholeViewOfTheHostSaysSo() {
    assertThat(plain(SamplePlan.of().incomplete()).summary())
        .isEqualTo(
            "Plan: nothing to change. The plan is not complete: steps that need what could not be"
                + " seen are left out.");
  }

  @Test
  void errorsStandBeforeWarningsBeforeNotes() {
    SamplePlan plan =
        SamplePlan.of()
            .with(
                SamplePlan.finding(Severity.NOTE),
                SamplePlan.finding(Severity.WARNING),
                SamplePlan.finding(Severity.ERROR));
    assertThat(plain(plan).findings())
        .extracting(line -> line.substring(0, line.indexOf(' ', line.indexOf(' ') + 1)))
        .containsExactly("[ERROR] XEN100", "[WARN] XEN101", "[INFO] XEN102");
  }

  @ParameterizedTest
  @CsvSource({
    "create-volume, +",
    "write-guest-file, ~",
    "remove-link, -",
    "start-domain, >",
    "stop-domain, x"
  })
  void theSymbolTellsTheEffect(String type, String symbol) {
    assertThat(plain(SamplePlan.of(step(type, "vm1", Impact.NONE))).steps().get(1))
        .isEqualTo("  " + symbol + " do it");
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, ''",
    "LIVE, '; takes effect at once in what is running'",
    "NEXT_REBOOT, '; takes effect when the running domain next reboots'",
    "RESTART, '; takes effect when the running domain is stopped and started'"
  })
  void theImpactIsSaidInWords(Impact impact, String words) {
    assertThat(plain(SamplePlan.of(step("write-x", "vm1", impact))).steps().get(1))
        .isEqualTo("  ~ do it" + words);
  }

  @Test
  void coloursAreTheOnlyEscapesInAPlan() {
    SamplePlan plan =
        SamplePlan.of(step("create-x", "\u001b[31mvm\u202e1", Impact.NONE))
            .with(SamplePlan.finding(Severity.ERROR));
    PlanText coloured = new PlanText(plan, Palette.ANSI);
    assertThat(coloured.steps())
        .containsExactly(
            "\u001b[1m\\u{1b}[31mvm\\u{202e}1\u001b[0m", "  \u001b[32m+\u001b[0m do it");
    assertThat(coloured.findings().get(0)).startsWith("\u001b[31m[ERROR]\u001b[0m XEN100 ");
    assertThat(String.join("", plain(plan).steps())).doesNotContain("\u001b");
  }

  private static PlanText plain(SamplePlan plan) {
    return new PlanText(plan, Palette.PLAIN);
  }

  private static Step step(String type, String guest, Impact impact) {
    return new Step("id", type, guest, "target", "do it", "", impact, ImmutableList.of());
  }
}
