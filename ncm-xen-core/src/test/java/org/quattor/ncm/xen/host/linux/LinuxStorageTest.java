package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.host.Allocation;
import org.quattor.ncm.xen.host.FilesystemType;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostStorage;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.host.NewFilesystem;
import org.quattor.ncm.xen.host.NewImage;

class LinuxStorageTest {

  private static final long MIB = 1L << 20;

  @TempDir Path temp;

  private static void create(HostStorage storage, String path, ImageFormat format, Allocation how)
      throws HostFailure {
    storage.createImage(path, NewImage.blank(format, MIB, how), bytes -> {});
  }

  /** The file is handed to programs as our descriptor of it. */
  private static String withoutNumbers(String line) {
    return line.replaceAll("/proc/[0-9]+/fd/[0-9]+", "(file)");
  }

  @Test
  void theCommandLinesAreThese() throws Exception {
    Answers answers =
        new Answers(temp)
            .answer("qemu-img", "", 0)
            .answer("fallocate", "", 0)
            .answer("wipefs", "", 0);
    HostStorage storage = answers.host(Timing.SYSTEM).storage();
    create(storage, "/a", ImageFormat.RAW, Allocation.SPARSE);
    create(storage, "/b", ImageFormat.RAW, Allocation.RESERVED);
    create(storage, "/c", ImageFormat.RAW, Allocation.ZEROED);
    create(storage, "/d", ImageFormat.QCOW2, Allocation.SPARSE);
    create(storage, "/e", ImageFormat.QCOW2, Allocation.RESERVED);
    create(storage, "/f", ImageFormat.QCOW2, Allocation.ZEROED);
    String qemu = "qemu-img create -q -f qcow2 -o preallocation=";
    assertThat(answers.heard().stream().map(LinuxStorageTest::withoutNumbers))
        .containsExactly(
            "fallocate -l 1048576 -- (file)",
            qemu + "off -- (file) 1048576",
            qemu + "falloc -- (file) 1048576",
            qemu + "full -- (file) 1048576");
  }

  @Test
  void withoutQemuImgTheFailureNamesThePackage() throws Exception {
    HostStorage storage = new Answers(temp).host(Timing.SYSTEM).storage();
    assertThat(storage.canCreate(ImageFormat.QCOW2)).isFalse();
    assertThat(storage.canCreate(ImageFormat.RAW)).isTrue();
    assertThatThrownBy(() -> create(storage, "/a", ImageFormat.QCOW2, Allocation.SPARSE))
        .isInstanceOf(HostFailure.class)
        .hasMessage("cannot create image /a: qemu-img is missing; install qemu-utils");
  }

  @Test
  void aFailedImageLeavesNothingBehind() throws Exception {
    HostStorage storage =
        new Answers(temp).answer("fallocate", "No space left", 1).host(Timing.SYSTEM).storage();
    assertThatThrownBy(() -> create(storage, "/a", ImageFormat.RAW, Allocation.RESERVED))
        .isInstanceOf(HostFailure.class)
        .extracting(e -> withoutNumbers(String.valueOf(e.getMessage())))
        .isEqualTo("fallocate -l 1048576 -- (file) failed with exit status 1: No space left");
    assertThat(temp.resolve("a")).doesNotExist();
    try (var left = Files.list(temp)) {
      assertThat(left.map(Path::toString)).noneMatch(path -> path.endsWith(".tmp"));
    }
  }

  @Test
  void anImageIsMarkedAsOurs() throws Exception {
    Assumptions.assumeTrue(
        RealDevices.bearsMarks(temp), "no extended attributes on this file system");
    HostStorage storage = new Answers(temp).host(Timing.SYSTEM).storage();
    create(storage, "/a", ImageFormat.RAW, Allocation.SPARSE);
    assertThat(Files.getAttribute(temp.resolve("a"), "user:ncm-xen")).isEqualTo(new byte[] {'1'});
  }

  @Test
  void aReservedImageTakesItsSpaceAtOnceAndASparseOneNone() throws Exception {
    RealDevices.need("fallocate");
    HostStorage storage = new LinuxHost(java.time.Duration.ofSeconds(60), line -> {}).storage();
    create(storage, temp + "/sparse", ImageFormat.RAW, Allocation.SPARSE);
    create(storage, temp + "/reserved", ImageFormat.RAW, Allocation.RESERVED);
    assertThat(RealDevices.command("stat", "-c", "%b", temp + "/sparse").strip()).isEqualTo("0");
    assertThat(Long.parseLong(RealDevices.command("stat", "-c", "%b", temp + "/reserved").strip()))
        .isGreaterThanOrEqualTo(2048);
  }

  @Test
  void theCommandLinesOfFileSystemsAreThese() throws Exception {
    Answers answers =
        new Answers(temp)
            .answer("mkfs.ext4", "", 0)
            .answer("mkfs.xfs", "", 0)
            .answer("mkswap", "", 0);
    HostStorage storage = answers.host(Timing.SYSTEM).storage();
    for (FilesystemType type : FilesystemType.values()) {
      NewImage image =
          new NewImage(
              ImageFormat.RAW, MIB, Allocation.SPARSE, new NewFilesystem(type, type.text()));
      storage.createImage("/" + type.text(), image, bytes -> {});
    }
    assertThat(answers.heard().stream().map(LinuxStorageTest::withoutNumbers))
        .containsExactly(
            "mkfs.ext4 -q -F -E nodiscard -L ext4 -- (file)",
            "mkfs.xfs -q -f -K -L xfs -- (file)",
            "mkswap -L swap -- (file)");
  }

  @Test
  void aReservedImageKeepsItsSpaceWhenItIsFormatted() throws Exception {
    RealDevices.need("mkfs.ext4");
    HostStorage storage = new LinuxHost(java.time.Duration.ofSeconds(60), line -> {}).storage();
    NewImage image =
        new NewImage(
            ImageFormat.RAW,
            16 * MIB,
            Allocation.RESERVED,
            new NewFilesystem(FilesystemType.EXT4, ""));
    storage.createImage(temp + "/reserved", image, bytes -> {});
    assertThat(Long.parseLong(RealDevices.command("stat", "-c", "%b", temp + "/reserved").strip()))
        .isGreaterThanOrEqualTo(16 * MIB / 512);
    assertThat(RealDevices.command("stat", "-c", "%u %a", temp + "/reserved").strip())
        .isEqualTo(RealDevices.command("id", "-u").strip() + " 600");
  }

  /** A real qcow2 image of another's making, with a backing file and without. */
  @Test
  void qcow2ImagesOfQemuImgAreRead() throws Exception {
    RealDevices.need("qemu-img");
    HostStorage storage = new LinuxHost(java.time.Duration.ofSeconds(60), line -> {}).storage();
    String base = temp + "/base.qcow2";
    String layer = temp + "/layer.qcow2";
    RealDevices.command("qemu-img", "create", "-q", "-f", "qcow2", base, "20M");
    RealDevices.command(
        "qemu-img", "create", "-q", "-f", "qcow2", "-b", base, "-F", "qcow2", layer, "30M");
    assertThat(storage.imageBytes(base, ImageFormat.QCOW2)).isEqualTo(20 * MIB);
    assertThatThrownBy(() -> storage.imageBytes(layer, ImageFormat.QCOW2))
        .isInstanceOf(HostFailure.class)
        .hasMessage(layer + " has a backing file, which is not supported; flatten it");
    assertThat(storage.imageBytes(base, ImageFormat.RAW)).isEqualTo(Files.size(Path.of(base)));
    storage.createImage(
        temp + "/new.qcow2",
        NewImage.blank(ImageFormat.QCOW2, 20 * MIB, Allocation.RESERVED),
        bytes -> {});
    assertThat(RealDevices.command("qemu-img", "info", "--output=json", temp + "/new.qcow2"))
        .contains("\"virtual-size\": " + 20 * MIB, "\"format\": \"qcow2\"");
  }

  @Test
  void anImageIsMadeOnlyWhereNobodyElseCanReplaceIt() throws Exception {
    HostStorage storage = new Answers(temp).host(Timing.SYSTEM).storage();
    Path open = Files.createDirectory(temp.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxr-x"));
    Path below = Files.createDirectory(open.resolve("below"));
    for (String image : new String[] {"/open/a", "/open/below/a"}) {
      assertThatThrownBy(() -> create(storage, image, ImageFormat.RAW, Allocation.SPARSE))
          .isInstanceOf(HostFailure.class)
          .hasMessageStartingWith("cannot create image " + image + ": " + open + " is writable")
          .hasMessageEndingWith("chmod go-w " + open);
    }
    assertThat(below).isEmptyDirectory();
    Files.createFile(open.resolve("b"));
    assertThatThrownBy(() -> storage.extendImage("/open/b", ImageFormat.RAW, MIB))
        .hasMessageContaining("chmod go-w");
  }

  @Test
  void anImageUnderTwoNamesOrBehindALinkIsNotExtended() throws Exception {
    HostStorage storage = new Answers(temp).host(Timing.SYSTEM).storage();
    create(storage, "/a", ImageFormat.RAW, Allocation.SPARSE);
    Files.createLink(temp.resolve("b"), temp.resolve("a"));
    assertThatThrownBy(() -> storage.extendImage("/a", ImageFormat.RAW, 2 * MIB))
        .hasMessageContaining("the file has 2 names (hard links)");
    Files.delete(temp.resolve("b"));
    Files.createSymbolicLink(temp.resolve("l"), temp.resolve("a"));
    assertThatThrownBy(() -> storage.extendImage("/l", ImageFormat.RAW, 2 * MIB))
        .isInstanceOf(HostFailure.class);
    assertThat(Files.size(temp.resolve("a"))).isEqualTo(MIB);
    storage.extendImage("/a", ImageFormat.RAW, 2 * MIB);
    assertThat(Files.size(temp.resolve("a"))).isEqualTo(2 * MIB);
  }
}
