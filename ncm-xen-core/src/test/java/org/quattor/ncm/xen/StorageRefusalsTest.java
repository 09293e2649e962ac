package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.host.LvmInventory;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.host.local.ImageFile;
import org.quattor.ncm.xen.host.simulated.Furnishing;

/** Every sentence with which a disk is refused, and that its guest is not started then. */
class StorageRefusalsTest {

  private static final String DISK = "/software/components/xen/domains/web/options/disk/0";
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  private static final String VOLUME =
      """
      {"type": "lvm", "hostdevice": "vg0", "hostvol": "web", "guestdevice": "xvda", "rw": "w",
       "size": 1024}""";
  private static final String NEW_GROUP = with(VOLUME, "\"create\": true, \"path\": \"/dev/sdb\"");
  private static final String IMAGE =
      """
      {"type": "file", "path": "/srv/xen/web.img", "guestdevice": "xvda", "rw": "w",
       "size": 1024}""";
  private static final String DEVICE =
      """
      {"type": "phy", "hostdevice": "/dev/sdb", "guestdevice": "xvda", "rw": "w"}""";

  @TempDir Path folder;
  private Callable<Object> answer = () -> "";
  private String method = "";

  private static String with(String disk, String fields) {
    return disk.substring(0, disk.length() - 1) + ", " + fields + "}";
  }

  private static String without(String disk, String field) {
    return disk.replaceFirst(",\\s*\"" + field + "\": [^,}]+", "");
  }

  private static String guest(String name, String... disks) {
    return """
        "%s": {"options": {"name": "%s", "memory": 512, "bootloader": "pygrub", "disk": [%s]}}
        """
        .formatted(name, name, String.join(", ", disks));
  }

  private static Profile web(String... disks) {
    return Scenario.domains("{" + guest("web", disks) + "}");
  }

  private Scenario host(UnaryOperator<Furnishing> change) {
    return new Scenario(folder).with(change);
  }

  private ComponentPlan plan(Scenario host, Profile profile) {
    XenHost used = method.isEmpty() ? host.host() : AlteredHost.of(host.host(), method, answer);
    ComponentContext context =
        ComponentContext.builder(profile).operations(XenHost.class, used).build();
    return new XenComponent(duration -> {}).plan(Intent.CONFIGURE, context);
  }

  /** Plans, and expects one error with this sentence after the disk's path, and no disk made. */
  private void refused(Scenario host, Profile profile, String id, String sentence) {
    ComponentPlan plan = plan(host, profile);
    assertThat(plan.findings())
        .filteredOn(finding -> finding.severity() == Severity.ERROR)
        .extracting(finding -> finding.id() + " " + finding.sentence())
        .containsExactly(id + " " + DISK + sentence);
    assertThat(plan.actions())
        .filteredOn(action -> action.subject().equals("web"))
        .extracting("type")
        .doesNotContain(
            "start-domain", "create-volume", "create-group", "create-image", "make-filesystem");
  }

  private static List<String> sentences(ComponentPlan plan) {
    return plan.findings().stream().map(Finding::sentence).toList();
  }

  private static Furnishing.Volume volume(long bytes, String content, String... tags) {
    return new Furnishing.Volume(bytes, ImmutableSortedSet.copyOf(tags), content);
  }

  @Test
  void aVolumeThatIsNotToBeMade() {
    refused(
        host(bare -> bare.withGroup("vg0", GIB)),
        web(with(VOLUME, "\"create\": false")),
        "XEN313",
        ": volume vg0/web does not exist; expected it to be there, since it is not to be made"
            + " (create_filesystems and the disk's create must both be true)");
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
        + "; expected a block device without any content that nothing uses (wipe it by hand when"
        + " what is there can go: wipefs(8))";
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
                        new Furnishing.Group(
                            GIB, Furnishing.EXTENT_BYTES, ImmutableSortedSet.of("/dev/sdb")))),
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
    refused(
        host(bare -> bare.withBlockDevice("/dev/sdb", 10 * GIB)),
        profile,
        "XEN322",
        noGroup("it is the disk /software/components/xen/domains/db/options/disk/0"));
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
        plan(host(bare -> bare.withBlockDevice("/dev/sdb", 10 * GIB)), web(NEW_GROUP, other));
    assertThat(sentences(plan))
        .contains(
            DISK.replace("disk/0", "disk/1")
                + noGroup("volume group vg0 is to be made on it")
                    .replace("group vg0 does", "group vg1 does"));
  }

  @Test
  void aGroupOnADeviceThatCannotBeRead() {
    method = "contents";
    answer = AlteredHost.failing("wipefs failed with exit status 1: Input/output error");
    refused(
        host(bare -> bare.withBlockDevice("/dev/sdb", 10 * GIB)),
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

  @Test
  void aVolumeWithoutSize() {
    refused(
        host(bare -> bare.withGroup("vg0", GIB)),
        web(without(VOLUME, "size")),
        "XEN323",
        ": volume vg0/web is to be made, but its size is not declared; expected size in MiB");
    refused(
        host(bare -> bare.withGroup("vg0", GIB)),
        web(VOLUME.replace("1024", "9223372036854775807")),
        "XEN323",
        ": volume vg0/web is to be made, but its size is beyond what any disk has; expected size"
            + " in MiB");
  }

  @Test
  void aVolumeThatDoesNotFit() {
    refused(
        host(bare -> bare.withGroup("vg0", 512 * MIB)),
        web(VOLUME),
        "XEN324",
        ": volume group vg0 has 512 MiB left; expected 1 GiB for web (what other guests of this"
            + " run take is counted in)");
  }

  @Test
  void anUnreadableLvm() {
    method = "inventory";
    answer = AlteredHost.failing("vgs did not end within 120 s and was ended");
    refused(
        host(bare -> bare.withGroup("vg0", GIB)),
        web(VOLUME),
        "XEN320",
        ": the state of LVM is unknown: vgs did not end within 120 s and was ended (the guest is"
            + " not started as long as its volumes cannot be seen)");
  }

  @Test
  void aVolumeThatIsNotActive() {
    method = "look";
    answer = () -> org.quattor.ncm.xen.host.FileEntry.MISSING;
    refused(
        host(bare -> bare.withGroup("vg0", GIB).withVolume("vg0", "web", volume(GIB, "data"))),
        web(VOLUME),
        "XEN327",
        ": volume vg0/web is there, but not active: /dev/vg0/web is missing; expected an active"
            + " volume (lvchange -ay vg0/web)");
  }

  @Test
  void aVolumeWhoseDeviceCannotBeRead() {
    method = "users";
    answer = AlteredHost.failing("cannot find out who uses /dev/vg0/web: input/output error");
    refused(
        host(bare -> bare.withGroup("vg0", GIB).withVolume("vg0", "web", volume(GIB, "data"))),
        web(VOLUME),
        "XEN310",
        ": cannot find out who uses /dev/vg0/web: input/output error; expected a logical volume");
  }

  @Test
  void aFileSystemThatNoProgramMakes() {
    method = "canMake";
    answer = () -> false;
    for (String type : List.of("ext4", "xfs", "swap")) {
      String program = type.equals("swap") ? "mkswap" : "mkfs." + type;
      String end =
          "/filesystem: there is no "
              + program
              + " to make it with, so nothing is made; expected the program "
              + program
              + " (install the package "
              + List.of("e2fsprogs", "xfsprogs", "util-linux")
                  .get(List.of("ext4", "xfs", "swap").indexOf(type))
              + ")";
      String field = "\"filesystem\": \"" + type + "\"";
      refused(
          host(bare -> bare.withBlockDevice("/dev/sdb", 10 * GIB)),
          web(with(NEW_GROUP, field)),
          "XEN316",
          end);
      refused(host(bare -> bare), web(with(IMAGE, field)), "XEN316", end);
    }
  }

  private static String unfinished(String obstacle) {
    return ": a run ended before the file system in volume vg0/web was complete, and "
        + obstacle
        + "; expected a volume without the tag ncm-xen.unfinished (if what is in it is right:"
        + " lvchange --deltag ncm-xen.unfinished vg0/web)";
  }

  @Test
  void anUnfinishedVolumeThatIsNoLongerWanted() {
    Scenario host =
        host(
            bare ->
                bare.withGroup("vg0", GIB)
                    .withVolume("vg0", "web", volume(GIB, "", "ncm-xen", "ncm-xen.unfinished")));
    String formatted = with(VOLUME, "\"filesystem\": \"ext4\"");
    refused(host, web(VOLUME), "XEN317", unfinished("the profile no longer declares one"));
    refused(
        host,
        web(with(formatted, "\"create\": false")),
        "XEN317",
        unfinished("it is no longer to be made"));
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
        unfinished("the domain that uses it runs"));
  }

  @Test
  void aVolumeThatDom0Uses() {
    refused(
        host(
            bare ->
                bare.withGroup("vg0", GIB)
                    .withVolume("vg0", "web", volume(GIB, "", "ncm-xen", "ncm-xen.unfinished"))
                    .withUsers("/dev/vg0/web", "mounted on /mnt", "used as swap")),
        web(with(VOLUME, "\"filesystem\": \"ext4\"")),
        "XEN312",
        ": /dev/vg0/web is in use in dom0: mounted on /mnt, used as swap; expected a disk that"
            + " dom0 does not use (two systems that write to one file system destroy it)");
  }

  @Test
  void aDeviceThatIsAPhysicalVolumeOfDom0() {
    refused(
        host(
            bare ->
                bare.withBlockDevice("/dev/sdb", GIB)
                    .withGroup(
                        "vg0",
                        new Furnishing.Group(
                            GIB, Furnishing.EXTENT_BYTES, ImmutableSortedSet.of("/dev/sdb")))),
        web(DEVICE),
        "XEN312",
        ": /dev/sdb is in use in dom0: physical volume of volume group vg0; expected a disk that"
            + " dom0 does not use (two systems that write to one file system destroy it)");
  }

  private static Furnishing.RunningDomain running(String name, String target, boolean writable) {
    return new Furnishing.RunningDomain(
        1,
        Activity.RUNNING,
        DomainConfiguration.named(name)
            .disks(List.of(new DomainConfiguration.Disk(target, "xvda", writable)))
            .build(),
        ImmutableSortedSet.of());
  }

  @Test
  void aDiskThatAnotherRunningDomainUses() {
    Scenario writer =
        host(
            bare ->
                bare.withBlockDevice("/dev/sdb", GIB)
                    .withDomain("other", running("other", "/dev/sdb", true)));
    String end =
        "expected a disk that nobody else writes to (two systems that write to one file"
            + " system destroy it)";
    refused(
        writer,
        web(DEVICE),
        "XEN315",
        ": /dev/sdb is a disk of the running domain other, which may write to it; " + end);
    refused(
        writer,
        web(DEVICE.replace("\"w\"", "\"r\"")),
        "XEN315",
        ": /dev/sdb is a disk of the running domain other, which may write to it; " + end);
  }

  @Test
  void aDiskThatAnotherRunningDomainReads() {
    Scenario reader =
        host(
            bare ->
                bare.withBlockDevice("/dev/sdb", GIB)
                    .withDomain("other", running("other", "/dev/sdb", false)));
    refused(
        reader,
        web(DEVICE),
        "XEN315",
        ": /dev/sdb is a disk of the running domain other, which reads it; expected a disk that"
            + " nobody else writes to (two systems that write to one file system destroy it)");
    assertThat(plan(reader, web(DEVICE.replace("\"w\"", "\"r\""))).findings()).isEmpty();
  }

  @Test
  void aDiskThatAnotherRunningDomainUsesUnderAnotherName() throws Exception {
    Scenario host =
        host(
            bare ->
                bare.withBlockDevice("/dev/sdb", GIB)
                    .withDomain("other", running("other", "/dev/sdb", true)));
    byId(host);
    refused(
        host,
        web(DEVICE.replace("/dev/sdb", "/dev/disk/by-id/ata-1")),
        "XEN315",
        ": /dev/disk/by-id/ata-1, as /dev/sdb, is a disk of the running domain other, which may"
            + " write to it; expected a disk that nobody else writes to (two systems that write to"
            + " one file system destroy it)");
  }

  private static void byId(Scenario host) throws Exception {
    host.host().files().makeFolder("/dev/disk/by-id", 0755);
    host.host().files().link("/dev/disk/by-id/ata-1", "/dev/sdb");
  }

  @Test
  void oneDiskUnderTwoNames() throws Exception {
    Scenario host = host(bare -> bare.withBlockDevice("/dev/sdb", GIB));
    byId(host);
    String other = DEVICE.replace("/dev/sdb", "/dev/disk/by-id/ata-1");
    ComponentPlan plan =
        plan(host, Scenario.domains("{" + guest("db", other) + "," + guest("web", DEVICE) + "}"));
    String db = DISK.replace("web", "db");
    String end =
        "; expected one guest that writes to it, or only guests that read it (two guests that"
            + " write to one file system destroy it)";
    assertThat(sentences(plan))
        .contains(
            DISK + ": /dev/sdb is another name of /dev/disk/by-id/ata-1, the disk " + db + end,
            db + ": /dev/disk/by-id/ata-1 is another name of /dev/sdb, the disk " + DISK + end);
    assertThat(plan.actions()).extracting("type").doesNotContain("start-domain");
  }

  @Test
  void aDeviceThatIsNone() throws Exception {
    Scenario host = host(bare -> bare);
    String end =
        "; expected a block device (a disk of type phy is never made; for an image use type file)";
    refused(host, web(DEVICE), "XEN311", ": /dev/sdb is nothing" + end);
    host.file("/dev/sdb", "text");
    refused(host, web(DEVICE), "XEN311", ": /dev/sdb is a file" + end);
  }

  @Test
  void aDeviceThatCannotBeRead() {
    method = "users";
    answer = AlteredHost.failing("cannot find out who uses /dev/sdb: input/output error");
    refused(
        host(bare -> bare.withBlockDevice("/dev/sdb", GIB)),
        web(DEVICE),
        "XEN310",
        ": cannot find out who uses /dev/sdb: input/output error; expected a block device");
  }

  @Test
  void anImageThatIsNotToBeMade() {
    refused(
        host(bare -> bare),
        web(with(IMAGE, "\"create\": false")),
        "XEN313",
        ": image /srv/xen/web.img does not exist; expected it to be there, since it is not to be"
            + " made (create_filesystems and the disk's create must both be true)");
  }

  @Test
  void anImageWithoutSize() {
    refused(
        host(bare -> bare),
        web(without(IMAGE, "size")),
        "XEN323",
        ": image /srv/xen/web.img is to be made, but its size is not declared; expected size in"
            + " MiB");
  }

  @Test
  void somethingElseWhereAnImageIsToBe() throws Exception {
    Scenario host = host(bare -> bare.withBlockDevice("/srv/xen/device", GIB));
    host.file("/srv/xen/target", "a guest's data");
    String end = "; expected an image file, or nothing (for a block device use type phy)";
    host.host().files().link("/srv/xen/web.img", "target");
    refused(host, web(IMAGE), "XEN331", ": /srv/xen/web.img is a symbolic link" + end);
    host.host().files().remove("/srv/xen/web.img");
    host.host().files().makeFolder("/srv/xen/web.img", 0700);
    refused(host, web(IMAGE), "XEN331", ": /srv/xen/web.img is a directory" + end);
    refused(
        host,
        web(IMAGE.replace("web.img", "device")),
        "XEN331",
        ": /srv/xen/device is a block device" + end);
  }

  @Test
  void anImageThatCannotBeRead() {
    method = "users";
    answer = AlteredHost.failing("cannot find out who uses /srv/xen/web.img: input/output error");
    refused(
        host(bare -> bare).file("/srv/xen/web.img", "data"),
        web(IMAGE),
        "XEN330",
        ": cannot find out who uses /srv/xen/web.img: input/output error; expected an image");
  }

  @Test
  void anImageThatIsTooShort() {
    refused(
        host(bare -> bare).file("/srv/xen/web.img", "data"),
        web(IMAGE),
        "XEN326",
        "/size: /srv/xen/web.img has 4 bytes; expected 1 GiB (an image that was cut short looks"
            + " like this; grow true would extend it)");
  }

  @Test
  void anImageOfAnotherFormat() {
    String end = "; expected an image in the format that image_format declares";
    String qcow2 = with(IMAGE, "\"image_format\": \"qcow2\"");
    refused(
        host(bare -> bare).file("/srv/xen/web.img", "x".repeat(512)),
        web(qcow2),
        "XEN334",
        ": /srv/xen/web.img is not a qcow2 image of version 2 or 3" + end);
  }

  @Test
  void anImageThatNeedsAnother() throws Exception {
    Scenario host = host(bare -> bare).file("/srv/xen/web.img", "");
    byte[] header = ImageFile.qcow2Header(GIB);
    header[15] = 112;
    Files.write(host.path("/srv/xen/web.img"), header);
    refused(
        host,
        web(with(IMAGE, "\"image_format\": \"qcow2\"")),
        "XEN334",
        ": /srv/xen/web.img has a backing file, which is not supported; flatten it; expected an"
            + " image in the format that image_format declares");
  }

  /** What is declared counts: nobody looks into a raw image, so it has the size of the file. */
  @Test
  void aQcow2FileThatIsDeclaredRawIsWhatItIs() throws Exception {
    Scenario host = host(bare -> bare).file("/srv/xen/web.img", "");
    Files.write(host.path("/srv/xen/web.img"), ImageFile.qcow2Header(GIB));
    refused(
        host,
        web(IMAGE),
        "XEN326",
        "/size: /srv/xen/web.img has 72 bytes; expected 1 GiB (an image that was cut short looks"
            + " like this; grow true would extend it)");
  }

  @Test
  void aQcow2ImageWithoutQemuImg() {
    method = "canCreate";
    answer = () -> false;
    refused(
        host(bare -> bare),
        web(with(IMAGE, "\"image_format\": \"qcow2\"")),
        "XEN332",
        ": there is no qemu-img to make a qcow2 image with; expected the program qemu-img (install"
            + " the package qemu-utils, or qemu-img on Red Hat systems)");
  }

  @Test
  void anImageThatDoesNotFit() {
    refused(
        host(bare -> bare.withImageSpace(512 * MIB)),
        web(with(IMAGE, "\"allocation\": \"reserved\"")),
        "XEN324",
        ": /srv/xen has 512 MiB left; expected 1 GiB for /srv/xen/web.img (what other guests of"
            + " this run take is counted in)");
  }

  @Test
  void anImageWhereTheSpaceCannotBeRead() {
    method = "space";
    answer = AlteredHost.failing("cannot read the free space of /srv/xen: input/output error");
    refused(
        host(bare -> bare),
        web(IMAGE),
        "XEN330",
        ": cannot read the free space of /srv/xen: input/output error");
  }

  @Test
  void aFileSystemWhereNoneCanBe() {
    String end =
        "/filesystem: no file system can be made in this disk; expected a disk of type lvm, or of"
            + " type file with image_format raw";
    String field = "\"filesystem\": \"ext4\"";
    refused(host(bare -> bare), web(with(DEVICE, field)), "XEN370", end);
    refused(
        host(bare -> bare),
        web(with(with(IMAGE, field), "\"image_format\": \"qcow2\"")),
        "XEN370",
        end);
  }

  @Test
  void aLabelThatIsTooLong() {
    refused(
        host(bare -> bare),
        web(with(IMAGE, "\"filesystem\": \"xfs\", \"label\": \"thirteenchars\"")),
        "XEN372",
        "/label: a label of 13 characters; expected at most 12 for xfs");
  }

  @Test
  void whatIsOnlyDoubtfulIsAWarning() {
    Scenario host =
        host(
            bare ->
                bare.withGroup("vg0", 8 * GIB)
                    .withVolume("vg0", "web", new LvmInventory.Volume(2 * GIB, Set.of()))
                    .withVolume("vg0", "small", new LvmInventory.Volume(512 * MIB, Set.of()))
                    .withImageSpace(512 * MIB));
    String small = VOLUME.replace("\"web\"", "\"small\"").replace("xvda", "xvdb");
    String image = with(IMAGE, "\"label\": \"root\"").replace("xvda", "xvdc");
    ComponentPlan plan = plan(host, web(VOLUME, small, image));
    assertThat(plan.findings()).extracting("severity").containsOnly(Severity.WARNING);
    assertThat(sentences(plan))
        .containsExactly(
            DISK.replace("/0", "/2")
                + "/label: a label without filesystem has no effect; expected filesystem beside it",
            DISK + "/size: vg0/web has 2 GiB; expected 1 GiB (nothing is ever made smaller)",
            DISK.replace("/0", "/1")
                + "/size: vg0/small has 512 MiB; expected 1 GiB (grow true would extend it)",
            DISK.replace("/0", "/2")
                + ": /srv/xen has 512 MiB left when what sparse images promise is taken off;"
                + " expected 1 GiB for /srv/xen/web.img (it is made, but writes of guests will"
                + " fail when the space runs out)");
    assertThat(plan.actions()).extracting("type").contains("start-domain");
  }

  @Test
  void anImageIsNotExtendedUnderARunningGuest() {
    Scenario host =
        host(bare -> bare.withDomain("web", running("web", "/srv/xen/web.img", true)))
            .file("/srv/xen/web.img", "data");
    assertThat(sentences(plan(host, web(with(IMAGE, "\"grow\": true")))))
        .contains(
            DISK
                + "/size: /srv/xen/web.img has 4 bytes; expected 1 GiB (an image is not extended"
                + " while its guest runs)");
  }

  @Test
  void disksThatNoGuestHasAreNamedAndLeft() {
    Scenario host = host(bare -> bare.withGroup("vg0", 8 * GIB));
    String file = with(IMAGE.replace("web.img", "old.img"), "\"allocation\": \"reserved\"");
    host.configure(web(VOLUME, file.replace("xvda", "xvdb")));
    String other = VOLUME.replace("\"web\"", "\"new\"");
    ComponentPlan plan = plan(host, web(other, IMAGE.replace("xvda", "xvdb")));
    assertThat(sentences(plan))
        .contains(
            "/software/components/xen/domains: no guest has these any more, which ncm-xen made:"
                + " volume vg0/web, image /srv/xen/old.img (they are left as they are; remove them"
                + " by hand when nobody needs them)");
    host.configure(web(other, IMAGE.replace("xvda", "xvdb")));
    assertThat(host.host().furnishing().volumes()).containsOnlyKeys("vg0/new", "vg0/web");
    assertThat(host.path("/srv/xen/old.img")).exists();
  }

  @Test
  void disksAreNamedWhenTheirGuestIsWithdrawnAndVolumesAfterwards() {
    Scenario host = host(bare -> bare.withGroup("vg0", 8 * GIB));
    host.configure(web(VOLUME, IMAGE.replace("xvda", "xvdb")));
    Profile empty = Scenario.domains("{}");
    assertThat(sentences(plan(host, empty)))
        .contains(
            "/etc/xen/web: is withdrawn; its disks stay: /dev/vg0/web, /srv/xen/web.img (remove by"
                + " hand what nobody needs)");
    host.configure(empty);
    assertThat(sentences(plan(host, empty)))
        .containsExactly(
            "/software/components/xen/domains: no guest has these any more, which ncm-xen made:"
                + " volume vg0/web (they are left as they are; remove them by hand when nobody"
                + " needs them)");
  }

  @Test
  void disksOfInstallOptionsAreNoOrphans() {
    Scenario host = host(bare -> bare.withGroup("vg0", 8 * GIB));
    host.configure(web(VOLUME, IMAGE.replace("xvda", "xvdb")));
    Profile installing =
        Scenario.domains(
            "{"
                + guest("web", VOLUME).strip().replaceFirst("\\}$", "")
                + ", \"install_options\": {\"name\": \"web\", \"memory\": 512, \"kernel\": \"/k\","
                + " \"disk\": ["
                + IMAGE
                + "]}}}");
    assertThat(plan(host, installing).findings()).extracting("id").doesNotContain("XEN319");
    assertThat(ImmutableList.copyOf(host.host().furnishing().images()))
        .containsExactly("/srv/xen/web.img");
  }
}
