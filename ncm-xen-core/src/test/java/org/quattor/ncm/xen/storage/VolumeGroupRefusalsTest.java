package org.quattor.ncm.xen.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.storage.Disks.DEVICE;
import static org.quattor.ncm.xen.storage.Disks.DISK;
import static org.quattor.ncm.xen.storage.Disks.GIB;
import static org.quattor.ncm.xen.storage.Disks.MIB;
import static org.quattor.ncm.xen.storage.Disks.NEW_GROUP;
import static org.quattor.ncm.xen.storage.Disks.VOLUME;
import static org.quattor.ncm.xen.storage.Disks.guest;
import static org.quattor.ncm.xen.storage.Disks.refused;
import static org.quattor.ncm.xen.storage.Disks.running;
import static org.quattor.ncm.xen.storage.Disks.sentences;
import static org.quattor.ncm.xen.storage.Disks.web;
import static org.quattor.ncm.xen.storage.Disks.with;

import com.google.common.collect.ImmutableSortedSet;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;

/** Every sentence with which no volume group is made, and that the guest is not started then. */
class VolumeGroupRefusalsTest {

  @TempDir Path folder;

  private Scenario host(UnaryOperator<SimulatedHostSpec> change) {
    return new Scenario(folder).with(change);
  }

  @Test
  void aGroupThatIsNotToBeMade() {
    refused(
        host(bare -> bare),
        web(VOLUME),
        "XEN313",
        ": volume group vg0 does not exist; expected an existing volume group, or permission to"
            + " create it (run vgcreate vg0 DEVICE; or set create_filesystems and the disk's create"
            + " to true, and path to a blank block device)");
  }

  @Test
  void aGroupWithoutADeviceToMakeItOn() {
    refused(
        host(bare -> bare),
        web(with(VOLUME, "\"create\": true")),
        "XEN321",
        ": volume group vg0 does not exist, and path names no device to create it on; expected an"
            + " existing volume group, or a blank block device in path (run vgcreate vg0 DEVICE,"
            + " or set path)");
  }

  private static String inUse(String users) {
    return ": volume group vg0 does not exist, and dom0 uses /dev/sdb: "
        + users
        + "; expected a block device that nothing uses (set path to another device)";
  }

  private static String taken(String obstacle) {
    return ": volume group vg0 does not exist, and /dev/sdb is taken: "
        + obstacle
        + "; expected a block device that nothing uses (set path to another device)";
  }

  @Test
  void aGroupOnADeviceWithContentOrUsers() {
    refused(
        host(
            bare ->
                bare.withBlockDevice("/dev/sdb", 10 * GIB, "ext4 signature", "partition sdb1")
                    .withUsers("/dev/sdb", "mounted on /srv")),
        web(NEW_GROUP),
        "XEN322",
        inUse("mounted on /srv"));
    refused(
        host(
            bare -> bare.withBlockDevice("/dev/sdb", 10 * GIB, "ext4 signature", "partition sdb1")),
        web(NEW_GROUP),
        "XEN322",
        ": volume group vg0 does not exist, and /dev/sdb is not blank: ext4 signature, partition"
            + " sdb1; expected a blank block device (if you do not need its content, erase it:"
            + " blkdiscard --zeroout /dev/sdb)");
  }

  @Test
  void aGroupOnThePhysicalVolumeOfAnother() {
    refused(
        host(
            bare ->
                bare.withBlockDevice("/dev/sdb", 10 * GIB)
                    .withGroup(
                        "other",
                        new SimulatedHostSpec.Group(
                            GIB,
                            SimulatedHostSpec.EXTENT_BYTES,
                            ImmutableSortedSet.of("/dev/sdb")))),
        web(NEW_GROUP),
        "XEN322",
        inUse("physical volume of volume group other"));
  }

  @Test
  void aGroupOnWhatIsNoDevice() throws Exception {
    String end = "; expected a blank block device (correct path)";
    refused(
        host(bare -> bare),
        web(NEW_GROUP),
        "XEN322",
        ": volume group vg0 does not exist, and neither does /dev/sdb" + end);
    refused(
        host(bare -> bare).file("/dev/sdb", "text"),
        web(NEW_GROUP),
        "XEN322",
        ": volume group vg0 does not exist, and /dev/sdb is a file" + end);
  }

  @Test
  void aGroupOnTheDiskOfAGuest() {
    Profile profile =
        Scenario.domains("{" + guest("db", DEVICE) + "," + guest("web", NEW_GROUP) + "}");
    ComponentPlan plan = host(bare -> bare.withBlockDevice("/dev/sdb", 10 * GIB)).plan(profile);
    assertThat(Scenario.findings(plan))
        .contains("XEN138 " + DISK.replace("/web/", "/db/"), "XEN322 " + DISK);
    assertThat(sentences(plan))
        .contains(
            DISK + taken("it is the disk /software/components/xen/domains/db/options/disk/0"));
    assertThat(plan.actions())
        .noneMatch(action -> action.summary().contains("volume"))
        .noneMatch(action -> action.summary().equals("start domain web"));
  }

  @Test
  void aGroupOnTheDiskOfARunningDomain() {
    refused(
        host(
            bare ->
                bare.withBlockDevice("/dev/sdb", 10 * GIB)
                    .withDomain("other", running("other", "/dev/sdb", true))),
        web(NEW_GROUP),
        "XEN322",
        taken("running domain other uses it"));
  }

  @Test
  void twoGroupsOnOneDevice() {
    String other = NEW_GROUP.replace("vg0", "vg1").replace("xvda", "xvdb");
    ComponentPlan plan =
        host(bare -> bare.withBlockDevice("/dev/sdb", 10 * GIB)).plan(web(NEW_GROUP, other));
    assertThat(sentences(plan))
        .contains(
            DISK.replace("disk/0", "disk/1")
                + ": volume group vg1 does not exist, and this run creates volume group vg0 on"
                + " /dev/sdb; expected a block device for each volume group (set path to another"
                + " device)");
  }

  @Test
  void aGroupOnADeviceThatCannotBeRead() {
    refused(
        host(bare -> bare.withBlockDevice("/dev/sdb", 10 * GIB))
            .failing("contents", "wipefs failed with exit status 1: Input/output error"),
        web(NEW_GROUP),
        "XEN322",
        ": volume group vg0 does not exist, and it is unknown what /dev/sdb holds: wipefs failed"
            + " with exit status 1: Input/output error; expected a blank block device (check the"
            + " device with lsblk and dmesg)");
  }

  @Test
  void aNewGroupThatIsTooSmallForItsVolume() {
    refused(
        host(bare -> bare.withBlockDevice("/dev/sdb", 1024 * MIB)),
        web(NEW_GROUP),
        "XEN324",
        ": volume group vg0 has 1020 MiB left; expected 1 GiB for logical volume vg0/web (extend the"
            + " volume group with vgextend, or lower size; disks of other guests in this run are"
            + " counted)");
  }
}
