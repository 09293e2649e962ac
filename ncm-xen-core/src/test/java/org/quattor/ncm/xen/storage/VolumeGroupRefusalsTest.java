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
        ": volume group vg0 does not exist; expected it to be there, since it is not to be made"
            + " (create_filesystems and the disk's create must both be true)");
  }

  @Test
  void aGroupWithoutADeviceToMakeItOn() {
    refused(
        host(bare -> bare),
        web(with(VOLUME, "\"create\": true")),
        "XEN321",
        ": volume group vg0 does not exist, and path names no device to make it on; expected the"
            + " volume group, or path with a blank block device (vgcreate(8) makes one by hand)");
  }

  private static String noGroup(String obstacle) {
    return ": volume group vg0 does not exist, and none is made on /dev/sdb: "
        + obstacle
        + "; expected a block device without any content that nothing uses (if its content"
        + " is not needed, erase it: blkdiscard --zeroout /dev/sdb)";
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
        noGroup("mounted on /srv, ext4 signature, partition sdb1"));
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
        noGroup("physical volume of volume group other, LVM2_member signature"));
  }

  @Test
  void aGroupOnWhatIsNoDevice() {
    refused(host(bare -> bare), web(NEW_GROUP), "XEN322", noGroup("it is nothing"));
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
            DISK + noGroup("it is the disk /software/components/xen/domains/db/options/disk/0"));
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
        noGroup("it is a disk of the running domain other"));
  }

  @Test
  void twoGroupsOnOneDevice() {
    String other = NEW_GROUP.replace("vg0", "vg1").replace("xvda", "xvdb");
    ComponentPlan plan =
        host(bare -> bare.withBlockDevice("/dev/sdb", 10 * GIB)).plan(web(NEW_GROUP, other));
    assertThat(sentences(plan))
        .contains(
            DISK.replace("disk/0", "disk/1")
                + noGroup("volume group vg0 is to be made on it")
                    .replace("group vg0 does", "group vg1 does"));
  }

  @Test
  void aGroupOnADeviceThatCannotBeRead() {
    refused(
        host(bare -> bare.withBlockDevice("/dev/sdb", 10 * GIB))
            .failing("contents", "wipefs failed with exit status 1: Input/output error"),
        web(NEW_GROUP),
        "XEN322",
        ": volume group vg0 does not exist, and wipefs failed with exit status 1: Input/output"
            + " error; expected a block device that can be looked at (none is made on a device"
            + " whose content is not known)");
  }

  @Test
  void aNewGroupThatIsTooSmallForItsVolume() {
    refused(
        host(bare -> bare.withBlockDevice("/dev/sdb", 1024 * MIB)),
        web(NEW_GROUP),
        "XEN324",
        ": volume group vg0 has 1020 MiB left; expected 1 GiB for web (what other guests of this"
            + " run take is counted in)");
  }
}
