package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.host.Allocation;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.FilesystemType;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostStorage;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.host.NewFilesystem;
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
    assertThat(host.commands()).as("losetup, once for all disks").isEqualTo(1);
  }

  @Test
  void aBlankDeviceHasNoContents() throws Exception {
    assertThat(host.filesystems().contents(device)).isEmpty();
  }

  @Test
  void dataWithoutASignatureIsNotBlank() throws Exception {
    assertThat(host.filesystems().isBlank(device)).isTrue();
    for (long offset : new long[] {0, 1 << 20, 16 * MIB - 1}) {
      try (FileChannel channel = FileChannel.open(Path.of(device), StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(new byte[] {1}), offset);
        channel.force(true);
        assertThat(host.filesystems().isBlank(device)).as("byte at " + offset).isFalse();
        assertThat(host.filesystems().beginsBlank(device)).isEqualTo(offset > 0);
        channel.write(ByteBuffer.wrap(new byte[] {0}), offset);
        channel.force(true);
      }
    }
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
    assertThat(host.storage().users(device)).isEmpty();
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

  private void make(FilesystemType type) throws Exception {
    host.filesystems().make(device, new NewFilesystem(type, "root"));
  }

  /** The UUID tells ours from what somebody made by hand. */
  @Test
  void aFileSystemOfAnotherHandIsNotTakenForOurs() throws Exception {
    RealDevices.need("mkfs.ext4");
    RealDevices.command("mkfs.ext4", "-q", "-L", "root", device);
    assertThatThrownBy(() -> make(FilesystemType.EXT4))
        .isInstanceOf(HostFailure.class)
        .hasMessage(
            "no ext4 file system labelled root is made on "
                + device
                + ": the device holds a ext4 signature");
  }

  @Test
  void aDeviceThatIsInUseIsNotFormatted() throws Exception {
    RealDevices.need("mkswap");
    make(FilesystemType.SWAP);
    RealDevices.command("swapon", device);
    try {
      assertThatThrownBy(() -> make(FilesystemType.SWAP))
          .isInstanceOf(HostFailure.class)
          .hasMessage(
              "no swap area labelled root is made on "
                  + device
                  + ": the device is in use: used as swap");
    } finally {
      RealDevices.command("swapoff", device);
    }
  }

  /** {@code mkfs.xfs} says in its superblock as long as it is at work. */
  @Test
  void anXfsThatIsIncompleteIsMadeAgain() throws Exception {
    RealDevices.need("mkfs.xfs");
    String large = temp.resolve("large.img").toString();
    NewImage disk = NewImage.blank(ImageFormat.RAW, 320 * MIB, Allocation.SPARSE);
    storage.createImage(large, disk, bytes -> {});
    RealDevices.detach(device);
    device = RealDevices.attach(Path.of(large));
    make(FilesystemType.XFS);
    try (FileChannel channel = FileChannel.open(Path.of(device), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1}), 126);
      channel.force(true);
    }
    make(FilesystemType.XFS);
    byte[] superblock = new byte[127];
    try (var in = Files.newInputStream(Path.of(device))) {
      in.readNBytes(superblock, 0, superblock.length);
    }
    assertThat(superblock[126]).isZero();
    assertThat(host.filesystems().contents(device)).containsExactly("xfs signature");
  }

  @Test
  void aNewFileSystemCanBeMountedAndHasItsLabel() throws Exception {
    RealDevices.need("mkfs.ext4");
    make(FilesystemType.EXT4);
    assertThat(RealDevices.command("wipefs", "-n", "-p", device)).contains(",root,ext4");
    Path place = Files.createDirectory(temp.resolve("mounted"));
    RealDevices.command("mount", device, place.toString());
    RealDevices.command("umount", place.toString());
  }
}
