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

  private static final String DOM0 =
      "expected a disk that dom0 does not use (release it in dom0, or give the guest another disk;"
          + " two systems that write to one file system destroy it)";

  private static final String WRITTEN =
      "expected a disk that no other domain writes to (run xl shutdown other, or give the guest"
          + " another disk; two systems that write to one file system destroy it)";

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
        ": dom0 uses /dev/vg0/web: mounted on /mnt, used as swap; " + DOM0);
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
        ": dom0 uses /dev/sdb: physical volume of volume group vg0; " + DOM0);
  }

  @Test
  void aDiskThatAnotherRunningDomainUses() {
    Scenario writer =
        host(
            bare ->
                bare.withBlockDevice("/dev/sdb", GIB)
                    .withDomain("other", running("other", "/dev/sdb", true)));
    refused(
        writer,
        web(DEVICE),
        "XEN315",
        ": running domain other uses /dev/sdb, and may write to it; " + WRITTEN);
    refused(
        writer,
        web(DEVICE.replace("\"w\"", "\"r\"")),
        "XEN315",
        ": running domain other uses /dev/sdb, and may write to it; " + WRITTEN);
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
        ": running domain other reads /dev/sdb; expected a disk that no other domain uses (run xl"
            + " shutdown other, or give the guest another disk; two systems that use one file"
            + " system destroy it when one of them writes)");
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
        ": running domain other uses /dev/sdb as sdb, and may write to it; " + WRITTEN);
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
        ": dom0 uses /dev/sdb: mounted on /mnt; " + DOM0);
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
        ": running domain other uses /dev/disk/by-id/ata-1 as /dev/sdb, and may write to it; "
            + WRITTEN);
  }

  private static void byId(Scenario host) throws Exception {
    host.host().files().makeFolder("/dev/disk/by-id", 0755);
    host.host().files().link("/dev/disk/by-id/ata-1", "/dev/sdb");
  }

  @Test
  void aDiskAndAPartOfIt() throws Exception {
    Scenario host =
        host(bare -> bare.withBlockDevice("/dev/sdb", GIB).withBlockDevice("/dev/sdb1", GIB));
    byId(host);
    String part = DEVICE.replace("/dev/sdb", "/dev/sdb1");
    String whole = DEVICE.replace("/dev/sdb", "/dev/disk/by-id/ata-1");
    ComponentPlan plan =
        host.plan(Scenario.domains("{" + guest("db", part) + "," + guest("web", whole) + "}"));
    assertThat(sentences(plan))
        .contains(
            DISK
                + ": /dev/disk/by-id/ata-1 overlaps /dev/sdb1, the disk "
                + DISK.replace("web", "db")
                + "; expected one guest that writes to it, or only guests that read it (give each"
                + " guest its own disk, or set rw to r for both)");
    assertThat(plan.actions()).extracting("type").doesNotContain("start-domain");
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
        ", are the same device; expected one guest that writes to it, or only guests that read it"
            + " (give each guest its own disk, or set rw to r for both)";
    assertThat(sentences(plan))
        .contains(
            DISK + ": /dev/sdb and /dev/disk/by-id/ata-1, the disk " + db + end,
            db + ": /dev/disk/by-id/ata-1 and /dev/sdb, the disk " + DISK + end);
    assertThat(plan.actions()).extracting("type").doesNotContain("start-domain");
  }
}
