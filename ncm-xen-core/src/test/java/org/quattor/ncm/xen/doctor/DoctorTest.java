package org.quattor.ncm.xen.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.Toolstack;

/** What the doctor says of hosts in folders. */
class DoctorTest {

  @TempDir Path folder;

  private static Expectations expecting(String memory, String root) {
    return new Expectations(memory, root, false, null);
  }

  private static Expectations guests(boolean independent, GuestInBrief... guests) {
    return new Expectations(null, null, independent, ImmutableList.copyOf(guests));
  }

  private static String brief(Check check) {
    return check.verdict() + " " + check.found();
  }

  @Test
  void aHostOfTodayThatIsReadyHasNoProblem() {
    PreparedHost host = PreparedHost.ofToday(folder);

    Diagnosis diagnosis = host.examined(expecting("2G", "/dev/mapper/vg0-root"));

    assertThat(diagnosis.checks())
        .extracting(Check::id, Check::verdict)
        .allMatch(
            line -> line.toList().get(1) == Verdict.OK || "XEN560".equals(line.toList().get(0)));
    assertThat(diagnosis.checks()).hasSize(Topic.values().length);
  }

  @Test
  void aHostOfThePageThatIsReadyHasNoProblem() {
    Diagnosis diagnosis =
        PreparedHost.ofThePage(folder).examined(expecting("400M", "/dev/vg00/root"));

    assertThat(diagnosis.count(Verdict.PROBLEM)).as(diagnosis.toString()).isZero();
    assertThat(diagnosis.checks()).hasSize(Topic.values().length);
  }

  @Test
  void nothingIsChanged() {
    PreparedHost host = PreparedHost.ofToday(folder);
    Map<String, String> before = host.everything();

    host.examined(expecting("4G", "/dev/sda1"));

    assertThat(host.everything()).isEqualTo(before);
  }

  @Test
  void oneExternalCommandIsEnough() {
    var host = PreparedHost.ofToday(folder).scenario().host();

    Doctor.examine(host, Expectations.NONE, null);

    assertThat(host.commands()).isEqualTo(1);
  }

  @Test
  void aHostWithNothingToReadCannotBeTold() {
    Diagnosis diagnosis = Doctor.examine(new Scenario(folder).host(), Expectations.NONE, null);

    assertThat(diagnosis.count(Verdict.PROBLEM)).isZero();
    assertThat(diagnosis.checks())
        .filteredOn(check -> check.verdict() == Verdict.UNKNOWN)
        .allMatch(check -> !check.fix().isEmpty())
        .hasSize(3);
  }

  @Test
  void aSystemThatIsNotBootedOnXenIsToldToReboot() {
    Scenario scenario =
        new Scenario(folder)
            .with(
                bare ->
                    bare.withFacts(
                        new HostFacts(bare.facts().toolstacks(), false, false, null, "xen1")));

    Check check = Doctor.examine(scenario.host(), Expectations.NONE, null).checks().get(0);

    assertThat(brief(check)).startsWith("PROBLEM Xen's tools are installed, but");
    assertThat(check.fix()).isEqualTo("reboot");
  }

  @Test
  void aSystemWithoutToolsIsToldToInstallThem() {
    Scenario scenario =
        new Scenario(folder)
            .with(
                bare ->
                    bare.withFacts(new HostFacts(ImmutableSet.of(), false, false, null, "xen1")));

    assertThat(brief(Doctor.examine(scenario.host(), Expectations.NONE, null).checks().get(0)))
        .isEqualTo("PROBLEM neither xl nor xm is installed");
  }

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
  void aLegacyMenuWithAnotherDefaultIsAProblem() {
    Check check =
        PreparedHost.ofThePage(folder)
            .replace(PreparedHost.LEGACY_MENU, "default=1", "default=0")
            .check(Topic.BOOT_ENTRY);

    assertThat(check.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(check.fix()).isEqualTo("sed -i 's/^default.*/default=1/' /boot/grub/grub.conf");
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
        .startsWith("PROBLEM no dom0_mem, so dom0 starts with all memory");
  }

  @Test
  void boundsFixNoAmount() {
    assertThat(
            brief(
                PreparedHost.ofToday(folder)
                    .replace(PreparedHost.MENU, "dom0_mem=2G", "dom0_mem=max:2G")
                    .check(Topic.BOOT_MEMORY)))
        .startsWith("PROBLEM dom0_mem=max:2G fixes no amount");
  }

  @Test
  void whatTheSettingsDoNotSayIsLostAtTheNextUpdate() {
    Check check =
        PreparedHost.ofToday(folder)
            .file("/etc/default/grub", "GRUB_DEFAULT=2\n")
            .check(Topic.BOOT_MEMORY);

    assertThat(brief(check)).contains("PROBLEM dom0_mem=2G, but /etc/default/grub does not say it");
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
  void theLineOfALegacyMenuIsEditedWhereItIs() {
    Check check = PreparedHost.ofThePage(folder).check(Topic.BOOT_MEMORY, expecting("512M", null));

    assertThat(check.path()).isEqualTo("/boot/grub/grub.conf:10");
    assertThat(check.fix())
        .isEqualTo("sed -i.bak '10s|dom0_mem=[^ ]*|dom0_mem=512M|' /boot/grub/grub.conf");
  }

  @Test
  void memoryThatWasBalloonedAwayIsAProblem() {
    Check check =
        PreparedHost.ofToday(folder)
            .file(XenChecks.CURRENT_MEMORY, "1433600\n")
            .check(Topic.MEMORY, expecting("2G", null));

    assertThat(brief(check))
        .isEqualTo(
            "PROBLEM dom0 has 1400 MiB: it was booted with less or has been ballooned down since");
    assertThat(check.fix()).isEqualTo("xl mem-set 0 2048m");
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

  @ParameterizedTest
  @CsvSource({"off,OK", "0,OK", "auto,OK", "on,PROBLEM", "1,PROBLEM", "wibble,PROBLEM"})
  void autoballoonIsHowDom0LosesItsMemory(String value, Verdict verdict) {
    assertThat(
            PreparedHost.ofToday(folder)
                .file(XenChecks.XL_CONF, "autoballoon = \"" + value + "\"\n")
                .check(Topic.AUTOBALLOON)
                .verdict())
        .isEqualTo(verdict);
  }

  @Test
  void xendHasASettingOfItsOwn() {
    PreparedHost host = PreparedHost.ofThePage(folder).file("/etc/xen/xend-config.sxp", "# none\n");

    assertThat(underXm(host).fix())
        .isEqualTo(
            "echo '(enable-dom0-ballooning no)' >> /etc/xen/xend-config.sxp && service xend restart");
    host.file("/etc/xen/xend-config.sxp", "  (enable-dom0-ballooning  no)\n");
    assertThat(underXm(host).verdict()).isEqualTo(Verdict.OK);
  }

  private static Check underXm(PreparedHost host) {
    return Doctor.examine(host.scenario().host(), Expectations.NONE, Toolstack.XM).checks().stream()
        .filter(check -> check.id().equals(Topic.AUTOBALLOON.id()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aMissingInitrdIsAProblem() {
    Check check =
        PreparedHost.ofToday(folder)
            .without("/boot/initrd.img-6.1.0-18-amd64")
            .check(Topic.BOOT_FILES);

    assertThat(brief(check))
        .isEqualTo(
            "PROBLEM /boot/initrd.img-6.1.0-18-amd64 (line 44) is neither there nor below /boot");
  }

  @Test
  void anInitrdWithoutLvmIsTheProblemOfThePage() {
    Check check =
        PreparedHost.ofThePage(folder)
            .file("/boot/initrd-2.6.18-1.2835.slc4xen.img", "bin/nash\nlib/ext3.ko\n")
            .check(Topic.INITRD);

    assertThat(brief(check)).startsWith("PROBLEM lacks the module dm-mod and the program lvm");
    assertThat(check.fix())
        .isEqualTo(
            "mv /boot/initrd-2.6.18-1.2835.slc4xen.img"
                + " /boot/initrd-2.6.18-1.2835.slc4xen.img.orig && mkinitrd --preload dm-mod"
                + " /boot/initrd-2.6.18-1.2835.slc4xen.img 2.6.18-1.2835.slc4xen");
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
  void xendomainsHasToBeEnabledWhenAGuestStartsWithTheHost() {
    PreparedHost host = PreparedHost.ofToday(folder).without("/etc/rc3.d/S02xendomains");

    Check check = host.check(Topic.XENDOMAINS);
    assertThat(brief(check))
        .isEqualTo("PROBLEM one guest starts with the host, but xendomains is not enabled");
    assertThat(check.fix()).isEqualTo("systemctl enable xendomains");
    assertThat(host.check(Topic.XENDOMAINS, guests(true)).verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void aMaskedUnitDoesNotStart() throws IOException {
    PreparedHost host =
        PreparedHost.ofToday(folder)
            .file("/etc/systemd/system/multi-user.target.wants/xendomains.service", "");
    Files.createSymbolicLink(
        host.scenario().path("/etc/systemd/system/xendomains.service"), Path.of("/dev/null"));

    assertThat(host.check(Topic.XENDOMAINS).fix())
        .isEqualTo("systemctl unmask xendomains && systemctl enable xendomains");
  }

  @Test
  void guestsThatAreSavedHaveToBeRestored() {
    PreparedHost host =
        PreparedHost.ofToday(folder)
            .replace("/etc/default/xendomains", "RESTORE=true", "RESTORE=false");

    Check check = host.check(Topic.SAVE_AND_RESTORE);
    assertThat(check.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(check.fix())
        .isEqualTo(
            "sed -i 's|^ *XENDOMAINS_RESTORE=.*|XENDOMAINS_RESTORE=true|' /etc/default/xendomains");
    host.replace("/etc/default/xendomains", "SAVE=/var/lib/xen/save", "SAVE=");
    assertThat(host.check(Topic.SAVE_AND_RESTORE).verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void linksElsewhereAreNotOurs() {
    assertThat(
            brief(
                PreparedHost.ofToday(folder)
                    .file("/etc/default/xendomains", "XENDOMAINS_AUTO=/srv/auto\n")
                    .check(Topic.SAVE_AND_RESTORE)))
        .isEqualTo("PROBLEM XENDOMAINS_AUTO is \"/srv/auto\", where ncm-xen puts no links");
  }

  @ParameterizedTest
  @CsvSource({
    "2.6.18-164.el5xen,false,OK",
    "2.6.18-164.el5xen,true,OK",
    "2.6.9-42.0.3.ELxenU,false,OK",
    "3.0.101-63-xen,false,OK",
    "2.6.32-5-amd64,false,PROBLEM",
    "6.1.0-18-amd64,false,PROBLEM",
    "6.1.0-18-amd64,true,OK",
    "xen,true,UNKNOWN",
    ",false,UNKNOWN"
  })
  void theClockDependsOnTheAgeOfTheKernel(String kernel, boolean independent, Verdict verdict) {
    Check check =
        PreparedHost.ofToday(folder)
            .check(Topic.WALLCLOCK, guests(independent, new GuestInBrief("web", true, kernel)));

    assertThat(check.verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "400 M", "4x", "$(id)", "1;reboot", "400M\n", "99999999999999G"})
  void aSizeThatXenWouldNotTakeIsRefused(String size) {
    assertThatThrownBy(() -> expecting(size, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("such as 400M");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "root", "/etc/passwd", "/dev/sda1 init=/bin/sh", "LABEL=a'b", "/dev/|x"})
  void aRootDeviceThatIsNoneIsRefused(String device) {
    assertThatThrownBy(() -> expecting(null, device)).isInstanceOf(IllegalArgumentException.class);
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

  @Test
  void bytesThatAreNoMenuAreNoReasonToFail() throws IOException {
    PreparedHost host = PreparedHost.ofToday(folder);
    byte[] noise = new byte[4096];
    new java.util.Random(7).nextBytes(noise);
    for (String file :
        new String[] {
          PreparedHost.MENU, XenChecks.XL_CONF, "/etc/default/xendomains", "/proc/mounts"
        }) {
      Files.write(host.scenario().path(file), noise);
      assertThat(host.examined(expecting("2G", "/dev/sda1")).checks()).isNotEmpty();
    }
  }
}
