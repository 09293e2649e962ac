package org.quattor.ncm.xen.derive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.profile.ProfileReader;

/** What being a Xen guest changes in a guest's own profile. */
class GuestInstallationTest {

  private static final HostVariables NONE = new VariablesReader().read();

  private static Profile guest(String kernel, String label, String folder) {
    String json =
        """
        {"system": {"kernel": {"version": "%1$s"},
          "aii": {"nbp": {"pxelinux": {"label": "%2$s", "kernel": "%3$s/vmlinuz",
            "initrd": "%3$s/initrd.img"}}}}}
        """
            .formatted(kernel, label, folder);
    return read(json);
  }

  private static Profile read(String json) {
    return new ProfileReader()
        .read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), "vm1.json");
  }

  private static String briefly(Finding finding) {
    return finding.id() + " " + finding.path();
  }

  @ParameterizedTest
  @CsvSource({
    "2.6.9-55.EL,         2.6.9-55.ELxenU,      sl450_x86_64_xen",
    "2.6.18-92.el5,       2.6.18-92.el5xen,     sl450_x86_64_xen",
    "2.6.18-92.el5xen,    2.6.18-92.el5xen,     sl450_x86_64_xen",
    "2.6.32-71.el6.x86_64,2.6.32-71.el6.x86_64, sl450_x86_64",
    "6.1.0-18-amd64,      6.1.0-18-amd64,       sl450_x86_64"
  })
  void theKernelAndItsInstallerGoTogether(String kernel, String forXen, String folder) {
    GuestInstallation derived =
        GuestInstallation.of("vm1", guest(kernel, "Scientific Linux 4.5", "sl450_x86_64"), NONE);

    assertThat(derived.findings()).isEmpty();
    assertThat(derived.pan())
        .isEqualTo(
            """
            '/system/aii/nbp/pxelinux/initrd' = '%2$s/initrd.img';
            '/system/aii/nbp/pxelinux/kernel' = '%2$s/vmlinuz';
            '/system/aii/nbp/pxelinux/label' = 'Scientific Linux 4.5 Xen';
            '/system/kernel/version' = '%1$s';
            """
                .formatted(forXen, folder));
  }

  @Test
  void whatTheTemplateDidBeforeIsNotDoneTwice() {
    GuestInstallation once =
        GuestInstallation.of("vm1", guest("2.6.9-55.EL", "SL 4.5", "boot/sl450"), NONE);
    Profile compiled = guest("2.6.9-55.ELxenU", "SL 4.5 Xen", "boot/sl450_xen");

    assertThat(GuestInstallation.of("vm1", compiled, NONE).values()).isEqualTo(once.values());
  }

  @Test
  void theHostIsTheReverseOfTheDatabase() {
    HostVariables variables =
        new VariablesReader()
            .set("XEN_DB.xen1.example.org", "vm1.example.org, vm2.example.org")
            .set("XEN_DB.xen2.example.org", "vm3.example.org")
            .read();
    Profile guest = guest("6.1.0", "Debian", "debian");

    assertThat(GuestInstallation.of("vm2.example.org", guest, variables).values())
        .containsEntry("/hardware/location", "xen1.example.org");
    assertThat(GuestInstallation.of("vm9.example.org", guest, variables).values())
        .doesNotContainKey("/hardware/location");
  }

  @Test
  void aGuestOnTwoHostsIsAnErrorThatNamesBoth() {
    HostVariables variables =
        new VariablesReader().set("XEN_DB.xen1", "vm1").set("XEN_DB.xen2", "vm1").read();

    GuestInstallation derived =
        GuestInstallation.of("vm1", guest("6.1.0", "Debian", "debian"), variables);

    assertThat(derived.findings())
        .singleElement()
        .returns("XEN563", Finding::id)
        .returns("the guest vm1 is on xen1, xen2", Finding::found);
    assertThat(derived.values()).doesNotContainKey("/hardware/location");
  }

  @Test
  void whatTheProfileDoesNotSayIsNamed() {
    GuestInstallation derived = GuestInstallation.of("vm1", read("{}"), NONE);

    assertThat(derived.values()).isEmpty();
    assertThat(derived.findings())
        .extracting(GuestInstallationTest::briefly)
        .containsExactly(
            "XEN561 vm1.json:/system/kernel/version",
            "XEN562 vm1.json:/system/aii/nbp/pxelinux/label",
            "XEN562 vm1.json:/system/aii/nbp/pxelinux/kernel",
            "XEN562 vm1.json:/system/aii/nbp/pxelinux/initrd");
  }

  @Test
  void aTextThatTriesToBePanStaysText() {
    GuestInstallation derived =
        GuestInstallation.of("vm1", guest("6.1.0", "x'; include 'y", "a"), NONE);

    assertThat(derived.pan()).contains("label' = 'x''; include ''y Xen';\n");
  }

  @Test
  void aTextOfTwoLinesIsNoValue() {
    GuestInstallation derived = GuestInstallation.of("vm1", guest("6.1.0", "x\\ny", "a"), NONE);

    assertThat(derived.findings()).extracting(Finding::id).containsExactly("XEN562");
  }
}
