package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Disk.Access;
import org.quattor.ncm.xen.model.Guest;

/**
 * A disk that an action gives to a guest, or writes to itself.
 *
 * @param path where it is
 * @param writes whether it is written to
 * @param shared whether others may write to it as well
 */
public record DiskClaim(String path, boolean writes, boolean shared) {

  /** Claims a disk for one writer. */
  public static DiskClaim alone(String path) {
    return new DiskClaim(path, true, false);
  }

  /** Returns what a guest claims when it starts. */
  static ImmutableList<DiskClaim> of(Guest guest) {
    return guest.options().allDisks().stream()
        .map(DiskClaim::of)
        .collect(ImmutableList.toImmutableList());
  }

  private static DiskClaim of(Disk disk) {
    Access access = disk.common().access();
    return new DiskClaim(disk.backing(), access.writable(), access == Access.SHARED_WRITE);
  }
}
