package org.quattor.ncm.xen.host;

import java.util.Set;

/** LVM, as {@code lvm(8)}. Nothing here shrinks or removes a volume. */
public interface HostVolumes {

  /** The tag of each volume that ncm-xen created. */
  String MARK = "ncm-xen";

  /** The tag of a volume that is not wiped yet, or lacks the file system that belongs in it. */
  String UNFINISHED = "ncm-xen.unfinished";

  /** Reads all volume groups and logical volumes, in two commands at most. */
  LvmInventory inventory() throws HostFailure;

  /**
   * Returns whether a volume may have a tag that begins so, without a command: as the copies of its
   * metadata tell that LVM keeps in files ({@code /etc/lvm/backup}, {@code vgcfgbackup(8)}). False
   * where it keeps none.
   */
  boolean mayHaveTag(String beginning) throws HostFailure;

  /**
   * Makes a volume group on a block device, which becomes a physical volume. The caller has
   * established that the device is blank; the operation itself MUST refuse a device with a
   * signature.
   */
  void createGroup(String group, String device) throws HostFailure;

  /**
   * Makes a logical volume; its first sectors are zeroed and old signatures in it are wiped ({@code
   * lvcreate(8)}). Fails when one of that name exists.
   *
   * @param sizeBytes positive; rounded up to whole extents, as LVM does
   * @param tags tags that the volume has from its first moment on
   */
  void createVolume(String group, String volume, long sizeBytes, Set<String> tags)
      throws HostFailure;

  /** Extends a logical volume to the size, rounded up to whole extents; fails when it is larger. */
  void extendVolume(String group, String volume, long sizeBytes) throws HostFailure;

  /** Takes a tag off a logical volume; one that it does not have is no failure. */
  void removeTag(String group, String volume, String tag) throws HostFailure;
}
