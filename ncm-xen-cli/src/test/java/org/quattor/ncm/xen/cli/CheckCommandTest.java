package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.report.SamplePlan;

class CheckCommandTest {

  private final FakeEngine services = new FakeEngine();
  private final String first = Call.profile().toString();
  private final String second = Call.profile().toString();

  @Test
  void validProfilesGiveASummaryAndNothingElse() {
    assertThat(Call.of(services, "check", first, second))
        .isEqualTo(new Call(0, "2 profiles checked: 0 errors, 0 warnings\n", ""));
    assertThat(services.asked).containsExactlyInAnyOrder("check " + first, "check " + second);
  }

  @Test
  void findingsOfAllFilesAreToldAsLines() {
    services.findings =
        ImmutableList.of(SamplePlan.finding(Severity.ERROR), SamplePlan.finding(Severity.WARNING));
    Call call = Call.of(services, "check", first, "--profile", second);
    assertThat(call.code()).isEqualTo(65);
    assertThat(call.err()).isEmpty();
    assertThat(call.out())
        .startsWith(
            "[ERROR] XEN100 "
                + first
                + ":/software/components/xen/domains/vm1/options/memory: 0; expected"
                + " at least 1 (give the memory in MiB)\n")
        .contains(
            "\n[WARN] XEN101 " + second + ":/software/components/xen/domains/vm1/options/memory: 0")
        .endsWith("\n2 profiles checked: 2 errors, 2 warnings\n");
  }

  @Test
  void warningsAloneAreValid() {
    services.findings = ImmutableList.of(SamplePlan.finding(Severity.WARNING));
    assertThat(Call.of(services, "check", first).code()).isZero();
  }

  @Test
  void aMissingFileIs66AndTheOthersAreCheckedAllTheSame() {
    services.findings = ImmutableList.of(SamplePlan.finding(Severity.ERROR));
    Call call = Call.of(services, "check", first + ".not-there", second);
    assertThat(call.code()).isEqualTo(66);
    assertThat(call.out().lines())
        .hasSize(3)
        .first()
        .asString()
        .startsWith("[ERROR] no such file: " + first + ".not-there; ");
  }

  @Test
  void aFileThatIsNoProfileIsItsSentenceAnd65() {
    services.trouble = () -> new Refusal(Refusal.Kind.INVALID_PROFILE, first + ":1:1: no profile");
    assertThat(Call.of(services, "check", first))
        .isEqualTo(
            new Call(
                65,
                "[ERROR] " + first + ":1:1: no profile\n1 profile checked: 1 error, 0 warnings\n",
                ""));
  }

  @Test
  void aProfileWithoutTheComponentIs66() {
    services.trouble = () -> new Refusal(Refusal.Kind.NO_PROFILE, "no component");
    assertThat(Call.of(services, "check", first).code()).isEqualTo(66);
  }

  @Test
  void jsonIsTheDocumentAlone() {
    Call call = Call.of(services, "check", "--json", first);
    assertThat(call.out()).startsWith("{\n  \"format\" : \"ncm-xen.check/1\",").endsWith("}\n");
    assertThat(call.err()).isEmpty();
  }

  @Test
  void quietLeavesTheFindings() {
    assertThat(Call.of(services, "check", "--quiet", first)).isEqualTo(new Call(0, "", ""));
  }
}
