package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.local.UnixStatus;

/** Reads trees that look like {@code /proc} and {@code /sys}; the device is this machine's. */
class BlockDevicesTest {

  private static final Path DEVICE = Path.of("/dev/loop1");

  @TempDir Path temp;
  private LinuxHost host;
  private String number = "";

  @BeforeEach
  void makeTrees() throws Exception {
    assumeTrue(Files.exists(DEVICE), "no " + DEVICE + " on this machine to stand for a disk");
    UnixStatus status = UnixStatus.of(DEVICE);
    number = status.major() + ":" + status.minor();
    put("proc/self/mountinfo", "22 27 0:21 / /proc rw - proc proc rw\n");
    put("proc/swaps", "Filename\tType\tSize\tUsed\tPriority\n");
    put("sys/dev/block/" + number + "/size", "32768\n");
    Files.createDirectories(temp.resolve("dev"));
    Files.createSymbolicLink(temp.resolve("dev/sdb"), DEVICE);
    host =
        new LinuxHost(
            new SystemPaths(temp, temp.resolve("proc"), temp.resolve("sys"), ""),
            Timing.SYSTEM,
            Duration.ofSeconds(1),
            line -> {});
  }

  @AfterEach
  void takeTheLinkAway() throws Exception {
    Files.deleteIfExists(temp.resolve("dev/sdb"));
    Files.deleteIfExists(temp.resolve("proc/77/fd/3"));
  }

  private void put(String path, String text) throws Exception {
    Path file = temp.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void theSizeIsInSectors() throws Exception {
    FileEntry entry = host.storage().look("/dev/sdb");
    assertThat(entry.kind()).isEqualTo(Kind.BLOCK_DEVICE);
    assertThat(entry.sizeBytes()).isEqualTo(32768 * 512);
  }

  @Test
  void aDeviceThatNobodyUsesHasNoUsers() throws Exception {
    assertThat(host.storage().users("/dev/sdb")).isEmpty();
  }

  @Test
  void mountsAreFoundByNumberAndBySource() throws Exception {
    put(
        "proc/self/mountinfo",
        "30 27 "
            + number
            + " / /srv/two\\040words rw,relatime shared:1 - ext4 /dev/sdz rw\n"
            + "31 27 0:44 / /btrfs rw - btrfs /dev/sdb rw,subvol=/\n"
            + "32 27 0:45 / /tmp rw - tmpfs tmpfs rw\n");
    assertThat(host.storage().users("/dev/sdb"))
        .containsExactly("mounted on /btrfs", "mounted on /srv/two words");
  }

  @Test
  void swapHoldersAndPartitionsAreFound() throws Exception {
    put("proc/swaps", "Filename\tType\tSize\tUsed\tPriority\n/dev/sdb   partition 16 0 -2\n");
    Files.createDirectories(temp.resolve("sys/dev/block/" + number + "/holders/dm-3"));
    put("sys/class/block/dm-3/dm/name", "xenvg-vm1\n");
    put("sys/dev/block/" + number + "/sdb1/partition", "1\n");
    put("sys/dev/block/" + number + "/sdb1/dev", "8:17\n");
    Files.createDirectories(temp.resolve("sys/dev/block/8:17/holders/md0"));
    put("proc/self/mountinfo", "30 27 8:17 / /srv rw - ext4 /dev/sdb1 rw\n");
    assertThat(host.storage().users("/dev/sdb"))
        .containsExactly(
            "used as swap",
            "held by dm-3 (xenvg-vm1)",
            "partition sdb1 mounted on /srv",
            "partition sdb1 held by md0");
  }

  @Test
  void aSwapFileIsInUse() throws Exception {
    put("srv/swap file", "x");
    put("proc/swaps", "Filename\tType\n/srv/swap\\040file file 16 0 -2\n");
    assertThat(host.storage().users("/srv/swap file")).containsExactly("used as swap");
  }

  @Test
  void aLoopDeviceHoldsItsFile() throws Exception {
    put("srv/vm1.img", "x");
    put("sys/block/loop5/loop/backing_file", "/srv/vm1.img\n");
    put("sys/block/loop6/loop/backing_file", "/srv/gone.img (deleted)\n");
    assertThat(host.storage().users("/srv/vm1.img")).containsExactly("attached as /dev/loop5");
  }

  /** The path is as it was typed, {@code cd /srv && fuse2fs web.img /mnt}: the process knows it. */
  @Test
  void aFuseMountThatNamesNoPathIsFoundByWhatItsProcessHasOpen() throws Exception {
    put("srv/vm1.img", "x");
    put("srv/vm2.img", "x");
    put("proc/self/mountinfo", "50 22 0:40 / /mnt rw - fuse.fuse2fs vm1.img rw\n");
    Path descriptors = Files.createDirectories(temp.resolve("proc/77/fd"));
    Files.createSymbolicLink(descriptors.resolve("3"), Path.of("/dev/fuse"));
    Files.createSymbolicLink(descriptors.resolve("4"), temp.resolve("srv/vm1.img"));
    Files.createSymbolicLink(descriptors.resolve("5"), Path.of("socket:[1]"));
    Files.createSymbolicLink(
        Files.createDirectories(temp.resolve("proc/78/fd")).resolve("3"),
        temp.resolve("srv/vm2.img"));
    assertThat(host.storage().users("/srv/vm1.img"))
        .containsExactly("mounted on a directory by a FUSE process");
    assertThat(host.storage().users("/srv/vm2.img")).isEmpty();
  }
}
