package org.quattor.ncm.xen.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Disk.Access;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.observe.Backing;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Reading;

/**
 * Finds two disks of the profile that are one on the host under two names, such as {@code /dev/sdb}
 * and {@code /dev/disk/by-id/…}; what has one name is found by the rules.
 */
final class SharedBackings {

  private final Observation host;
  private final Draft draft;
  private final Map<String, List<Use>> uses = new HashMap<>();

  SharedBackings(Observation host, Draft draft) {
    this.host = host;
    this.draft = draft;
  }

  private record Use(Guest guest, Disk disk) {
    boolean goesWith(Use other) {
      Access mine = disk.common().access();
      Access theirs = other.disk.common().access();
      return disk.backing().equals(other.disk.backing())
          || (!mine.writable() && !theirs.writable())
          || (mine == Access.SHARED_WRITE && theirs == Access.SHARED_WRITE);
    }
  }

  void add(Guest guest, Disk disk) {
    Reading<Backing> reading = host.storage().backings().get(disk.backing());
    if (!(reading instanceof Reading.Known<Backing> known) || known.value().identity().isEmpty()) {
      return;
    }
    Use use = new Use(guest, disk);
    List<Use> others = uses.computeIfAbsent(known.value().identity(), key -> new ArrayList<>());
    for (Use other : others) {
      if (!use.goesWith(other)) {
        refuse(use, other);
        refuse(other, use);
      }
    }
    others.add(use);
  }

  private void refuse(Use use, Use other) {
    draft.holdBack(
        use.guest(),
        "XEN314",
        use.disk().common().path(),
        use.disk().backing()
            + " is another name of "
            + other.disk().backing()
            + ", the disk "
            + other.disk().common().path(),
        "one guest that writes to it, or only guests that read it",
        "two guests that write to one file system destroy it");
  }
}
