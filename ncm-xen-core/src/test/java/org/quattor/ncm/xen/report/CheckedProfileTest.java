package org.quattor.ncm.xen.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.report.CheckedProfile.State;

class CheckedProfileTest {

  @Test
  void aFindingIsOneLineWithFilePathAndId() {
    CheckedProfile checked =
        new CheckedProfile(
            "host.json",
            State.CHECKED,
            "",
            ImmutableList.of(
                SamplePlan.finding(Severity.ERROR), SamplePlan.finding(Severity.NOTE)));
    assertThat(checked.lines())
        .extracting(ReportLine::printed)
        .containsExactly(
            "[ERROR] XEN100 host.json:/software/components/xen/domains/vm1/options/memory: 0;"
                + " expected at least 1 (give the memory in MiB)",
            "[INFO] XEN102 host.json:/software/components/xen/domains/vm1/options/memory: 0;"
                + " expected at least 1 (give the memory in MiB)");
    assertThat(checked.errors()).isEqualTo(1);
    assertThat(checked.warnings()).isZero();
  }

  @Test
  void aProfileThatCouldNotBeReadIsOneErrorAndItsSentence() {
    CheckedProfile checked =
        new CheckedProfile("x", State.INVALID, "x:1:2: no \u001b", ImmutableList.of());
    assertThat(checked.lines())
        .extracting(ReportLine::printed)
        .containsExactly("[ERROR] x:1:2: no \\u{1b}");
    assertThat(checked.errors()).isEqualTo(1);
  }
}
