package org.quattor.ncm.xen.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.doctor.PreparedHost.brief;
import static org.quattor.ncm.xen.doctor.PreparedHost.expecting;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the doctor says of the boot menu and of what its entry boots with. */
class BootChecksTest {

  @TempDir Path folder;

  @Test
  void anotherDefaultThanXenIsAProblem() {
    Check check =
        PreparedHost.ofToday(folder)
            .replace(PreparedHost.MENU, "default=\"2\"", "default=\"0\"")
            .check(Topic.BOOT_ENTRY);

    assertThat(check.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(check.expected()).isEqualTo("the entry \"Debian GNU/Linux, with Xen hypervisor\"");
    assertThat(check.fix())
        .isEqualTo(
            "echo GRUB_DEFAULT=xen-gnulinux-simple-7f1e >> /etc/default/grub && update-grub");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2",
        "3>0>0",
        "xen-gnulinux-simple-7f1e",
        "Debian GNU/Linux, with Xen hypervisor",
        "gnulinux-advanced-7f1e>xen-hypervisor-4.17-amd64-7f1e>"
            + "xen-gnulinux-6.1.0-18-amd64-advanced-7f1e"
      })
  void theDefaultMayBeAPlaceAnIdOrATitle(String chosen) {
    assertThat(
            PreparedHost.ofToday(folder)
                .replace(PreparedHost.MENU, "default=\"2\"", "default=\"" + chosen + "\"")
                .check(Topic.BOOT_ENTRY)
                .verdict())
        .isEqualTo(Verdict.OK);
  }

  @Test
  void theDefaultMayBeTheOneThatWasSaved() {
    PreparedHost host =
        PreparedHost.ofToday(folder)
            .replace(PreparedHost.MENU, "default=\"2\"", "default=\"${saved_entry}\"");

    assertThat(host.check(Topic.BOOT_ENTRY).verdict()).isEqualTo(Verdict.UNKNOWN);
    host.file(
        "/boot/grub/grubenv", "# GRUB Environment Block\nsaved_entry=xen-gnulinux-simple-7f1e\n");
    assertThat(host.check(Topic.BOOT_ENTRY).verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void aMenuWithoutXenIsAProblem() {
    PreparedHost host =
        PreparedHost.ofToday(folder).file(PreparedHost.MENU, "menuentry 'x' {\n}\n");

    assertThat(brief(host.check(Topic.BOOT_ENTRY))).isEqualTo("PROBLEM no entry boots Xen");
  }

  @Test
  void anotherDefaultIsFixedWithTheProgramsOfTheDistribution() {
    Check check =
        PreparedHost.ofEl7(folder)
            .replace(PreparedHost.MENU_OF_EL7, "default=\"1\"", "default=\"0\"")
            .check(Topic.BOOT_ENTRY);

    assertThat(check.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(check.fix()).isEqualTo("grub2-set-default 'Enterprise Linux, with Xen hypervisor'");
  }

  @Test
  void aHostWithoutGrub2CannotBeTold() {
    PreparedHost host =
        PreparedHost.ofToday(folder)
            .without(PreparedHost.MENU)
            .file("/boot/grub/grub.conf", "default=0\ntitle Xen\n\tkernel /xen.gz\n");

    assertThat(brief(host.check(Topic.BOOT_ENTRY)))
        .isEqualTo("UNKNOWN grub.cfg of GRUB 2 is missing: what the next boot starts is unknown");
  }

  @Test
  void memoryIsComparedByAmountNotByText() {
    PreparedHost host = PreparedHost.ofToday(folder);

    assertThat(host.check(Topic.BOOT_MEMORY, expecting("2048M", null)).verdict())
        .isEqualTo(Verdict.OK);
    assertThat(host.check(Topic.BOOT_MEMORY, expecting("2097152", null)).verdict())
        .isEqualTo(Verdict.OK);
    Check other = host.check(Topic.BOOT_MEMORY, expecting("400M", null));
    assertThat(other.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(other.fix())
        .isEqualTo(
            "echo 'GRUB_CMDLINE_XEN=\"$GRUB_CMDLINE_XEN dom0_mem=400M\"' >> /etc/default/grub"
                + " && update-grub");
  }

  @Test
  void dom0WithoutAFixedAmountIsAProblem() {
    assertThat(
            brief(
                PreparedHost.ofToday(folder)
                    .replace(PreparedHost.MENU, " dom0_mem=2G", "")
                    .check(Topic.BOOT_MEMORY)))
        .startsWith("PROBLEM dom0_mem is missing: dom0 starts with all memory");
  }

  @Test
  void boundsFixNoAmount() {
    assertThat(
            brief(
                PreparedHost.ofToday(folder)
                    .replace(PreparedHost.MENU, "dom0_mem=2G", "dom0_mem=max:2G")
                    .check(Topic.BOOT_MEMORY)))
        .startsWith("PROBLEM dom0_mem=max:2G is not a fixed amount");
  }

  @Test
  void whatTheSettingsDoNotSayIsLostAtTheNextUpdate() {
    Check check =
        PreparedHost.ofToday(folder)
            .file("/etc/default/grub", "GRUB_DEFAULT=2\n")
            .check(Topic.BOOT_MEMORY);

    assertThat(brief(check))
        .contains("PROBLEM dom0_mem=2G, but /etc/default/grub does not have it");
  }

  @Test
  void settingsInTheFolderCountToo() {
    PreparedHost host =
        PreparedHost.ofToday(folder)
            .file("/etc/default/grub", "GRUB_DEFAULT=2\n")
            .file("/etc/default/grub.d/xen.cfg", "GRUB_CMDLINE_XEN_DEFAULT='dom0_mem=2G'\n");

    assertThat(host.check(Topic.BOOT_MEMORY).verdict()).isEqualTo(Verdict.OK);
    assertThat(host.check(Topic.BOOT_MEMORY, expecting("1G", null)).fix())
        .contains("GRUB_CMDLINE_XEN_DEFAULT dom0_mem=1G", ">> /etc/default/grub.d/dom0-memory.cfg");
  }

  @Test
  void memoryIsFixedWithTheProgramsOfTheDistribution() {
    Check check = PreparedHost.ofEl7(folder).check(Topic.BOOT_MEMORY, expecting("512M", null));

    assertThat(check.path()).isEqualTo("/boot/grub2/grub.cfg:8");
    assertThat(check.fix())
        .isEqualTo(
            "echo 'GRUB_CMDLINE_XEN=\"$GRUB_CMDLINE_XEN dom0_mem=512M\"' >> /etc/default/grub"
                + " && grub2-mkconfig -o /boot/grub2/grub.cfg");
  }

  @Test
  void anotherRootDeviceIsAProblem() {
    Check check =
        PreparedHost.ofToday(folder).check(Topic.ROOT_DEVICE, expecting(null, "/dev/sda2"));

    assertThat(brief(check)).isEqualTo("PROBLEM root=/dev/mapper/vg0-root");
    assertThat(check.expected()).isEqualTo("root=/dev/sda2");
    assertThat(check.fix()).contains("GRUB_CMDLINE_LINUX root=/dev/sda2");
  }

  @Test
  void theSameDeviceUnderAnotherNameIsTheSame() throws IOException {
    PreparedHost host =
        PreparedHost.ofToday(folder).file("/dev/mapper/vg0-root", "").file("/dev/vg0/marker", "");
    Files.createSymbolicLink(
        host.scenario().path("/dev/vg0/root"), Path.of("/dev/mapper/vg0-root"));

    Check check = host.check(Topic.ROOT_DEVICE, expecting(null, "/dev/vg0/root"));

    assertThat(brief(check))
        .isEqualTo("OK root=/dev/mapper/vg0-root, which is the same as /dev/vg0/root");
  }

  @Test
  void aMissingInitrdIsAProblem() {
    Check check =
        PreparedHost.ofToday(folder)
            .without("/boot/initrd.img-6.1.0-18-amd64")
            .check(Topic.BOOT_FILES);

    assertThat(brief(check))
        .isEqualTo("PROBLEM missing, also below /boot: /boot/initrd.img-6.1.0-18-amd64 (line 44)");
  }

  @Test
  void anInitrdWithoutLvmIsAProblem() {
    Check check =
        PreparedHost.ofEl7(folder)
            .file("/boot/initramfs-3.18.44-20.el7.x86_64.img", "bin/nash\nlib/ext3.ko\n")
            .check(Topic.INITRD);

    assertThat(brief(check)).startsWith("PROBLEM lacks the module dm-mod and the program lvm");
    assertThat(check.fix())
        .isEqualTo(
            "dracut -f --add lvm /boot/initramfs-3.18.44-20.el7.x86_64.img"
                + " 3.18.44-20.el7.x86_64");
  }

  @Test
  void aModuleInTheKernelIsNotMissed() {
    PreparedHost host =
        PreparedHost.ofToday(folder).file("/boot/initrd.img-6.1.0-18-amd64", "usr/sbin/lvm\n");

    assertThat(brief(host.check(Topic.INITRD))).startsWith("PROBLEM lacks the module dm-mod");
    host.file("/lib/modules/6.1.0-18-amd64/modules.builtin", "kernel/drivers/md/dm-mod.ko\n");
    assertThat(host.check(Topic.INITRD).verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void aRootThatIsEncryptedOrOnAPartitionNeedsNoLvm() {
    PreparedHost host = PreparedHost.ofToday(folder).file("/sys/block/dm-0/dm/uuid", "CRYPT-1\n");
    assertThat(host.check(Topic.INITRD).found()).startsWith("not needed");

    host.file("/proc/mounts", "/dev/sda1 / ext4 rw 0 0\n");
    assertThat(host.check(Topic.INITRD).found()).startsWith("not needed");
  }

  @Test
  void textOfTheHostStaysOneWordInACommand() throws Exception {
    String title = "x'; reboot; $(id) \\";
    PreparedHost host =
        PreparedHost.ofToday(folder)
            .replace(PreparedHost.MENU, "default=\"2\"", "default=\"0\"")
            .replace(PreparedHost.MENU, "'xen-gnulinux-simple-7f1e'", '"' + title + '"');
    Path grub = Files.createTempFile(folder.getParent(), "grub", "");

    String fix = host.check(Topic.BOOT_ENTRY).fix().replace("/etc/default/grub", grub.toString());
    String script =
        fix.replace("&& update-grub", "&& . " + grub + " && printf %s \"$GRUB_DEFAULT\"");
    Process sh = new ProcessBuilder("sh", "-c", script).start();

    assertThat(new String(sh.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(title);
  }
}
