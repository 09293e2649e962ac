package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.xen.finding.Catalogue;
import org.quattor.ncm.xen.finding.XenPaths;
import org.quattor.ncm.xen.host.DiskIdentity;
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Disk.Access;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.observe.Backing;
import org.quattor.ncm.xen.observe.DomainDisk;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observed;

/**
 * Answers what uses a disk. Everything asks it before it writes to a disk or lets a guest do so: a
 * start, a restart, an attachment, an extension, a file system, a fetch and a volume group.
 */
final class DiskUsers {

  private final DesiredState desired;
  private final Observation host;
  private final PlanBuilder builder;
  private final String gap;

  /** What was answered, by the Pan path of the disk. */
  private final Map<String, DiskUse> answers = new HashMap<>();

  private boolean gapMatters;

  DiskUsers(DesiredState desired, Observation host, PlanBuilder builder) {
    this.desired = desired;
    this.host = host;
    this.builder = builder;
    this.gap = host.storage().domainDisks().gap();
  }

  /** Reports known users of the disk, and holds the guest back if it has any. */
  void report(Guest guest, Disk disk) {
    use(guest, disk);
  }

  /**
   * Returns whether the guest may write to the disk, or the disk does not exist; holds the guest
   * back otherwise. A running guest does not block itself.
   */
  boolean isFree(Guest guest, Disk disk) {
    if (host.storage().backings().get(disk.backing()) instanceof Observed.Unknown<Backing>) {
      builder.holdBack(guest); // Reported where the disk is planned.
      return false;
    }
    DiskUse use = use(guest, disk);
    if (use instanceof DiskUse.Unknown unknown) {
      isUnknown(guest, unknown.reason());
    }
    return use instanceof DiskUse.Free;
  }

  /** Holds a guest back because users of its disks are unknown; reports that once for all. */
  void isUnknown(Guest guest, String reason) {
    builder.holdBack(guest);
    // That domains are unknown altogether is reported where starts are planned.
    if (!gapMatters && host.domains() instanceof Observed.Known) {
      builder.incomplete();
      builder.report(
          "XEN302", XenPaths.DOMAINS, "reason", reason, "toolstack", host.toolstack().command());
    }
    gapMatters = true;
  }

  /** Returns whether a guest was held back because domains and their disks are unknown. */
  boolean gapMatters() {
    return gapMatters;
  }

  private DiskUse use(Guest guest, Disk disk) {
    DiskUse known = answers.get(disk.common().path());
    if (known != null) {
      return known;
    }
    DiskUse use = answer(guest, disk);
    answers.put(disk.common().path(), use);
    if (use instanceof DiskUse.Used used) {
      builder.holdBack(guest);
      used.by().forEach(builder::found);
    }
    return use;
  }

  private DiskUse answer(Guest guest, Disk disk) {
    // A volume that LVM does not have has no backing.
    if (!(host.storage().backing(disk.backing()) instanceof Observed.Known<Backing> known)
        || !known.value().identity().exists()) {
      return new DiskUse.Free();
    }
    Backing backing = known.value();
    String domain = guest.options().name();
    ImmutableList.Builder<Finding> found = ImmutableList.builder();
    dom0(disk, backing).ifPresent(found::add);
    for (DomainDisk used : others(domain)) {
      if (used.identity().overlaps(backing.identity()) && collides(used, disk)) {
        found.add(ofDomain(disk, used));
      }
    }
    ImmutableList<Finding> all = found.build();
    if (!all.isEmpty()) {
      return new DiskUse.Used(all);
    }
    return gap.isEmpty() || disk.common().access() == Access.SHARED_WRITE
        ? new DiskUse.Free()
        : new DiskUse.Unknown(gap);
  }

  private ImmutableList<DomainDisk> others(String domain) {
    return host.storage().domainDisks().known().stream()
        .filter(disk -> !disk.domain().equals(domain))
        .collect(ImmutableList.toImmutableList());
  }

  /** What uses it is unknown only where a running domain does, on whose behalf dom0 uses it. */
  private static Optional<Finding> dom0(Disk disk, Backing backing) {
    ImmutableList<String> users = backing.users().fold(all -> all, why -> ImmutableList.of());
    return users.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Catalogue.finding(
                "XEN312", disk.common().path(), "disk", disk.backing(), "users", users));
  }

  private Finding ofDomain(Disk disk, DomainDisk used) {
    return Catalogue.finding(
        used.writable() ? "XEN315" : "XEN315.reader",
        disk.common().path(),
        "disk",
        disk.backing(),
        "target",
        Optional.of(used.target()).filter(target -> !target.equals(disk.backing())),
        "domain",
        used.domain(),
        "toolstack",
        host.toolstack().command());
  }

  /** Two readers are fine; {@code w!} declares that others may write as well. */
  private static boolean collides(DomainDisk used, Disk disk) {
    return disk.common().access() != Access.SHARED_WRITE
        && (used.writable() || disk.common().access().writable());
  }

  /**
   * Returns why a file or device may not be overwritten as a whole; empty when nothing uses it.
   *
   * @param identity what it is
   */
  String obstacle(DiskIdentity identity) {
    for (Guest guest : desired.declared().values()) {
      for (Disk disk : guest.options().allDisks()) {
        Observed<Backing> backing = host.storage().backings().get(disk.backing());
        if (backing instanceof Observed.Known<Backing> known
            && known.value().identity().overlaps(identity)) {
          return "it is the disk " + disk.common().path();
        }
        if (backing instanceof Observed.Unknown<Backing> unknown) {
          return "it may be the disk " + disk.common().path() + ": " + unknown.reason();
        }
      }
    }
    for (DomainDisk used : host.storage().domainDisks().known()) {
      if (used.identity().overlaps(identity)) {
        return "running domain " + used.domain() + " uses it";
      }
    }
    return "";
  }

  /** Returns why running domains may have unknown disks; empty when all their disks are known. */
  String gap() {
    return gap;
  }
}
