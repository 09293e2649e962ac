package org.quattor.ncm.xen.host.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.host.Allocation;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainConfiguration.Disk;
import org.quattor.ncm.xen.host.DomainConfiguration.Share;
import org.quattor.ncm.xen.host.DomainConfiguration.Vif;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.host.LvmInventory;
import org.quattor.ncm.xen.host.NewImage;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec.RunningDomain;

class SimulatedHostTest {

  private static final long MIB = 1L << 20;

  @TempDir Path temp;

  private SimulatedHost open(SimulatedHostSpec spec) throws HostFailure {
    return SimulatedHost.open(temp.resolve("dom0"), spec, new PlainGuestFile());
  }

  private static void guestFile(SimulatedHost host, String name, String lines) throws HostFailure {
    String text = "name = \"" + name + "\"\n" + lines;
    host.files().write("/etc/xen/" + name, text.getBytes(UTF_8), 0600);
  }

  private static void failsToStart(SimulatedHost host, String name, String message) {
    assertThatThrownBy(() -> host.domains(Toolstack.XL).start("/etc/xen/" + name))
        .isInstanceOf(HostFailure.class)
        .hasMessage(message);
  }

  @Test
  void readingWritesNothing() throws Exception {
    SimulatedHost host = open(SimulatedHostSpec.bare().withGroup("xenvg", 8 * MIB));
    host.facts();
    host.volumes().inventory();
    host.domains(Toolstack.XL).list();
    assertThat(host.files().list("/etc/xen")).containsOnlyKeys("auto");
    assertThat(host.files().look("/etc/xen/auto").kind()).isEqualTo(Kind.DIRECTORY);
    assertThat(temp.resolve("dom0")).doesNotExist();
    assertThat(host.commands()).isEqualTo(3);
  }

  @Test
  void whatIsSeenIsTheSameBeforeAndAfterTheFirstWrite() throws Exception {
    SimulatedHost host = open(SimulatedHostSpec.bare());
    var before = host.files().list("/etc/xen");
    var folder = host.files().look("/etc/xen/auto");
    host.materialise();
    assertThat(temp.resolve("dom0/host.json")).exists();
    assertThat(host.files().list("/etc/xen")).isEqualTo(before);
    assertThat(host.files().look("/etc/xen/auto")).isEqualTo(folder);
  }

  @Test
  void theFurnishingOfAHostThatIsThereIsNotLookedAt() throws Exception {
    open(SimulatedHostSpec.bare().withGroup("xenvg", 8 * MIB)).materialise();
    assertThat(open(SimulatedHostSpec.bare()).volumes().inventory().groups())
        .containsOnlyKeys("xenvg");
  }

  @Test
  void aFolderWithOtherThingsIsNotTouched() throws Exception {
    Path folder = Files.createDirectory(temp.resolve("dom0"));
    Files.writeString(folder.resolve("thesis.txt"), "x");
    assertThatThrownBy(() -> open(SimulatedHostSpec.bare()))
        .isInstanceOf(HostFailure.class)
        .hasMessage(
            folder
                + " is not a simulated host: it is not empty and has no host.json; name a directory that"
                + " is missing or empty");
  }

  @Test
  void aVolumeIsABlockDevice() throws Exception {
    SimulatedHost host = open(SimulatedHostSpec.bare().withGroup("xenvg", 40 * MIB));
    host.volumes().createVolume("xenvg", "vm1", 8 * MIB, Set.of());
    assertThat(host.files().look("/dev/xenvg/vm1").kind()).isEqualTo(Kind.BLOCK_DEVICE);
    assertThat(host.storage().look("/dev/xenvg/vm1").sizeBytes()).isEqualTo(8 * MIB);
    assertThatThrownBy(() -> host.files().write("/dev/xenvg/vm1", new byte[1], 0600))
        .hasMessage("/dev/xenvg/vm1 is a block device, which is left alone");
  }

  @Test
  void aDeviceTellsItsUsersAndContents() throws Exception {
    SimulatedHost host =
        open(
            SimulatedHostSpec.bare()
                .withBlockDevice("/dev/sdb", 1 << 30, "ext4 signature")
                .withUsers("/dev/sdb", "mounted on /srv")
                .withBlockDevice("/dev/sdc", 1 << 30));
    host.volumes().createGroup("newvg", "/dev/sdc");
    host.files().makeFolder("/dev/disk/by-id", 0755);
    host.files().link("/dev/disk/by-id/ata-1", "../../sdb");
    assertThat(host.filesystems().contents("/dev/disk/by-id/ata-1"))
        .containsExactly("ext4 signature");
    assertThat(host.storage().users("/dev/sdb")).containsExactly("mounted on /srv");
    assertThat(host.filesystems().contents("/dev/sdc")).containsExactly("LVM2_member signature");
    assertThat(host.storage().users("/dev/sdc"))
        .containsExactly("physical volume of volume group newvg");
    assertThatThrownBy(() -> host.volumes().createGroup("third", "/dev/sdc"))
        .hasMessage(
            "vgcreate (simulated) failed with exit status 5: Physical volume '/dev/sdc' is already"
                + " in volume group 'newvg'");
  }

  @Test
  void reservedImagesUseUpTheSpaceAndSparseOnesDoNot() throws Exception {
    SimulatedHost host = open(SimulatedHostSpec.bare().withImageSpace(10 * MIB));
    host.files().makeFolder("/srv", 0755);
    var storage = host.storage();
    NewImage sparse = NewImage.blank(ImageFormat.RAW, 100 * MIB, Allocation.SPARSE);
    storage.createImage("/srv/a", sparse, n -> {});
    NewImage reserved = NewImage.blank(ImageFormat.RAW, 6 * MIB, Allocation.RESERVED);
    storage.createImage("/srv/b", reserved, n -> {});
    assertThat(host.filesystems().space("/srv").freeBytes()).isEqualTo(4 * MIB);
    NewImage zeroed = NewImage.blank(ImageFormat.RAW, 6 * MIB, Allocation.ZEROED);
    assertThatThrownBy(() -> storage.createImage("/srv/c", zeroed, n -> {}))
        .hasMessage("cannot create image /srv/c: 6291456 bytes needed, 4194304 free");
    assertThat(host.files().list("/srv")).containsOnlyKeys("a", "b");
  }

  @Test
  void aMissingDiskKeepsADomainFromStarting() throws Exception {
    SimulatedHost host = open(SimulatedHostSpec.bare());
    guestFile(host, "vm1", "disk = \"/dev/xenvg/vm1\"\n");
    failsToStart(
        host,
        "vm1",
        "xl create (simulated) failed with exit status 3: Disk /dev/xenvg/vm1 failed to stat:"
            + " nothing");
  }

  @Test
  void aMissingBridgeKeepsADomainFromStarting() throws Exception {
    SimulatedHost host = open(SimulatedHostSpec.bare().withBridge("xenbr0"));
    guestFile(host, "vm1", "bridge = \"xenbr1\"\n");
    guestFile(host, "vm2", "bridge = \"xenbr0\"\n");
    failsToStart(
        host,
        "vm1",
        "xl create (simulated) failed with exit status 3: Could not find bridge device xenbr1");
    host.domains(Toolstack.XL).start("/etc/xen/vm2");
  }

  @Test
  void aDiskThatARunningDomainWritesToIsNotShared() throws Exception {
    SimulatedHost host =
        open(
            SimulatedHostSpec.bare()
                .withBlockDevice("/dev/sdb", MIB)
                .withBlockDevice("/dev/x.iso", MIB));
    for (String name : new String[] {"vm1", "vm2"}) {
      guestFile(host, name, "disk = \"/dev/sdb\"\n");
    }
    for (String name : new String[] {"vm3", "vm4"}) {
      guestFile(host, name, "disk = \"/dev/x.iso\"\n");
      host.domains(Toolstack.XL).start("/etc/xen/" + name);
    }
    host.domains(Toolstack.XL).start("/etc/xen/vm1");
    failsToStart(
        host,
        "vm2",
        "xl create (simulated) failed with exit status 3: Device /dev/sdb is mounted in a guest"
            + " domain (vm1), and so cannot be mounted now.");
    host.domains(Toolstack.XL).shutdown("vm1", Duration.ZERO);
    host.domains(Toolstack.XL).start("/etc/xen/vm2");
  }

  @Test
  void aGuestFileThatCannotBeReadFailsWithTheReadersWords() throws Exception {
    SimulatedHost host = open(SimulatedHostSpec.bare());
    host.files().write("/etc/xen/vm1", "memory = 1\n".getBytes(UTF_8), 0600);
    failsToStart(host, "vm1", "/etc/xen/vm1: Domain name must be specified.");
  }

  @Test
  void aToolstackWorksOnlyWhereItCould() throws Exception {
    HostFacts facts = new HostFacts(Set.of(Toolstack.XM, Toolstack.XL), false, false, null, "h");
    SimulatedHost plain = open(SimulatedHostSpec.bare().withFacts(facts));
    assertThatThrownBy(() -> plain.domains(Toolstack.XL).list())
        .hasMessage(
            "xl list (simulated) failed with exit status 1: cannot open libxc handle: not booted on"
                + " Xen");
    HostFacts booted = new HostFacts(Set.of(Toolstack.XM), false, true, null, "h");
    SimulatedHost xm = open(SimulatedHostSpec.bare().withFacts(booted));
    assertThatThrownBy(() -> xm.domains(Toolstack.XM).list())
        .hasMessageContaining("Is xend running?");
    assertThatThrownBy(() -> xm.domains(Toolstack.XL).list())
        .hasMessage("cannot run xl: it is not installed");
  }

  @Test
  void everythingSurvivesInTheStateFile() throws Exception {
    SimulatedHostSpec spec =
        SimulatedHostSpec.bare()
            .withFacts(new HostFacts(Set.of(Toolstack.XL, Toolstack.XM), true, true, null, "h"))
            .withImageSpace(5)
            .withGroup(
                "xenvg",
                new SimulatedHostSpec.Group(64 * MIB, 32 * MIB, ImmutableSortedSet.of("/dev/sdb")))
            .withVolume("xenvg", "vm1", new LvmInventory.Volume(32 * MIB, Set.of("a", "b")))
            .withBlockDevice("/dev/sdb", 96 * MIB, "x \"quoted\"")
            .withVolume(
                "xenvg",
                "vm2",
                new SimulatedHostSpec.Volume(
                    32 * MIB, ImmutableSortedSet.of("a"), "a guest's data"))
            .withUsers("/srv/i.img", "attached as /dev/loop0")
            .withMarkedImage("/srv/i.img")
            .withBridge("xenbr0")
            .withDomain(
                "vm1",
                new RunningDomain(
                    7,
                    Activity.SHUT_DOWN,
                    DomainConfiguration.named("vm1")
                        .uuid("u")
                        .memoryKib(65_536L)
                        .maxMemoryKib(131_072L)
                        .vcpus(1)
                        .maxVcpus(2)
                        .share(new Share("credit2", 512, 50))
                        .affinity(ImmutableList.of(ImmutableSet.of(0, 1), ImmutableSet.of(1)))
                        .disks(ImmutableList.of(new Disk("/dev/xenvg/vm1", "xvda", true)))
                        .vifs(ImmutableList.of(new Vif("00:16:3e:00:00:01", "xenbr0")))
                        .settings(ImmutableMap.of("kernel", "/boot/vmlinuz"))
                        .stored("name = \"vm1\"\n")
                        .build(),
                    ImmutableSortedSet.of("/dev/xenvg/vm1")))
            .withWatched("vm2");
    open(spec).materialise();
    assertThat(open(SimulatedHostSpec.bare()).spec()).isEqualTo(spec);
  }

  @Test
  void theStateFileCannotBeReachedAsAFileOfTheHost() throws Exception {
    SimulatedHost host = open(SimulatedHostSpec.bare());
    assertThatThrownBy(() -> host.files().write("/host.json", new byte[0], 0600))
        .hasMessage("/host.json is the state of the simulated host itself");
  }
}
