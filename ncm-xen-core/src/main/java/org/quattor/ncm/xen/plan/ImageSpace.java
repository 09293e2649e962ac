package org.quattor.ncm.xen.plan;

import java.util.HashMap;
import java.util.Map;
import org.quattor.ncm.xen.host.Allocation;
import org.quattor.ncm.xen.host.FilesystemSpace;
import org.quattor.ncm.xen.model.Disk.FileDisk;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observed;

/**
 * Counts what the images of a run take of each file system. What is reserved or written must fit; a
 * sparse image may promise more than is free, with a warning.
 */
final class ImageSpace {

  private final Observation host;
  private final PlanBuilder builder;

  /** What is reserved or written, in bytes, by file system. */
  private final Map<String, Long> taken = new HashMap<>();

  /** What is promised by sparse images, in bytes, by file system. */
  private final Map<String, Long> promised = new HashMap<>();

  ImageSpace(Observation host, PlanBuilder builder) {
    this.host = host;
    this.builder = builder;
  }

  /**
   * Counts an image in; returns false, and holds the guest back, when there is no room for it.
   *
   * @param returnedBytes what becomes free before it is made
   */
  boolean take(Guest guest, FileDisk disk, long bytes, long returnedBytes) {
    Observed<FilesystemSpace> reading = host.storage().space(disk.folder());
    if (!(reading instanceof Observed.Known<FilesystemSpace> known)) {
      builder.incomplete();
      builder.holdBack(
          guest,
          "XEN330.space",
          disk.common().path(),
          "directory",
          disk.folder(),
          "reason",
          reading.whyUnknown(),
          "size",
          Size.text(bytes),
          "image",
          disk.image());
      return false;
    }
    String filesystem = known.value().filesystem();
    long left = known.value().freeBytes() + returnedBytes - taken.getOrDefault(filesystem, 0L);
    long unpromised = Math.max(0, left - promised.getOrDefault(filesystem, 0L));
    boolean sparse = disk.allocation() == Allocation.SPARSE;
    if (!sparse && bytes > left) {
      builder.holdBack(
          guest,
          "XEN324",
          disk.common().path(),
          "directory",
          disk.folder(),
          "freeMib",
          mib(left),
          "size",
          Size.text(bytes),
          "image",
          disk.image());
      return false;
    }
    if (bytes > unpromised) {
      builder.report(
          "XEN333",
          disk.common().path(),
          "directory",
          disk.folder(),
          "freeMib",
          mib(unpromised),
          "size",
          Size.text(bytes),
          "image",
          disk.image());
    }
    (sparse ? promised : taken).merge(filesystem, bytes, Long::sum);
    return true;
  }

  private static long mib(long bytes) {
    return Math.max(0, bytes) / Size.MIB;
  }
}
