package org.quattor.ncm.xen.host.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostVolumes;
import org.quattor.ncm.xen.host.LvmInventory;

/**
 * What every {@link HostVolumes} keeps to. The host has a volume group {@code xenvg} with ten
 * extents of 4 MiB and no volume.
 */
public abstract class HostVolumesContract {

  /** One mebibyte. */
  protected static final long MIB = 1L << 20;

  private static final Set<String> TAGS = Set.of("ncm-xen", "ncm-xen.unfinished");

  /** Returns the operations on the host. */
  protected abstract HostVolumes volumes() throws Exception;

  /** Returns a block device of at least 16 MiB with nothing on it. */
  protected abstract String blankDevice() throws Exception;

  /** Returns a block device with an ext4 file system on it. */
  protected abstract String usedDevice() throws Exception;

  @Test
  void theInventoryShowsGroupsAndVolumes() throws Exception {
    volumes().createVolume("xenvg", "vm1", 8 * MIB, TAGS);
    volumes().createVolume("xenvg", "vm2", 4 * MIB, Set.of());
    LvmInventory inventory = volumes().inventory();
    assertThat(inventory.group("xenvg")).contains(new LvmInventory.Group(4 * MIB, 28 * MIB));
    assertThat(inventory.volume("xenvg", "vm1")).contains(new LvmInventory.Volume(8 * MIB, TAGS));
    assertThat(inventory.volume("xenvg", "vm2"))
        .contains(new LvmInventory.Volume(4 * MIB, Set.of()));
    assertThat(inventory.group("other")).isEmpty();
  }

  @Test
  void tagsAreHeardOfWithoutACommand() throws Exception {
    assertThat(volumes().mayHaveTag("ncm-xen")).isFalse();
    volumes().createVolume("xenvg", "vm1", 4 * MIB, Set.of("ncm"));
    assertThat(volumes().mayHaveTag("ncm-xen")).isFalse();
    volumes().createVolume("xenvg", "vm2", 4 * MIB, Set.of("ncm-xen.unfinished"));
    assertThat(volumes().mayHaveTag("ncm-xen")).isTrue();
    volumes().removeTag("xenvg", "vm2", "ncm-xen.unfinished");
    assertThat(volumes().mayHaveTag("ncm-xen")).isFalse();
  }

  @Test
  void aVolumeHasWholeExtents() throws Exception {
    volumes().createVolume("xenvg", "vm1", 4 * MIB + 1, TAGS);
    assertThat(volumes().inventory().volumes().get("xenvg/vm1").sizeBytes()).isEqualTo(8 * MIB);
  }

  @Test
  void aVolumeIsNeverMadeOverAnother() throws Exception {
    volumes().createVolume("xenvg", "vm1", 8 * MIB, TAGS);
    assertThatThrownBy(() -> volumes().createVolume("xenvg", "vm1", 4 * MIB, Set.of()))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("lvcreate")
        .hasMessageContaining("failed with exit status 5: ")
        .hasMessageEndingWith("Logical Volume \"vm1\" already exists in volume group \"xenvg\"");
    assertThat(volumes().inventory().volume("xenvg", "vm1"))
        .contains(new LvmInventory.Volume(8 * MIB, TAGS));
  }

  @Test
  void aVolumeThatDoesNotFitIsNotMade() throws Exception {
    assertThatThrownBy(() -> volumes().createVolume("xenvg", "vm1", 44 * MIB, TAGS))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("Volume group \"xenvg\" has insufficient free space");
    assertThat(volumes().inventory().volumes()).isEmpty();
  }

  @Test
  void aVolumeNeedsItsGroup() {
    assertThatThrownBy(() -> volumes().createVolume("other", "vm1", 4 * MIB, TAGS))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("Volume group \"other\" not found");
  }

  @Test
  void aVolumeIsExtendedAndKeepsItsTags() throws Exception {
    volumes().createVolume("xenvg", "vm1", 4 * MIB, TAGS);
    volumes().extendVolume("xenvg", "vm1", 9 * MIB);
    assertThat(volumes().inventory().volume("xenvg", "vm1"))
        .contains(new LvmInventory.Volume(12 * MIB, TAGS));
  }

  @Test
  void extendingNeverShrinks() throws Exception {
    volumes().createVolume("xenvg", "vm1", 8 * MIB, TAGS);
    assertThatThrownBy(() -> volumes().extendVolume("xenvg", "vm1", 4 * MIB))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("not larger than existing size");
    assertThat(volumes().inventory().volumes().get("xenvg/vm1").sizeBytes()).isEqualTo(8 * MIB);
  }

  @Test
  void aMissingVolumeIsNotExtended() {
    assertThatThrownBy(() -> volumes().extendVolume("xenvg", "vm1", 4 * MIB))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("Logical volume vm1 not found in volume group xenvg");
  }

  @Test
  void aTagIsTakenOffAndTheOthersStay() throws Exception {
    volumes().createVolume("xenvg", "vm1", 4 * MIB, TAGS);
    volumes().removeTag("xenvg", "vm1", "ncm-xen.unfinished");
    LvmInventory.Volume left = new LvmInventory.Volume(4 * MIB, Set.of("ncm-xen"));
    assertThat(volumes().inventory().volume("xenvg", "vm1")).contains(left);
    volumes().removeTag("xenvg", "vm1", "ncm-xen.unfinished");
    assertThat(volumes().inventory().volume("xenvg", "vm1")).contains(left);
    assertThatThrownBy(() -> volumes().removeTag("xenvg", "vm2", "ncm-xen"))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("Failed to find logical volume \"xenvg/vm2\"");
  }

  @Test
  void aGroupIsMadeOnABlankDevice() throws Exception {
    volumes().createGroup("newvg", blankDevice());
    LvmInventory.Group group = volumes().inventory().groups().get("newvg");
    assertThat(group.extentBytes()).isEqualTo(4 * MIB);
    assertThat(group.freeBytes()).isGreaterThanOrEqualTo(8 * MIB);
  }

  @Test
  void aDeviceWithAFileSystemIsNoPlaceForAGroup() throws Exception {
    String device = usedDevice();
    assertThatThrownBy(() -> volumes().createGroup("newvg", device))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("vgcreate")
        .hasMessageContaining("ext4");
    assertThat(volumes().inventory().group("newvg")).isEmpty();
  }

  @Test
  void anOptionIsNotAName() {
    assertThatThrownBy(() -> volumes().createVolume("xenvg", "-x", 4 * MIB, Set.of()))
        .isInstanceOf(HostFailure.class)
        .hasMessage("not a name that LVM takes: \"-x\"");
    assertThatThrownBy(() -> volumes().createVolume("xenvg", "a b", 4 * MIB, Set.of()))
        .hasMessage("not a name that LVM takes: \"a b\"");
    assertThatThrownBy(() -> volumes().createGroup("../etc", "/dev/sdb"))
        .hasMessage("not a name that LVM takes: \"../etc\"");
    assertThatThrownBy(() -> volumes().createVolume("xenvg", "vm1", MIB, Set.of("a,b")))
        .hasMessage("not a tag that LVM takes: \"a,b\"");
  }
}
