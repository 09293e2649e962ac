package org.quattor.ncm.xen.host;

import java.util.List;
import java.util.function.LongConsumer;

/** Image files and block devices. Nothing here shrinks, overwrites or removes one. */
public interface HostStorage {

  /**
   * Returns what lies at the path when symbolic links are followed, the last step included: device
   * names such as {@code /dev/vg/lv} and {@code /dev/disk/by-id/…} are links on a real host. A link
   * that leads nowhere is {@link FileEntry.Kind#MISSING}; the kind is never {@code LINK}. Costs no
   * command.
   */
  FileEntry look(String path) throws HostFailure;

  /**
   * Returns the size of the disk that a guest would see in the image, in bytes: for {@link
   * ImageFormat#RAW} the size of the file, for {@link ImageFormat#QCOW2} what its header says.
   * Fails when the file is not of the format, or needs another file (a backing file).
   */
  long imageBytes(String path, ImageFormat format) throws HostFailure;

  /**
   * Makes an image under a temporary name beside its place, its file system included, syncs it,
   * marks it as made by ncm-xen where it can be marked, and renames it: it is complete or not
   * there. Fails when anything lies at the path; makes no folder.
   *
   * @param progress hears the bytes written so far, for {@link Allocation#ZEROED}
   */
  void createImage(String path, NewImage image, LongConsumer progress) throws HostFailure;

  /** Extends an image to the size; fails when it is larger. */
  void extendImage(String path, ImageFormat format, long sizeBytes) throws HostFailure;

  /**
   * Returns what all names of a file or block device have in common, when links are followed, and
   * what it is a part of; {@link DiskIdentity#NOTHING} when nothing is there. Costs no command.
   */
  DiskIdentity identity(String path) throws HostFailure;

  /**
   * Returns the paths of the images directly in the folder that bear the mark of ncm-xen, sorted;
   * none when the folder is missing. Costs no command.
   */
  List<String> markedImages(String folder) throws HostFailure;

  /**
   * Returns who in dom0 uses the file or block device, or a part of it, one clause each, such as
   * {@code mounted on /srv}, {@code used as swap}, {@code held by dm-3}, {@code physical volume of
   * volume group vg0}; empty when nothing does. Costs at most one command, where loop devices are
   * attached. A host with thousands of disks is asked about each: what is mounted and attached may
   * be that of the first question to this object; {@link XenHost#storage} returns one that looks
   * anew.
   */
  List<String> users(String path) throws HostFailure;

  /**
   * Returns the same of a disk that a running domain has: a loop device by which the toolstack
   * gives a file to a domain is left out, unless it is used itself, such as mounted.
   */
  List<String> usersBesideDomain(String path) throws HostFailure;

  /** Returns whether this host can make images of the format (qcow2 needs {@code qemu-img}). */
  boolean canCreate(ImageFormat format);
}
