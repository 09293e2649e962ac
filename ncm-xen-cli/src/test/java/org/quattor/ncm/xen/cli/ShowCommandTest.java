package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.plan.GuestText;
import org.quattor.ncm.xen.report.SamplePlan;

class ShowCommandTest {

  private final FakeEngine engine = new FakeEngine();

  @Test
  void aSingleFileIsPrintedByteForByte() {
    engine.texts = ImmutableList.of(text("vm1", "name = \"vm1\"\nno end"));
    assertThat(Call.withProfile(engine, "show", "vm1"))
        .isEqualTo(new Call(0, "name = \"vm1\"\nno end", ""));
    assertThat(engine.context.options("guest")).containsExactly("vm1");
    assertThat(engine.asked).containsExactly("show XL");
  }

  @Test
  void severalFilesAreSetApartByTheirPaths() {
    engine.texts = ImmutableList.of(text("vm1", "a\n"), text("vm2", "b\n"));
    assertThat(Call.withProfile(engine, "show", "--guest=vm1", "vm2").out())
        .isEqualTo("==> /etc/xen/vm1 <==\na\n==> /etc/xen/vm2 <==\nb\n");
    assertThat(engine.context.options("guest")).containsExactly("vm1", "vm2");
  }

  @Test
  void findingsGoToStandardErrorAndAnErrorIs65() {
    engine.texts = ImmutableList.of(text("vm1", "a\n"));
    engine.findings = ImmutableList.of(SamplePlan.finding(Severity.WARNING));
    Call warned = Call.withProfile(engine, "show");
    assertThat(warned.code()).isZero();
    assertThat(warned.out()).isEqualTo("a\n");
    assertThat(warned.err()).startsWith("[WARN] XEN101 ");
    engine.texts = ImmutableList.of();
    engine.findings = ImmutableList.of(SamplePlan.finding(Severity.ERROR));
    Call refused = Call.withProfile(engine, "show");
    assertThat(refused.code()).isEqualTo(65);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).startsWith("[ERROR] XEN100 ").hasLineCount(1);
  }

  @Test
  void theDialectIsTheOneAskedForElseTheOneOfTheToolstack() {
    Call.withProfile(engine, "show", "--dialect", "xm");
    Call.withProfile(engine, "show", "--toolstack", "xm");
    Call.withProfile(engine, "show", "--toolstack", "xm", "--dialect=xl");
    assertThat(engine.asked).containsExactly("show XM", "show XM", "show XL");
  }

  @Test
  void aProfileWithoutGuestsSaysSo() {
    assertThat(Call.withProfile(engine, "show"))
        .isEqualTo(new Call(0, "", "[INFO] the profile declares no guests\n"));
  }

  @Test
  void passwordsAreMaskedUnlessTheyAreAskedFor() {
    engine.texts = ImmutableList.of(text("vm1", "vnc = 1\nvncpasswd = \"hunter2\"\n"));
    Call masked = Call.withProfile(engine, "show", "vm1");
    assertThat(masked)
        .isEqualTo(
            new Call(
                0,
                "vnc = 1\nvncpasswd = \"********\"\n",
                "[INFO] passwords are not shown; --secrets shows them\n"));
    Call json = Call.withProfile(engine, "show", "--json", "vm1");
    assertThat(json.out()).contains("********").doesNotContain("hunter2");
    assertThat(Call.withProfile(engine, "show", "--secrets", "vm1"))
        .isEqualTo(new Call(0, "vnc = 1\nvncpasswd = \"hunter2\"\n", ""));
    assertThat(Call.withProfile(engine, "show", "--secrets", "--json").out()).contains("hunter2");
  }

  @Test
  void jsonIsTheDocumentAlone() {
    engine.texts = ImmutableList.of(text("vm1", "a\n"));
    Call call = Call.withProfile(engine, "show", "--json");
    assertThat(call.out()).startsWith("{\n  \"format\" : \"ncm-xen.show/1\",").endsWith("}\n");
    assertThat(call.err()).isEmpty();
  }

  private static GuestText text(String guest, String text) {
    return new GuestText(guest, "/etc/xen/" + guest, text);
  }
}
