package org.quattor.ncm.xen.host.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.quattor.ncm.xen.host.Allocation;
import org.quattor.ncm.xen.host.DiskIdentity;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.FilesystemType;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostStorage;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.host.NewFilesystem;
import org.quattor.ncm.xen.host.NewImage;
import org.quattor.ncm.xen.host.XenHost;

/** What every {@link HostStorage} keeps to. */
public abstract class HostStorageContract {

  private static final long MIB = 1L << 20;
  private static final String IMAGE = "/srv/xen/vm1.img";

  /** Returns the host. */
  protected abstract XenHost host() throws HostFailure;

  /** Returns where a path of that host lies in this system, so that it can be tampered with. */
  protected abstract Path place(String path);

  @BeforeEach
  void makeTheFolder() throws HostFailure {
    host().files().makeFolder("/srv/xen", 0755);
  }

  private HostStorage storage() throws HostFailure {
    return host().storage();
  }

  private void create(String path, ImageFormat format, long sizeBytes, Allocation allocation)
      throws HostFailure {
    storage().createImage(path, NewImage.blank(format, sizeBytes, allocation), bytes -> {});
  }

  private static void fails(String message, ThrowingCallable task) {
    assertThatThrownBy(task).isInstanceOf(HostFailure.class).hasMessage(message);
  }

  private void onlyTheImageIsLeft() throws Exception {
    try (var entries = Files.list(place("/srv/xen"))) {
      assertThat(entries.map(path -> path.getFileName().toString())).containsExactly("vm1.img");
    }
  }

  @Test
  void aSparseImageHasItsSizeAndTakesNoSpace() throws Exception {
    create(IMAGE, ImageFormat.RAW, 1L << 40, Allocation.SPARSE);
    assertThat(storage().imageBytes(IMAGE, ImageFormat.RAW)).isEqualTo(1L << 40);
    assertThat(storage().look(IMAGE)).isEqualTo(new FileEntry(Kind.FILE, 0600, 1L << 40, ""));
    onlyTheImageIsLeft();
  }

  @Test
  void aReservedImageHasItsSize() throws Exception {
    create(IMAGE, ImageFormat.RAW, 3 * MIB, Allocation.RESERVED);
    assertThat(storage().imageBytes(IMAGE, ImageFormat.RAW)).isEqualTo(3 * MIB);
    onlyTheImageIsLeft();
  }

  @Test
  void aZeroedImageSaysHowFarItIs() throws Exception {
    List<Long> heard = new ArrayList<>();
    NewImage image = NewImage.blank(ImageFormat.RAW, 2 * MIB + 512, Allocation.ZEROED);
    storage().createImage(IMAGE, image, heard::add);
    assertThat(storage().imageBytes(IMAGE, ImageFormat.RAW)).isEqualTo(2 * MIB + 512);
    assertThat(heard).isSorted().endsWith(2 * MIB + 512);
  }

  @Test
  void aQcow2ImageTellsTheSizeOfItsDisk() throws Exception {
    Assumptions.assumeTrue(storage().canCreate(ImageFormat.QCOW2), "no qemu-img on this machine");
    create(IMAGE, ImageFormat.QCOW2, 20 * MIB, Allocation.SPARSE);
    assertThat(storage().imageBytes(IMAGE, ImageFormat.QCOW2)).isEqualTo(20 * MIB);
    storage().extendImage(IMAGE, ImageFormat.QCOW2, 30 * MIB);
    assertThat(storage().imageBytes(IMAGE, ImageFormat.QCOW2)).isEqualTo(30 * MIB);
    assertThat(storage().look(IMAGE).mode()).isEqualTo(0600);
    onlyTheImageIsLeft();
  }

  @Test
  void anImageIsNeverMadeOverAnything() throws Exception {
    Files.writeString(place(IMAGE), "a guest's data");
    String message = "cannot create image /srv/xen/vm1.img: it exists already";
    fails(message, () -> create(IMAGE, ImageFormat.RAW, MIB, Allocation.SPARSE));
    assertThat(place(IMAGE)).hasContent("a guest's data");
    Files.delete(place(IMAGE));
    Files.createSymbolicLink(place(IMAGE), Path.of("nowhere"));
    fails(message, () -> create(IMAGE, ImageFormat.RAW, MIB, Allocation.SPARSE));
  }

  @Test
  void anImageNeedsItsFolder() {
    fails(
        "cannot create image /srv/nowhere/vm1.img: no such directory: /srv/nowhere",
        () -> create("/srv/nowhere/vm1.img", ImageFormat.RAW, MIB, Allocation.SPARSE));
  }

  @Test
  void anImageIsExtendedAndKeepsItsBytes() throws Exception {
    Files.writeString(place(IMAGE), "data");
    storage().extendImage(IMAGE, ImageFormat.RAW, MIB);
    assertThat(storage().imageBytes(IMAGE, ImageFormat.RAW)).isEqualTo(MIB);
    assertThat(new String(Files.readAllBytes(place(IMAGE)), 0, 4)).isEqualTo("data");
  }

  @Test
  void extendingNeverShrinks() throws Exception {
    create(IMAGE, ImageFormat.RAW, 2 * MIB, Allocation.SPARSE);
    fails(
        "cannot extend image /srv/xen/vm1.img to 1048576 bytes: it has 2097152",
        () -> storage().extendImage(IMAGE, ImageFormat.RAW, MIB));
    assertThat(storage().imageBytes(IMAGE, ImageFormat.RAW)).isEqualTo(2 * MIB);
  }

  @Test
  void onlyAFileIsAnImage() {
    fails(
        "/srv/xen is not an image file, but a directory",
        () -> storage().imageBytes("/srv/xen", ImageFormat.RAW));
    fails("/srv/xen/vm1.img does not exist", () -> storage().imageBytes(IMAGE, ImageFormat.QCOW2));
  }

  @Test
  void aFileOfAnotherFormatIsNotTakenForQcow2() throws Exception {
    Files.write(place(IMAGE), new byte[512]);
    fails(
        "/srv/xen/vm1.img is not a qcow2 image of version 2 or 3",
        () -> storage().imageBytes(IMAGE, ImageFormat.QCOW2));
    Files.write(place(IMAGE), new byte[] {'Q', 'F', 'I', (byte) 0xfb, 0, 0, 0, 3});
    fails(
        "/srv/xen/vm1.img is too short for a qcow2 image",
        () -> storage().imageBytes(IMAGE, ImageFormat.QCOW2));
  }

  @Test
  void aQcow2ImageThatNeedsAnotherFileIsRefused() throws Exception {
    ByteBuffer header = ByteBuffer.allocate(104).putInt(0x514649fb).putInt(3);
    Files.write(place(IMAGE), header.putLong(8, 112).array());
    fails(
        "/srv/xen/vm1.img has a backing file, which is not supported; flatten it",
        () -> storage().imageBytes(IMAGE, ImageFormat.QCOW2));
    Files.write(place(IMAGE), header.putLong(8, 0).putLong(72, 4).array());
    fails(
        "/srv/xen/vm1.img keeps its data in another file, which is not supported",
        () -> storage().imageBytes(IMAGE, ImageFormat.QCOW2));
  }

  @Test
  void lookingFollowsLinks() throws Exception {
    create(IMAGE, ImageFormat.RAW, MIB, Allocation.SPARSE);
    host().files().link("/srv/xen/link", "vm1.img");
    host().files().link("/srv/xen/dangling", "nowhere");
    assertThat(storage().look("/srv/xen/link")).isEqualTo(storage().look(IMAGE));
    assertThat(storage().look("/srv/xen/dangling")).isEqualTo(FileEntry.MISSING);
    assertThat(storage().look("/srv/nowhere")).isEqualTo(FileEntry.MISSING);
  }

  @Test
  void aNewImageHasNoUsers() throws HostFailure {
    create(IMAGE, ImageFormat.RAW, MIB, Allocation.SPARSE);
    assertThat(storage().users(IMAGE)).isEmpty();
    assertThat(storage().users("/srv/nowhere")).isEmpty();
  }

  private void createFormatted(Allocation allocation, FilesystemType type, String label)
      throws HostFailure {
    Assumptions.assumeTrue(host().filesystems().canMake(type), "no " + type.program());
    storage()
        .createImage(
            IMAGE,
            new NewImage(ImageFormat.RAW, 320 * MIB, allocation, new NewFilesystem(type, label)),
            bytes -> {});
  }

  @ParameterizedTest
  @EnumSource
  void anImageIsMadeWithItsFileSystem(FilesystemType type) throws Exception {
    createFormatted(Allocation.SPARSE, type, "root");
    assertThat(storage().look(IMAGE)).isEqualTo(new FileEntry(Kind.FILE, 0600, 320 * MIB, ""));
    checkFilesystem(IMAGE, new NewFilesystem(type, "root"));
    onlyTheImageIsLeft();
  }

  /** Fails unless the image holds the file system. */
  protected abstract void checkFilesystem(String path, NewFilesystem filesystem) throws Exception;

  @Test
  void anImageWhoseFileSystemCannotBeMadeIsNotThere() throws Exception {
    Assumptions.assumeTrue(refusesTinyFilesystems(), "this host makes file systems of any size");
    NewImage tiny =
        new NewImage(
            ImageFormat.RAW, 4096, Allocation.SPARSE, new NewFilesystem(FilesystemType.EXT4, ""));
    assertThatThrownBy(() -> storage().createImage(IMAGE, tiny, bytes -> {}))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("mkfs.ext4")
        .hasMessageContaining("failed with exit status");
    assertThat(storage().look(IMAGE)).isEqualTo(FileEntry.MISSING);
    assertThat(host().files().leftovers("/srv/xen")).isEmpty();
  }

  /** Returns whether a file system of 4 KiB is refused. */
  protected abstract boolean refusesTinyFilesystems() throws Exception;

  @Test
  void onlyNewImagesBearTheMark() throws Exception {
    Files.writeString(place("/srv/xen/by-hand.img"), "data");
    assertThat(storage().markedImages("/srv/xen")).isEmpty();
    create(IMAGE, ImageFormat.RAW, MIB, Allocation.SPARSE);
    Assumptions.assumeTrue(bearsMarks(), "this file system has no extended attributes");
    assertThat(storage().markedImages("/srv/xen")).containsExactly(IMAGE);
    assertThat(storage().markedImages("/srv/nowhere")).isEmpty();
    Files.delete(place(IMAGE));
    assertThat(storage().markedImages("/srv/xen")).isEmpty();
  }

  /** Returns whether images can be marked. */
  protected abstract boolean bearsMarks() throws Exception;

  @Test
  void allNamesOfAnImageHaveOneIdentity() throws Exception {
    create(IMAGE, ImageFormat.RAW, MIB, Allocation.SPARSE);
    create("/srv/xen/other.img", ImageFormat.RAW, MIB, Allocation.SPARSE);
    host().files().link("/srv/xen/link", "vm1.img");
    DiskIdentity image = storage().identity(IMAGE);
    assertThat(image.exists()).isTrue();
    assertThat(storage().identity("/srv/xen/link")).isEqualTo(image);
    assertThat(image.overlaps(storage().identity("/srv/xen/other.img"))).isFalse();
    assertThat(storage().identity("/srv/xen/../xen/./vm1.img")).isEqualTo(image);
    assertThat(storage().identity("/srv/nowhere")).isEqualTo(DiskIdentity.NOTHING);
    assertThat(storage().identity("/srv/xen").exists()).isFalse();
  }
}
