package org.quattor.ncm.xen.plan;

import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.NewFilesystem;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.observe.Observation;

/** Says what is missing for a file system before anything is made for it. */
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
        "switch",
        switch (filesystem.type()) {
          case EXT4 -> "install the package e2fsprogs";
          case XFS -> "install the package xfsprogs";
          case SWAP -> "install the package util-linux";
        });
    return false;
  }
}
