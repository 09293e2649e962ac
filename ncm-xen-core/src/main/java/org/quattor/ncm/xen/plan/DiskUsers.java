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
 * Answers who uses a disk: the one question that every road asks which writes to a disk or lets a
 * guest do so, be it a start, a restart, an attachment, an extension, a file system, a fetch or a
 * volume group.
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

  /** Reports who is known to use the disk, and holds the guest back then. */
  void report(Guest guest, Disk disk) {
    use(guest, disk);
  }

  /**
   * Returns whether the guest may write to the disk, or nothing is there; holds the guest back
   * otherwise. A guest that runs is no obstacle to itself.
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

  /** Holds a guest back since it is not known who uses what it needs; says so once for all. */
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

  /** Returns whether a guest was held back since domains and their disks are unknown. */
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
    boolean asked = backing.users() instanceof Observed.Known;
    if (asked || !host.storage().domainDisks().has(backing.identity())) {
      dom0(disk, backing).ifPresent(found::add);
    }
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

  private static Optional<Finding> dom0(Disk disk, Backing backing) {
    if (!(backing.users() instanceof Observed.Known<ImmutableList<String>> users)) {
      return Optional.of(
          Catalogue.finding(
              "XEN310.users", disk.common().path(), "reason", backing.users().whyUnknown()));
    }
    return users.value().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Catalogue.finding(
                "XEN312", disk.common().path(), "disk", disk.backing(), "users", users.value()));
  }

  private static Finding ofDomain(Disk disk, DomainDisk used) {
    return Catalogue.finding(
        used.writable() ? "XEN315" : "XEN315.reader",
        disk.common().path(),
        "disk",
        used.target().equals(disk.backing())
            ? disk.backing()
            : disk.backing() + " (" + used.target() + ")",
        "domain",
        used.domain());
  }

  /** Two readers are fine; {@code w!} is the explicit desired state to share. */
  private static boolean collides(DomainDisk used, Disk disk) {
    return disk.common().access() != Access.SHARED_WRITE
        && (used.writable() || disk.common().access().writable());
  }

  /**
   * Returns why a file or device may not be written over as a whole; empty when nothing has it.
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
        return "it is a disk of the running domain " + used.domain();
      }
    }
    return "";
  }

  /** Returns why running domains may have disks that are not known; empty when all are. */
  String gap() {
    return gap;
  }
}
