package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.host.Allocation;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.HostStorage;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.host.NewImage;

/** Storage on real loop devices. */
class RealDevicesTest {

  private static final long MIB = 1L << 20;

  private final LinuxHost host = new LinuxHost(Duration.ofSeconds(60), line -> {});
  private final HostStorage storage = host.storage();
  @TempDir Path temp;
  private String image = "";
  private String device = "";

  @BeforeEach
  void attachAnImage() throws Exception {
    image = temp.resolve("disk.img").toString();
    NewImage disk = NewImage.blank(ImageFormat.RAW, 16 * MIB, Allocation.SPARSE);
    storage.createImage(image, disk, bytes -> {});
    device = RealDevices.attach(Path.of(image));
  }

  @AfterEach
  void detachIt() throws Exception {
    if (!device.isEmpty()) {
      RealDevices.detach(device);
    }
  }

  @Test
  void aDeviceHasItsSizeAlsoThroughALink() throws Exception {
    assertThat(storage.look(device).kind()).isEqualTo(Kind.BLOCK_DEVICE);
    assertThat(storage.look(device).sizeBytes()).isEqualTo(16 * MIB);
    Path link = Files.createSymbolicLink(temp.resolve("by-name"), Path.of(device));
    assertThat(storage.look(link.toString())).isEqualTo(storage.look(device));
    assertThat(host.files().look(link.toString()).kind()).isEqualTo(Kind.LINK);
    Files.delete(link);
  }

  @Test
  void anAttachedImageIsInUse() throws Exception {
    assertThat(storage.users(image)).containsExactly("attached as " + device);
    assertThat(storage.users(device)).isEmpty();
    assertThat(host.commands()).isZero();
  }

  @Test
  void aBlankDeviceHasNoContents() throws Exception {
    assertThat(host.filesystems().contents(device)).isEmpty();
  }

  @Test
  void aFileSystemIsSeenAndItsMountToo() throws Exception {
    RealDevices.need("mkfs.ext4");
    RealDevices.command("mkfs.ext4", "-q", "-L", "a,b", device);
    assertThat(host.filesystems().contents(device)).containsExactly("ext4 signature");
    Path place = Files.createDirectory(temp.resolve("mount point"));
    RealDevices.command("mount", device, place.toString());
    try {
      assertThat(storage.users(device)).containsExactly("mounted on " + place);
    } finally {
      RealDevices.command("umount", place.toString());
    }
    assertThat(storage.users(device)).isEmpty();
  }

  @Test
  void swapIsSeen() throws Exception {
    RealDevices.need("mkswap");
    RealDevices.command("mkswap", device);
    assertThat(host.filesystems().contents(device)).containsExactly("swap signature");
    RealDevices.command("swapon", device);
    try {
      assertThat(storage.users(device)).containsExactly("used as swap");
    } finally {
      RealDevices.command("swapoff", device);
    }
  }
}
