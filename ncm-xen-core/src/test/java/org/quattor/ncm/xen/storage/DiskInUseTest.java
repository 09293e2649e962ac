package org.quattor.ncm.xen.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.storage.Disks.DEVICE;
import static org.quattor.ncm.xen.storage.Disks.DISK;
import static org.quattor.ncm.xen.storage.Disks.GIB;
import static org.quattor.ncm.xen.storage.Disks.VOLUME;
import static org.quattor.ncm.xen.storage.Disks.guest;
import static org.quattor.ncm.xen.storage.Disks.refused;
import static org.quattor.ncm.xen.storage.Disks.running;
import static org.quattor.ncm.xen.storage.Disks.sentences;
import static org.quattor.ncm.xen.storage.Disks.volume;
import static org.quattor.ncm.xen.storage.Disks.web;
import static org.quattor.ncm.xen.storage.Disks.with;

import com.google.common.collect.ImmutableSortedSet;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;

/** A disk that dom0, a running domain or another guest uses is refused, under whichever name. */
class DiskInUseTest {

  @TempDir Path folder;

  private Scenario host(UnaryOperator<SimulatedHostSpec> change) {
    return new Scenario(folder).with(change);
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
                        new SimulatedHostSpec.Group(
                            GIB,
                            SimulatedHostSpec.EXTENT_BYTES,
                            ImmutableSortedSet.of("/dev/sdb")))),
        web(DEVICE),
        "XEN312",
        ": /dev/sdb is in use in dom0: physical volume of volume group vg0; expected a disk that"
            + " dom0 does not use (two systems that write to one file system destroy it)");
  }

  @Test
  void aDiskThatAnotherRunningDomainUses() {
    Scenario writer =
        host(
            bare ->
                bare.withBlockDevice("/dev/sdb", GIB)
                    .withDomain("other", running("other", "/dev/sdb", true)));
    String end =
        "expected a disk that no other domain writes to (two systems that write to one file"
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
            + " no other domain uses (two systems that write to one file system destroy it)");
    assertThat(reader.plan(web(DEVICE.replace("\"w\"", "\"r\""))).findings()).isEmpty();
  }

  @Test
  void aDiskThatADomainHasByItsNameInDev() {
    refused(
        host(
            bare ->
                bare.withBlockDevice("/dev/sdb", GIB)
                    .withDomain("other", running("other", "sdb", true))),
        web(DEVICE),
        "XEN315",
        ": /dev/sdb (sdb) is a disk of the running domain other, which may write to it; expected"
            + " a disk that no other domain writes to (two systems that write to one file system"
            + " destroy it)");
  }

  /** Dom0 has it mounted on its own account, whatever domains have the disk. */
  @Test
  void aDiskThatDom0AndADomainUse() {
    SimulatedHostSpec.RunningDomain reader = running("other", "/dev/sdb", false);
    refused(
        host(
            bare ->
                bare.withBlockDevice("/dev/sdb", GIB)
                    .withUsers("/dev/sdb", "attached as /dev/loop3", "mounted on /mnt")
                    .withDomain("other", reader)),
        web(DEVICE.replace("\"w\"", "\"r\"")),
        "XEN312",
        ": /dev/sdb is in use in dom0: mounted on /mnt; expected a disk that dom0 does not use (two"
            + " systems that write to one file system destroy it)");
    assertThat(
            host(bare ->
                    bare.withBlockDevice("/dev/sdb", GIB)
                        .withUsers("/dev/sdb", "attached as /dev/loop3")
                        .withDomain("other", reader))
                .plan(web(DEVICE.replace("\"w\"", "\"r\"")))
                .findings())
        .isEmpty();
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
        ": /dev/disk/by-id/ata-1 (/dev/sdb) is a disk of the running domain other, which may"
            + " write to it; expected a disk that no other domain writes to (two systems that write to"
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
        host.plan(Scenario.domains("{" + guest("db", other) + "," + guest("web", DEVICE) + "}"));
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
}
