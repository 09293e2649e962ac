package org.quattor.ncm.xen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.component.ActionResult;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.component.Severity;

class NcmLinesTest {

  @Test
  void aRunWithoutErrorsAndWarningsEndsWithOk() {
    assertThat(closing(Intent.CONFIGURE, 0, 0))
        .containsExactly(
            "[INFO] configure on component xen executed, 0 errors, 0 warnings",
            "[OK]   0 errors, 0 warnings executing configure");
  }

  @Test
  void warningsAloneEndWithWarn() {
    assertThat(closing(Intent.UNCONFIGURE, 0, 3))
        .containsExactly(
            "[INFO] unconfigure on component xen executed, 0 errors, 3 warnings",
            "[INFO] Warnings while unconfiguring xen (3)",
            "[WARN] 0 errors, 3 warnings executing unconfigure");
  }

  @Test
  void errorsAndWarningsAreBothNamedAndEndWithError() {
    assertThat(closing(Intent.CONFIGURE, 4, 1))
        .containsExactly(
            "[INFO] configure on component xen executed, 4 errors, 1 warnings",
            "[INFO] Errors while configuring xen (4)",
            "[INFO] Warnings while configuring xen (1)",
            "[ERROR] 4 errors, 1 warnings executing configure");
  }

  @Test
  void aFindingIsALineOfItsSeverity() {
    assertThat(text(NcmLines.finding(SamplePlan.finding(Severity.WARNING))))
        .isEqualTo(
            "[WARN] XEN101 /software/components/xen/domains/vm1/options/memory: 0; expected at"
                + " least 1 (give the memory in MiB)");
    assertThat(NcmLines.finding(SamplePlan.finding(Severity.ERROR)).level()).isEqualTo(Level.ERROR);
    assertThat(NcmLines.finding(SamplePlan.finding(Severity.NOTE)).level()).isEqualTo(Level.INFO);
  }

  @Test
  void anActionIsALineThatNamesGuestStepAndOutcome() {
    PlannedAction start = SamplePlan.threeSteps().actions().get(2);
    assertThat(text(NcmLines.action(new ActionResult(start, Outcome.DONE, ""))))
        .isEqualTo("[INFO] vm1: start vm1: done");
    assertThat(text(NcmLines.action(new ActionResult(start, Outcome.FAILED, "xl create said\nno"))))
        .isEqualTo("[ERROR] vm1: start vm1: failed: xl create said\\nno");
  }

  @Test
  void whatWasSkippedIsNotCountedAgain() {
    PlannedAction start = SamplePlan.threeSteps().actions().get(2);
    assertThat(text(NcmLines.action(new ActionResult(start, Outcome.SKIPPED, "no volume"))))
        .isEqualTo("[INFO] vm1: start vm1: skipped: no volume");
    assertThat(text(NcmLines.action(new ActionResult(start, Outcome.NOT_RUN, "cancelled"))))
        .isEqualTo("[INFO] vm1: start vm1: not done: cancelled");
  }

  private static List<String> closing(Intent intent, int errors, int warnings) {
    return NcmLines.closing(intent, "xen", errors, warnings).stream()
        .map(NcmLinesTest::text)
        .toList();
  }

  private static String text(ReportLine line) {
    return line.level().prefix() + line.text();
  }
}
