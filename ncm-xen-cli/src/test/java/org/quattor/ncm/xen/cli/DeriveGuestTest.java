package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeriveGuestTest {

  @TempDir private Path folder;

  @BeforeEach
  void aGuest() throws IOException {
    Files.writeString(
        folder.resolve("vm1.example.org.json"),
        """
        {"system": {"kernel": {"version": "2.6.18-92.el5"}, "aii": {"nbp": {"pxelinux":
          {"label": "SL 5.2", "kernel": "sl520/vmlinuz", "initrd": "sl520/initrd.img"}}}}}
        """);
  }

  private Call derive(String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "derive";
    arguments[1] = folder.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return Call.of(Services.xen(), arguments);
  }

  @Test
  void theValuesOfAGuestArePan() {
    assertThat(
            derive(
                "--guest",
                "vm1.example.org",
                "--format",
                "pan",
                "--set",
                "XEN_DB.xen1.example.org=vm1.example.org"))
        .isEqualTo(
            new Call(
                0,
                """
                # vm1.example.org
                '/hardware/location' = 'xen1.example.org';
                '/system/aii/nbp/pxelinux/initrd' = 'sl520_xen/initrd.img';
                '/system/aii/nbp/pxelinux/kernel' = 'sl520_xen/vmlinuz';
                '/system/aii/nbp/pxelinux/label' = 'SL 5.2 Xen';
                '/system/kernel/version' = '2.6.18-92.el5xen';
                """,
                ""));
  }

  @Test
  void theValuesOfAGuestAreJson() {
    Call call = derive("--guest=vm1.example.org", "--json");

    assertThat(call.code()).isZero();
    assertThat(call.out())
        .contains("\"format\" : \"ncm-xen.derive/1\"", "\"vm1.example.org\" : {")
        .contains("\"/system/kernel/version\" : \"2.6.18-92.el5xen\"");
  }

  @Test
  void aGuestWithoutAProfileIsSaidWithTheNearestName() {
    Call call = derive("--guest", "vm2.example.org");

    assertThat(call.code()).isEqualTo(66);
    assertThat(call.err()).contains("no profile vm2.example.org", "did you mean vm1.example.org?");
  }
}
