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
import org.quattor.ncm.xen.host.Allocation;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostStorage;
import org.quattor.ncm.xen.host.ImageFormat;
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
    storage().createImage(path, format, sizeBytes, allocation, bytes -> {});
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
    storage().createImage(IMAGE, ImageFormat.RAW, 2 * MIB + 512, Allocation.ZEROED, heard::add);
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
    String message = "cannot make the image /srv/xen/vm1.img: something lies there already";
    fails(message, () -> create(IMAGE, ImageFormat.RAW, MIB, Allocation.SPARSE));
    assertThat(place(IMAGE)).hasContent("a guest's data");
    Files.delete(place(IMAGE));
    Files.createSymbolicLink(place(IMAGE), Path.of("nowhere"));
    fails(message, () -> create(IMAGE, ImageFormat.RAW, MIB, Allocation.SPARSE));
  }

  @Test
  void anImageNeedsItsFolder() {
    fails(
        "cannot make the image /srv/nowhere/vm1.img: no folder /srv/nowhere",
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
        "cannot extend the image /srv/xen/vm1.img to 1048576 bytes: it has 2097152",
        () -> storage().extendImage(IMAGE, ImageFormat.RAW, MIB));
    assertThat(storage().imageBytes(IMAGE, ImageFormat.RAW)).isEqualTo(2 * MIB);
  }

  @Test
  void onlyAFileIsAnImage() {
    fails(
        "/srv/xen is no image: a directory lies there, not a file",
        () -> storage().imageBytes("/srv/xen", ImageFormat.RAW));
    fails(
        "/srv/xen/vm1.img is no image: nothing lies there, not a file",
        () -> storage().imageBytes(IMAGE, ImageFormat.QCOW2));
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
  void freeSpaceIsThatOfTheNearestFolder() throws HostFailure {
    assertThat(storage().freeBytes("/srv/xen")).isPositive();
    assertThat(storage().freeBytes("/srv/not/yet/there")).isPositive();
  }

  @Test
  void aNewImageHasNoUsers() throws HostFailure {
    create(IMAGE, ImageFormat.RAW, MIB, Allocation.SPARSE);
    assertThat(storage().users(IMAGE)).isEmpty();
    assertThat(storage().users("/srv/nowhere")).isEmpty();
  }

  @Test
  void onlyABlockDeviceHasContents() throws HostFailure {
    create(IMAGE, ImageFormat.RAW, MIB, Allocation.SPARSE);
    fails("/srv/xen/vm1.img is not a block device", () -> storage().contents(IMAGE));
  }
}
