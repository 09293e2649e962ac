package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostStorage;
import org.quattor.ncm.xen.host.local.ImageFile;

/** One disk and its many names and users, on real loop devices and in real mount namespaces. */
class DiskNamesTest {

  private static final long MIB = 1L << 20;
  private static final String GROUP = "ncm-xen-names-" + ProcessHandle.current().pid();

  private final LinuxHost host = new LinuxHost(Duration.ofSeconds(60), line -> {});
  private final List<String> devices = new ArrayList<>();
  @TempDir Path temp;

  @AfterEach
  void detachAll() throws Exception {
    for (int i = devices.size() - 1; i >= 0; i--) {
      RealDevices.detach(devices.get(i));
    }
  }

  private Path image(String name) throws Exception {
    Path image = Files.createFile(temp.resolve(name));
    ImageFile.setLength(image, 44 * MIB);
    return image;
  }

  private String attach(Path image) throws Exception {
    String device = RealDevices.attach(image);
    devices.add(device);
    return device;
  }

  private boolean overlap(Object one, Object other) throws HostFailure {
    HostStorage storage = host.storage();
    return storage.identity(one.toString()).overlaps(storage.identity(other.toString()));
  }

  @Test
  void anImageIsTheLoopDeviceThatShowsIt() throws Exception {
    Path image = image("web.img");
    Path other = image("other.img");
    String device = attach(image);
    assertThat(overlap(image, device)).isTrue();
    assertThat(overlap(Files.createSymbolicLink(temp.resolve("link"), image), device)).isTrue();
    assertThat(overlap(Files.createLink(temp.resolve("hard"), image), device)).isTrue();
    assertThat(overlap(other, device)).isFalse();
    assertThat(overlap(other, attach(other))).isTrue();
  }

  @Test
  void aPartitionIsAPartOfItsDiskAndNotOfItsNeighbour() throws Exception {
    RealDevices.need("sfdisk");
    Path image = image("disk.img");
    RealDevices.command(
        "sh", "-c", "printf 'label: gpt\\nsize=8MiB\\nsize=8MiB\\n' | sfdisk -q " + image);
    String device = attach(image);
    RealDevices.command("losetup", "-d", device);
    devices.clear();
    device = RealDevices.command("losetup", "-P", "-f", "--show", image.toString()).strip();
    devices.add(device);
    assumeTrue(Files.exists(Path.of(device + "p2")), "no nodes of partitions are made here");
    assertThat(overlap(device, device + "p1")).isTrue();
    assertThat(overlap(image, device + "p1")).isTrue();
    assertThat(overlap(device + "p1", device + "p2")).isFalse();
  }

  @Test
  void twoLoopDevicesOfOneFileAreOneDiskButNotTwoPartsOfIt() throws Exception {
    Path image = image("web.img");
    String one = attach(image);
    String other = attach(image);
    assertThat(overlap(one, other)).isTrue();
    assertThat(host.storage().users(one)).containsExactly("attached as " + other);
    String begin = part(image, "--sizelimit", "8388608");
    String end = part(image, "--offset", "8388608");
    assertThat(overlap(begin, end)).isFalse();
    assertThat(overlap(one, end)).isTrue();
    assertThat(overlap(end, part(image, "--offset", "8388608"))).isTrue();
    assertThat(host.storage().users(begin))
        .containsExactlyInAnyOrder("attached as " + one, "attached as " + other);
  }

  private String part(Path image, String option, String bytes) throws Exception {
    String device =
        RealDevices.command("losetup", option, bytes, "-f", "--show", image.toString()).strip();
    devices.add(device);
    return device;
  }

  /** The toolstack attaches the image of a domain, but mounts nothing. */
  @Test
  void aLoopDeviceOfADomainIsNoUseUnlessDom0HasMountedIt() throws Exception {
    RealDevices.need("mkfs.ext4");
    Path image = image("web.img");
    RealDevices.command("mkfs.ext4", "-q", image.toString());
    String device = attach(image);
    assertThat(host.storage().usersBesideDomain(image.toString())).isEmpty();
    Path place = Files.createDirectory(temp.resolve("place"));
    RealDevices.command("mount", device, place.toString());
    try {
      assertThat(host.storage().usersBesideDomain(image.toString()))
          .containsExactly("attached as " + device + ", mounted on " + place);
      assertThat(host.storage().usersBesideDomain(device)).containsExactly("mounted on " + place);
    } finally {
      RealDevices.command("umount", place.toString());
    }
  }

  @Test
  void aPhysicalVolumeOfDom0IsInUseWithoutAnActiveVolume() throws Exception {
    RealDevices.need("vgcreate");
    String device = attach(image("pv.img"));
    RealDevices.command("vgcreate", GROUP, device);
    try {
      assertThat(host.storage().users(device))
          .containsExactly("physical volume of volume group " + GROUP);
      PhysicalVolume read = PhysicalVolume.read(Path.of(device)).orElseThrow();
      assertThat(read.group()).isEqualTo(GROUP);
      assertThat(read.creationHost()).isEqualTo(RealDevices.command("uname", "-n").strip());
    } finally {
      RealDevices.command("vgremove", "-f", "-y", GROUP);
    }
    assertThat(host.storage().users(device)).isEmpty();
  }

  /** As one of a guest is, which dom0 sees on the guest's disk. */
  @Test
  void aPhysicalVolumeOfAnotherSystemIsThatSystemsOwn() throws Exception {
    RealDevices.need("vgcreate");
    RealDevices.need("unshare");
    String device = attach(image("guest.img"));
    Path backups = Files.createDirectory(temp.resolve("lvm"));
    RealDevices.command(
        "unshare",
        "-u",
        "sh",
        "-c",
        "hostname guest1 && LVM_SYSTEM_DIR=" + backups + " vgcreate " + GROUP + " " + device);
    try {
      assertThat(PhysicalVolume.read(Path.of(device)).orElseThrow().creationHost())
          .isEqualTo("guest1");
      assertThat(host.storage().users(device)).isEmpty();
    } finally {
      RealDevices.command("vgremove", "-f", "-y", GROUP);
    }
  }

  /** Another mount namespace shows another file at the path that the kernel names. */
  @Test
  void aLoopDeviceOfAnotherMountNamespaceIsFoundByTheNumberOfItsFile() throws Exception {
    RealDevices.need("unshare");
    Path image = image("web.img");
    Path decoy = image("decoy.img");
    Files.createDirectory(temp.resolve("there"));
    Path same = Files.createFile(temp.resolve("there/web.img"));
    ImageFile.setLength(same, 44 * MIB);
    String device =
        RealDevices.command(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount --bind " + image + " " + same + " && losetup -f --show " + same)
            .strip();
    devices.add(device);
    assertThat(host.storage().users(image.toString())).containsExactly("attached as " + device);
    assertThat(host.storage().users(same.toString())).isEmpty();
    assertThat(host.storage().users(decoy.toString())).isEmpty();
  }

  @Test
  void aMountInAnotherMountNamespaceIsAUse() throws Exception {
    RealDevices.need("mkfs.ext4");
    RealDevices.need("unshare");
    String device = attach(image("data.img"));
    RealDevices.command("mkfs.ext4", "-q", device);
    Path place = Files.createDirectory(temp.resolve("place"));
    Process other =
        new ProcessBuilder(
                "unshare", "-m", "sh", "-c", "mount " + device + " " + place + " && echo ok && cat")
            .start();
    try {
      assertThat(other.getInputStream().readNBytes(2)).isEqualTo("ok".getBytes("US-ASCII"));
      assertThat(host.storage().users(device))
          .singleElement()
          .asString()
          .startsWith("mounted on " + place + " in the mount namespace of process ");
    } finally {
      other.getOutputStream().close();
      other.waitFor();
    }
  }
}
