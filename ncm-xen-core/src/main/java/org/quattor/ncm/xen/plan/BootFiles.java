package org.quattor.ncm.xen.plan;

import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observed;

/** The files in dom0 that guests boot from and that may be missing. */
final class BootFiles {

  private final Observation host;
  private final PlanBuilder builder;

  BootFiles(Observation host, PlanBuilder builder) {
    this.host = host;
    this.builder = builder;
  }

  /** Holds a guest back that lacks a file that may be missing; the toolstack finds the others. */
  void require(Guest guest) {
    require(guest, guest.options().doubtfulFiles(host.toolstack()));
  }

  /** Holds a guest back that lacks any: it runs, and would not come back from a restart. */
  void requireAll(Guest guest) {
    require(guest, guest.options().bootFiles(host.toolstack()));
  }

  private void require(Guest guest, Iterable<String> paths) {
    for (String path : paths) {
      if (guest.fetches(path)) {
        continue;
      }
      Observed<FileEntry> file = host.needed(path);
      String place = guest.path() + "/options";
      if (!(file instanceof Observed.Known<FileEntry> known)) {
        String why = file.whyUnknown();
        builder.holdBack(guest, "XEN343.unknown", place, "file", path, "reason", why);
      } else if (!known.value().exists()) {
        builder.holdBack(guest, "XEN343", place, "file", path);
      }
    }
  }
}
