package org.quattor.ncm.xen.plan;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.quattor.ncm.xen.host.DiskIdentity;
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Disk.Access;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.observe.Backing;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observed;

/**
 * Finds two disks of the profile that are one device on the host, or of which one is a part of the
 * other, such as {@code /dev/sdb}, {@code /dev/disk/by-id/…} and {@code /dev/sdb1}. The rules find
 * two disks of one name. Guests outside this run count too.
 */
final class SharedBackings {

  private final PlanBuilder builder;
  private final ListMultimap<String, Use> byGuest = ArrayListMultimap.create();
  private final ListMultimap<String, Use> byOwn = ArrayListMultimap.create();
  private final ListMultimap<String, Use> byBelow = ArrayListMultimap.create();

  SharedBackings(DesiredState desired, Observation host, PlanBuilder builder) {
    this.builder = builder;
    for (Guest guest : desired.declared().values()) {
      for (Disk disk : guest.options().allDisks()) {
        if (host.storage().backing(disk.backing()) instanceof Observed.Known<Backing> known
            && known.value().identity().exists()) {
          Use use = new Use(disk, known.value().identity());
          byGuest.put(guest.key(), use);
          byOwn.put(use.identity().own(), use);
          use.identity().below().forEach(below -> byBelow.put(below, use));
        }
      }
    }
  }

  private record Use(Disk disk, DiskIdentity identity) {

    boolean goesWith(Use other) {
      Access mine = disk.common().access();
      Access theirs = other.disk.common().access();
      return disk.backing().equals(other.disk.backing())
          || (!mine.writable() && !theirs.writable())
          || (mine == Access.SHARED_WRITE && theirs == Access.SHARED_WRITE);
    }
  }

  /** Holds the guest back when one of its disks is also a disk of another guest. */
  void check(Guest guest) {
    for (Use use : byGuest.get(guest.key())) {
      for (Use other : overlapping(use)) {
        if (!use.goesWith(other)) {
          refuse(guest, use, other);
        }
      }
    }
  }

  private Set<Use> overlapping(Use use) {
    List<Use> found = new ArrayList<>(byOwn.get(use.identity().own()));
    found.addAll(byBelow.get(use.identity().own()));
    use.identity().below().forEach(below -> found.addAll(byOwn.get(below)));
    found.removeIf(use::equals);
    return new LinkedHashSet<>(found);
  }

  private void refuse(Guest guest, Use use, Use other) {
    boolean same = use.identity().own().equals(other.identity().own());
    builder.holdBack(
        guest,
        same ? "XEN314" : "XEN314.overlap",
        use.disk().common().path(),
        "disk",
        use.disk().backing(),
        "other",
        other.disk().backing(),
        "otherPath",
        other.disk().common().path());
  }
}
