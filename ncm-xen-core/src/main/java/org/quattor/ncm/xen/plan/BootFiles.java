package org.quattor.ncm.xen.plan;

import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.observe.Observation;

/** The files in dom0 that guests boot from and that may well be missing. */
final class BootFiles {

  private final Observation host;
  private final PlanBuilder builder;

  BootFiles(Observation host, PlanBuilder builder) {
    this.host = host;
    this.builder = builder;
  }

  /** Holds a guest back that lacks one that is likely missing; the toolstack finds the others. */
  void require(Guest guest) {
    require(guest, guest.options().doubtfulFiles(host.toolstack()));
  }

  /** Holds a guest back that lacks any: it runs, and would not come back from a restart. */
  void requireAll(Guest guest) {
    require(guest, guest.options().bootFiles(host.toolstack()));
  }

  private void require(Guest guest, Iterable<String> paths) {
    for (String path : paths) {
      String obstacle =
          host.needed(path)
              .fold(file -> file.exists() ? "" : path + " is missing on the host", why -> why);
      if (!obstacle.isEmpty() && !guest.fetches(path)) {
        builder.holdBack(guest, "XEN343", guest.path() + "/options", "obstacle", obstacle);
      }
    }
  }
}
