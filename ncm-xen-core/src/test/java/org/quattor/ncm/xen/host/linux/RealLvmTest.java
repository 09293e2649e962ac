package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostVolumes;
import org.quattor.ncm.xen.host.LvmInventory;
import org.quattor.ncm.xen.host.local.ImageFile;

/** The real LVM on loop devices; volumes need device-mapper in the kernel, groups do not. */
class RealLvmTest {

  private static final long MIB = 1L << 20;
  private static final String GROUP = "ncm-xen-test-" + ProcessHandle.current().pid();
  private static final Path DEVICE_MAPPER = Path.of("/sys/class/misc/device-mapper");

  private final HostVolumes volumes = new LinuxHost(Duration.ofSeconds(60), line -> {}).volumes();
  @TempDir Path temp;
  private String device = "";

  @BeforeEach
  void attachADevice() throws Exception {
    RealDevices.need("vgcreate");
    Path image = Files.createFile(temp.resolve("disk.img"));
    ImageFile.setLength(image, 44 * MIB);
    device = RealDevices.attach(image);
  }

  @AfterEach
  void takeItAllAway() throws Exception {
    if (!device.isEmpty()) {
      if (volumes.inventory().group(GROUP).isPresent()) {
        RealDevices.command("vgremove", "-f", "-f", "-y", GROUP);
      }
      RealDevices.detach(device);
    }
  }

  @Test
  void aGroupIsMadeAndListed() throws Exception {
    assertThat(volumes.inventory().group(GROUP)).isEmpty();
    volumes.createGroup(GROUP, device);
    assertThat(volumes.inventory().group(GROUP))
        .contains(new LvmInventory.Group(4 * MIB, 40 * MIB));
  }

  @Test
  void aDeviceWithAFileSystemIsLeftAlone() throws Exception {
    RealDevices.need("mkfs.ext4");
    RealDevices.command("mkfs.ext4", "-q", device);
    assertThatThrownBy(() -> volumes.createGroup(GROUP, device))
        .isInstanceOf(HostFailure.class)
        .hasMessage(
            "vgcreate -- "
                + GROUP
                + " "
                + device
                + " failed with exit status 5: WARNING: ext4 signature detected on "
                + device
                + " at offset 1080. Wipe it? [y/n]: [n]; Aborted wiping of ext4.; 1 existing"
                + " signature left on the device.");
    assertThat(RealDevices.command("wipefs", "--no-act", "--parsable", device)).contains("ext4");
  }

  @Test
  void aDeviceOfAnotherGroupIsLeftAlone() throws Exception {
    volumes.createGroup(GROUP, device);
    assertThatThrownBy(() -> volumes.createGroup(GROUP + "2", device))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("is already in volume group '" + GROUP + "'");
  }

  @Test
  void aVolumeIsMadeExtendedAndListedWithItsTags() throws Exception {
    assumeTrue(
        Files.exists(DEVICE_MAPPER),
        "no device-mapper in this kernel: lvcreate and lvextend were not run for real");
    volumes.createGroup(GROUP, device);
    volumes.createVolume(GROUP, "vm1", 5 * MIB, Set.of("ncm-xen", "ncm-xen.unfinished"));
    volumes.extendVolume(GROUP, "vm1", 12 * MIB);
    assertThat(volumes.inventory().volume(GROUP, "vm1"))
        .contains(new LvmInventory.Volume(12 * MIB, Set.of("ncm-xen", "ncm-xen.unfinished")));
    assertThatThrownBy(() -> volumes.createVolume(GROUP, "vm1", MIB, Set.of()))
        .hasMessageContaining("already exists");
    assertThatThrownBy(() -> volumes.extendVolume(GROUP, "vm1", 4 * MIB))
        .hasMessageContaining("not larger than existing size");
  }
}
