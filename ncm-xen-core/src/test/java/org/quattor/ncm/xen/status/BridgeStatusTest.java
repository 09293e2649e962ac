package org.quattor.ncm.xen.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.report.SamplePlan;
import org.quattor.ncm.xen.status.BridgeStatus.State;

class BridgeStatusTest {

  /** A bridge, a declared one that nothing is to be done about, is all that has not drifted. */
  @ParameterizedTest
  @CsvSource({
    "true, false, false, NOTHING, false",
    "false, false, false, NOTHING, true",
    "true, true, false, CONFIGURE, true",
    "true, true, true, ERRORS, true",
    "true, false, true, ERRORS, true"
  })
  void aBridgeHasDriftedWhen(
      boolean declared, boolean action, boolean error, Takes takes, boolean drifted) {
    BridgeStatus bridge =
        new BridgeStatus(
            "br",
            "eth1",
            declared,
            State.MANAGED,
            ImmutableList.of(),
            action ? ImmutableList.copyOf(SamplePlan.threeSteps().actions()) : ImmutableList.of(),
            error ? ImmutableList.of(SamplePlan.finding(Severity.ERROR)) : ImmutableList.of());
    assertThat(bridge.takes()).isEqualTo(takes);
    assertThat(bridge.isDrifted()).isEqualTo(drifted);
  }
}
