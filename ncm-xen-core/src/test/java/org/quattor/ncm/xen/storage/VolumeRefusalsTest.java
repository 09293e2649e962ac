package org.quattor.ncm.xen.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.storage.Disks.GIB;
import static org.quattor.ncm.xen.storage.Disks.MIB;
import static org.quattor.ncm.xen.storage.Disks.VOLUME;
import static org.quattor.ncm.xen.storage.Disks.refused;
import static org.quattor.ncm.xen.storage.Disks.running;
import static org.quattor.ncm.xen.storage.Disks.volume;
import static org.quattor.ncm.xen.storage.Disks.web;
import static org.quattor.ncm.xen.storage.Disks.with;
import static org.quattor.ncm.xen.storage.Disks.without;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;

/**
 * Every sentence with which a logical volume is refused, and that its guest is not started then.
 */
class VolumeRefusalsTest {

  @TempDir Path folder;

  private Scenario host(UnaryOperator<SimulatedHostSpec> change) {
    return new Scenario(folder).with(change);
  }

  @Test
  void aVolumeThatIsNotToBeMade() {
    refused(
        host(bare -> bare.withGroup("vg0", GIB)),
        web(with(VOLUME, "\"create\": false")),
        "XEN313",
        ": logical volume vg0/web does not exist; expected an existing logical volume, or"
            + " permission to create it (set create_filesystems and the disk's create to true)");
  }

  @Test
  void aVolumeWithoutSize() {
    refused(
        host(bare -> bare.withGroup("vg0", GIB)),
        web(without(VOLUME, "size")),
        "XEN323",
        ": size is missing, and ncm-xen needs it to create logical volume vg0/web; expected size"
            + " in MiB");
    refused(
        host(bare -> bare.withGroup("vg0", GIB)),
        web(VOLUME.replace("1024", "9223372036854775807")),
        "XEN323",
        ": size is 9223372036854775807 MiB, and logical volume vg0/web cannot be that large;"
            + " expected size in MiB");
  }

  @Test
  void aVolumeThatDoesNotFit() {
    refused(
        host(bare -> bare.withGroup("vg0", 512 * MIB)),
        web(VOLUME),
        "XEN324",
        ": volume group vg0 has 512 MiB left; expected 1 GiB for logical volume vg0/web (extend the"
            + " volume group with vgextend, or lower size; disks of other guests in this run are"
            + " counted)");
  }

  @Test
  void anUnreadableLvm() {
    refused(
        host(bare -> bare.withGroup("vg0", GIB))
            .failing("inventory", "vgs did not end within 120 s and was ended"),
        web(VOLUME),
        "XEN320",
        ": the state of LVM is unknown: vgs did not end within 120 s and was ended; expected an"
            + " answer of vgs and lvs (run vgs and lvs to see the error; ncm-xen starts the guest"
            + " once they work)");
  }

  @Test
  void aVolumeThatIsNotActive() {
    refused(
        host(bare -> bare.withGroup("vg0", GIB).withVolume("vg0", "web", volume(GIB, "data")))
            .answering("look", () -> FileEntry.MISSING),
        web(VOLUME),
        "XEN327",
        ": logical volume vg0/web is not active: /dev/vg0/web does not exist; expected an active"
            + " logical volume (run lvchange --activate y vg0/web)");
  }

  @ParameterizedTest
  @EnumSource(names = {"MISSING", "FILE", "DIRECTORY", "LINK", "OTHER"})
  void aVolumeWithoutItsDeviceIsNotExtended(FileEntry.Kind kind) {
    refusedWithout(kind, with(VOLUME, "\"grow\": true"), volume(512 * MIB, "data"));
  }

  @ParameterizedTest
  @EnumSource(names = {"MISSING", "FILE", "DIRECTORY", "LINK", "OTHER"})
  void aVolumeWithoutItsDeviceGetsNoFilesystem(FileEntry.Kind kind) {
    refusedWithout(
        kind,
        with(VOLUME, "\"filesystem\": \"ext4\""),
        volume(GIB, "", "ncm-xen", "ncm-xen.unfinished"));
  }

  private void refusedWithout(
      FileEntry.Kind kind, String declared, SimulatedHostSpec.Volume volume) {
    boolean inactive = kind == FileEntry.Kind.MISSING;
    refused(
        host(bare -> bare.withGroup("vg0", 2 * GIB).withVolume("vg0", "web", volume))
            .answering("HostStorage.look", () -> new FileEntry(kind, 0, 0, "")),
        web(declared),
        inactive ? "XEN327" : "XEN311",
        inactive
            ? ": logical volume vg0/web is not active: /dev/vg0/web does not exist; expected an"
                + " active logical volume (run lvchange --activate y vg0/web)"
            : ": /dev/vg0/web is "
                + kind.text()
                + "; expected the block device of logical volume vg0/web (move /dev/vg0/web away,"
                + " then run vgmknodes)");
  }

  @Test
  void aVolumeWhoseDeviceCannotBeRead() {
    refused(
        host(bare -> bare.withGroup("vg0", GIB).withVolume("vg0", "web", volume(GIB, "data")))
            .failing("users", "cannot find out who uses /dev/vg0/web: input/output error"),
        web(VOLUME),
        "XEN310",
        ": cannot find out who uses /dev/vg0/web: input/output error; expected a block device that"
            + " dom0 can read (compare the device in lsblk and dmesg)");
  }

  private static String unfinished(String obstacle, String expected, String remedy) {
    return ": a run ended before logical volume vg0/web was complete, and "
        + obstacle
        + "; expected a logical volume "
        + expected
        + " (if its content is right: lvchange --deltag ncm-xen.unfinished vg0/web; rm -f"
        + " '/etc/xen/.vg0%web.unfinished'; if you do not need it: "
        + remedy
        + ")";
  }

  @Test
  void anUnfinishedVolumeThatIsNoLongerWanted() {
    Scenario host =
        host(
            bare ->
                bare.withGroup("vg0", GIB)
                    .withVolume("vg0", "web", volume(GIB, "", "ncm-xen", "ncm-xen.unfinished")));
    String formatted = with(VOLUME, "\"filesystem\": \"ext4\"");
    refused(
        host,
        web(with(formatted, "\"create\": false")),
        "XEN317",
        unfinished(
            "the profile does not let ncm-xen create it again",
            "without the tag ncm-xen.unfinished",
            "lvremove vg0/web"));
  }

  @Test
  void anUnfinishedVolumeThatNcmXenDidNotCreate() {
    refused(
        host(
            bare ->
                bare.withGroup("vg0", GIB)
                    .withVolume("vg0", "web", volume(GIB, "", "ncm-xen.unfinished"))),
        web(VOLUME),
        "XEN317",
        unfinished(
            "the volume lacks the tag ncm-xen",
            "that ncm-xen created",
            "lvremove vg0/web, and run again"));
  }

  @Test
  void anUnfinishedVolumeOfARunningGuest() {
    refused(
        host(
            bare ->
                bare.withGroup("vg0", GIB)
                    .withVolume("vg0", "web", volume(GIB, "", "ncm-xen", "ncm-xen.unfinished"))
                    .withDomain("web", running("web", "/dev/vg0/web", true))),
        web(with(VOLUME, "\"filesystem\": \"ext4\"")),
        "XEN317",
        unfinished(
            "running domain web uses it",
            "without the tag ncm-xen.unfinished",
            "shut web down, and run again"));
  }

  private Scenario unfinishedWith(String content) {
    return host(
        bare ->
            bare.withGroup("vg0", GIB)
                .withVolume("vg0", "web", volume(GIB, content, "ncm-xen", "ncm-xen.unfinished")));
  }

  @Test
  void anUnfinishedVolumeThatIsBlankIsFinishedAndUsed() {
    assertThat(Scenario.actions(unfinishedWith("").configure(web(VOLUME)), Outcome.DONE))
        .contains("finish volume vg0/web, if it is blank", "start domain web");
  }

  /** As {@code lvcreate} leaves it that dies before it wipes what another guest has left. */
  @Test
  void anUnfinishedVolumeWithDataInItIsNeitherWipedNorUsed() {
    Scenario host = unfinishedWith("ext4 of another guest");
    ComponentResult result = host.configure(web(VOLUME));
    assertThat(Scenario.actions(result, Outcome.FAILED))
        .containsExactly("finish volume vg0/web, if it is blank");
    assertThat(Scenario.actions(result, Outcome.SKIPPED)).contains("start domain web");
    assertThat(result.actions())
        .anyMatch(
            action ->
                action.cause().contains("not blank: ext4 of another guest")
                    && action.cause().contains("lvremove vg0/web"));
  }

  @Test
  void theNoteOfAnUnfinishedVolumeCountsWithoutTheTag() throws Exception {
    Scenario host =
        host(
            bare ->
                bare.withGroup("vg0", GIB)
                    .withVolume("vg0", "web", volume(GIB, "ext4 of another guest", "ncm-xen")));
    host.file("/etc/xen/.vg0%web.unfinished", "x");
    assertThat(Scenario.actions(host.configure(web(VOLUME)), Outcome.DONE))
        .doesNotContain("start domain web");
  }
}
