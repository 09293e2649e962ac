package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.guestfile.GuestFile;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.plan.GuestText;
import org.quattor.ncm.xen.report.SamplePlan;

class ShowCommandTest {

  private final FakeEngine services = new FakeEngine();

  @Test
  void aSingleFileIsPrintedByteForByte() {
    services.texts = ImmutableList.of(text("vm1", "name", "vm1"));
    assertThat(Call.withProfile(services, "show", "vm1"))
        .isEqualTo(new Call(0, "name = \"vm1\"\n", ""));
    assertThat(services.context.options()).containsEntry("guest", List.of("vm1"));
    assertThat(services.asked).containsExactly("show XL");
  }

  @Test
  void severalFilesAreSetApartByTheirPaths() {
    services.texts = ImmutableList.of(text("vm1", "a", "b"), text("vm2", "c", "d"));
    assertThat(Call.withProfile(services, "show", "--guest=vm1", "vm2").out())
        .isEqualTo("==> /etc/xen/vm1 <==\na = \"b\"\n==> /etc/xen/vm2 <==\nc = \"d\"\n");
    assertThat(services.context.options()).containsEntry("guest", List.of("vm1", "vm2"));
  }

  @Test
  void findingsGoToStandardErrorAndAnErrorIs65() {
    services.texts = ImmutableList.of(text("vm1", "a", "b"));
    services.findings = ImmutableList.of(SamplePlan.finding(Severity.WARNING));
    Call warned = Call.withProfile(services, "show");
    assertThat(warned.code()).isZero();
    assertThat(warned.out()).isEqualTo("a = \"b\"\n");
    assertThat(warned.err()).startsWith("[WARN] XEN101 ");
    services.texts = ImmutableList.of();
    services.findings = ImmutableList.of(SamplePlan.finding(Severity.ERROR));
    Call refused = Call.withProfile(services, "show");
    assertThat(refused.code()).isEqualTo(65);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).startsWith("[ERROR] XEN100 ").hasLineCount(1);
  }

  @Test
  void theDialectIsTheOneAskedForElseTheOneOfTheToolstack() {
    Call.withProfile(services, "show", "--dialect", "xm");
    Call.withProfile(services, "show", "--toolstack", "xm");
    Call.withProfile(services, "show", "--toolstack", "xm", "--dialect=xl");
    assertThat(services.asked).containsExactly("show XM", "show XM", "show XL");
  }

  @Test
  void aProfileWithoutGuestsSaysSo() {
    assertThat(Call.withProfile(services, "show"))
        .isEqualTo(new Call(0, "", "[INFO] the profile declares no guests\n"));
  }

  @Test
  void passwordsAreMaskedUnlessTheyAreAskedFor() {
    services.texts = ImmutableList.of(text("vm1", "vncpasswd", "hunter2"));
    Call masked = Call.withProfile(services, "show", "vm1");
    assertThat(masked)
        .isEqualTo(
            new Call(
                0,
                "vncpasswd = \"********\"\n",
                "[INFO] passwords are masked; --secrets shows them\n"));
    Call json = Call.withProfile(services, "show", "--json", "vm1");
    assertThat(json.out()).contains("********").doesNotContain("hunter2");
    assertThat(Call.withProfile(services, "show", "--secrets", "vm1"))
        .isEqualTo(new Call(0, "vncpasswd = \"hunter2\"\n", ""));
    assertThat(Call.withProfile(services, "show", "--secrets", "--json").out()).contains("hunter2");
  }

  @Test
  void jsonIsTheDocumentAlone() {
    services.texts = ImmutableList.of(text("vm1", "a", "b"));
    Call call = Call.withProfile(services, "show", "--json");
    assertThat(call.out()).startsWith("{\n  \"format\" : \"ncm-xen.show/1\",").endsWith("}\n");
    assertThat(call.err()).isEmpty();
  }

  private static GuestText text(String guest, String key, String value) {
    GuestFile file = new GuestFile("", ImmutableMap.of(key, new GuestFile.Text(value)));
    return new GuestText(guest, "/etc/xen/" + guest, file, Toolstack.XL);
  }
}
