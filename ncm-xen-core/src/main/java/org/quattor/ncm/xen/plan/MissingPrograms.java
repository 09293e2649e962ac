package org.quattor.ncm.xen.plan;

import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.NewFilesystem;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.observe.Observation;

/** Finds a missing program for a file system before anything is created for it. */
final class MissingPrograms {

  private MissingPrograms() {}

  /** Returns whether the file system could be made; if not, the guest is held back. */
  static boolean none(
      Guest guest,
      Disk.Common disk,
      @Nullable NewFilesystem filesystem,
      Observation host,
      PlanBuilder builder) {
    if (filesystem == null || host.storage().filesystems().contains(filesystem.type())) {
      return true;
    }
    builder.holdBack(
        guest,
        "XEN316",
        disk.path() + "/filesystem",
        "program",
        filesystem.type().program(),
        "package",
        switch (filesystem.type()) {
          case EXT4 -> "e2fsprogs";
          case XFS -> "xfsprogs";
          case SWAP -> "util-linux";
        });
    return false;
  }
}
