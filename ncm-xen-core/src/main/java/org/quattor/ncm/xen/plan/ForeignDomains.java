package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import java.util.List;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.observe.Backing;
import org.quattor.ncm.xen.observe.ConfigurationFile;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observed;

/** Finds domains that run under the name of a guest and are not that guest. */
final class ForeignDomains {

  private final Observation host;
  private final PlanBuilder builder;
  private final GuestTexts texts;

  ForeignDomains(Observation host, PlanBuilder builder, GuestTexts texts) {
    this.host = host;
    this.builder = builder;
    this.texts = texts;
  }

  /** Returns whether the domain of the guest's name is another one; holds the guest back then. */
  boolean has(Guest guest) {
    // Nothing is created, stopped, restarted or changed for a domain that is not described.
    if (!(host.configuration(guest.options().name())
            instanceof Observed.Known<DomainConfiguration> known)
        || isGuest(guest, known.value())) {
      return false;
    }
    DomainConfiguration domain = known.value();
    builder.holdBack(
        guest,
        "XEN338",
        guest.path(),
        "domain",
        domain.name(),
        "disks",
        ImmutableList.sortedCopyOf(targets(domain)),
        "toolstack",
        host.toolstack().command());
    return true;
  }

  /**
   * The uuid is enough, and so is a disk in common that the domain writes to: a medium that is only
   * read belongs to many. A domain without disks is a guest that has none by its file either.
   */
  private boolean isGuest(Guest guest, DomainConfiguration domain) {
    List<Disk> declared = guest.options().allDisks();
    ImmutableSortedSet<String> written = GuestTexts.disks(domain);
    ImmutableSet<String> targets = written.isEmpty() ? targets(domain) : written;
    ImmutableSet<String> earlier = earlier(guest);
    return texts.isUuidOf(guest, domain.uuid())
        || (targets.isEmpty() && earlier.isEmpty() && (declared.isEmpty() || hasFile(guest)))
        || declared.stream().anyMatch(disk -> isAmong(disk, targets, domain.name()))
        || earlier.stream().anyMatch(targets::contains);
  }

  private boolean isAmong(Disk disk, ImmutableSet<String> targets, String domain) {
    return targets.contains(disk.backing())
        || (host.storage().backing(disk.backing()) instanceof Observed.Known<Backing> known
            && host.storage().domainDisks().known().stream()
                .filter(used -> used.domain().equals(domain) && targets.contains(used.target()))
                .anyMatch(used -> used.identity().overlaps(known.value().identity())));
  }

  private boolean hasFile(Guest guest) {
    return host.files().containsKey(guest.key());
  }

  /** Returns the disks that the guest had by the file that is there. */
  private ImmutableSet<String> earlier(Guest guest) {
    ConfigurationFile there = host.files().get(guest.key());
    return there == null
        ? ImmutableSet.of()
        : texts.targets(there.text()).orElse(ImmutableSet.of());
  }

  private static ImmutableSet<String> targets(DomainConfiguration domain) {
    return domain.disks().stream()
        .map(DomainConfiguration.Disk::target)
        .filter(target -> !target.isEmpty())
        .collect(ImmutableSet.toImmutableSet());
  }
}
