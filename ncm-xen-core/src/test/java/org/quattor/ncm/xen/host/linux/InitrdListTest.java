package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.host.FilesystemType;
import org.quattor.ncm.xen.host.HostFailure;

/** What the programs that list initial RAM disks print. */
class InitrdListTest {

  @TempDir Path temp;

  private LinuxHost host() {
    Path root = temp.resolve("root");
    return new LinuxHost(
        new SystemPaths(root, root.resolve("proc"), root.resolve("sys"), temp + "/bin"),
        Timing.SYSTEM,
        Duration.ofSeconds(60),
        line -> {});
  }

  @Test
  void lsinitramfsPrintsANameOnALine() throws Exception {
    StandIn.script(
        temp.resolve("bin"), "lsinitramfs", "#!/bin/sh\necho .\necho \"$#\"\necho \"$1\"\n");

    assertThat(host().filesystems().initrdFiles("/boot/initrd.img"))
        .containsExactly(".", "1", temp.resolve("root/boot/initrd.img").toString());
    assertThat(host().filesystems().canMake(FilesystemType.EXT4)).isFalse();
  }

  @Test
  void lsinitrdPrintsLinesOfLsBetweenOthers() {
    assertThat(
            InitrdList.parse(
                """
                Image: /boot/initramfs-5.14.0.img: 38M
                ========================================================================
                drwxr-xr-x   3 root     root            0 Jan  1  2024 .
                lrwxrwxrwx   1 root     root            7 Jan  1  2024 bin -> usr/bin
                -rwxr-xr-x   1 root     root      2387744 Jan  1  2024 usr/sbin/lvm
                """))
        .containsExactly("38M", "=".repeat(72), ".", "bin", "usr/sbin/lvm");
  }

  @Test
  void withoutAProgramItIsSaid() {
    assertThatThrownBy(() -> host().filesystems().initrdFiles("/boot/initrd.img"))
        .isInstanceOf(HostFailure.class)
        .hasMessage(
            "cannot look into /boot/initrd.img: neither lsinitramfs nor lsinitrd is installed");
  }
}
