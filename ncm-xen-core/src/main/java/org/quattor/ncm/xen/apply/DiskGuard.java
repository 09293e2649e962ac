package org.quattor.ncm.xen.apply;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import java.util.List;
import java.util.Optional;
import org.quattor.ncm.xen.host.DiskIdentity;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.HostDomains;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostStorage;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.observe.DomainDisk;
import org.quattor.ncm.xen.observe.DomainDisks;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observed;
import org.quattor.ncm.xen.observe.Observer;
import org.quattor.ncm.xen.plan.DiskClaim;

/**
 * Checks the users of a disk again, right before ncm-xen writes to it or gives it to a guest: a
 * plan may be minutes old when its last action is executed. What dom0 uses costs no command. The
 * toolstack is asked only when domains changed without this run, or where that cannot be seen.
 */
final class DiskGuard {

  private final XenHost host;
  private final HostDomains domains;
  private final boolean dom0;
  private DomainDisks disks;
  private boolean askedAgain;
  private Optional<ImmutableSortedMap<Integer, String>> traces;

  DiskGuard(XenHost host, HostDomains domains, Observation seen) {
    this.host = host;
    this.domains = domains;
    this.dom0 = seen.facts().dom0();
    this.disks = seen.storage().domainDisks();
    this.traces =
        seen.traces() instanceof Observed.Known<Optional<ImmutableSortedMap<Integer, String>>> known
            ? known.value()
            : Optional.empty();
  }

  /**
   * Fails when anything but the domain uses one of the disks, or when that is unknown.
   *
   * @param domain whose disks they are; empty when they are to have no domain at all
   */
  void requireFree(String domain, Iterable<DiskClaim> claims) throws HostFailure {
    requireFree(domain, claims, false);
  }

  /** Likewise for a domain that had the disks a moment ago: a loop device of it may linger. */
  void requireStillFree(String domain, Iterable<DiskClaim> claims) throws HostFailure {
    requireFree(domain, claims, true);
  }

  private void requireFree(String domain, Iterable<DiskClaim> claims, boolean hadThem)
      throws HostFailure {
    HostStorage storage = host.storage();
    for (DiskClaim claim : claims) {
      DiskIdentity identity = DomainDisks.identity(storage, claim.path());
      if (identity.exists()) {
        requireFree(domain, claim, identity, storage, hadThem);
      }
    }
  }

  private void requireFree(
      String domain, DiskClaim claim, DiskIdentity identity, HostStorage storage, boolean hadThem)
      throws HostFailure {
    DomainDisks now = now(storage);
    List<String> users =
        hadThem || now.has(identity)
            ? storage.usersBesideDomain(claim.path())
            : storage.users(claim.path());
    if (!users.isEmpty()) {
      throw new HostFailure("dom0 uses " + claim.path() + " now: " + String.join(", ", users));
    }
    for (DomainDisk used : now.known()) {
      if (!used.domain().equals(domain)
          && used.identity().overlaps(identity)
          && !claim.shared()
          && (used.writable() || claim.writes())) {
        throw new HostFailure("running domain " + used.domain() + " uses " + claim.path() + " now");
      }
    }
    if (!now.gap().isEmpty() && !claim.shared()) {
      throw new HostFailure("it is unknown which domains use " + claim.path() + ": " + now.gap());
    }
  }

  private DomainDisks now(HostStorage storage) {
    if (!dom0) {
      return disks;
    }
    Optional<ImmutableSortedMap<Integer, String>> seen = look();
    // What was unknown once is asked for again, and only once: a toolstack that hangs takes
    // minutes.
    boolean again = !disks.gap().isEmpty() && !askedAgain;
    askedAgain |= again;
    if (again || seen.isEmpty() || !seen.equals(traces)) {
      Observed<ImmutableList<DomainState>> list =
          Observed.of(() -> ImmutableList.copyOf(domains.list()));
      disks =
          DomainDisks.of(
              list,
              Observer.configurations(domains, list, new Observed.Known<>(seen)),
              path -> DomainDisks.identity(storage, path));
      traces = seen;
    }
    return disks;
  }

  /** What cannot be seen does not prove that nothing changed. */
  private Optional<ImmutableSortedMap<Integer, String>> look() {
    Observed<Optional<ImmutableSortedMap<Integer, String>>> seen =
        Observed.of(() -> domains.traces().map(ImmutableSortedMap::copyOfSorted));
    return seen instanceof Observed.Known<Optional<ImmutableSortedMap<Integer, String>>> known
        ? known.value()
        : Optional.empty();
  }

  /** Notes that this run ended a domain: its disks may have other users from now on. */
  void ended() {
    traces = Optional.empty();
  }

  /**
   * Notes what this run itself did, so that the toolstack need not be asked for it.
   *
   * @param domain to which it did something
   * @param claims what that domain has now in addition
   * @param changed how many domains may show a change: two when one ended and was made anew
   */
  void did(String domain, Iterable<DiskClaim> claims, int changed) throws HostFailure {
    Optional<ImmutableSortedMap<Integer, String>> seen = look();
    if (seen.isEmpty() || traces.isEmpty()) {
      return;
    }
    int differing =
        Maps.difference(seen.get(), traces.get()).entriesDiffering().size()
            + Maps.difference(seen.get(), traces.get()).entriesOnlyOnLeft().size()
            + Maps.difference(seen.get(), traces.get()).entriesOnlyOnRight().size();
    if (differing > changed) {
      return; // Another change happened too; the next check asks the toolstack.
    }
    HostStorage storage = host.storage();
    ImmutableList.Builder<DomainDisk> all = ImmutableList.builder();
    all.addAll(disks.known());
    for (DiskClaim claim : claims) {
      all.add(new DomainDisk(domain, claim.path(), claim.writes(), storage.identity(claim.path())));
    }
    disks = new DomainDisks(all.build(), disks.gap());
    traces = seen;
  }
}
