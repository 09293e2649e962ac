package org.quattor.ncm.xen.observe;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Comparator;
import java.util.Map;
import org.quattor.ncm.xen.host.DiskIdentity;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostStorage;

/**
 * The disks of all domains.
 *
 * @param known those that the toolstack describes
 * @param gap why domains may have others as well; empty when these are all
 */
public record DomainDisks(ImmutableList<DomainDisk> known, String gap) {

  private static final String DEV = "/dev/";

  /** There is no domain. */
  public static final DomainDisks NONE = new DomainDisks(ImmutableList.of(), "");

  /**
   * Returns what all names of a path have in common.
   *
   * @throws HostFailure when the path exists and that is unknown: it could be any disk
   */
  public static DiskIdentity identity(HostStorage storage, String path) throws HostFailure {
    DiskIdentity identity = storage.identity(path);
    if (!identity.exists()) {
      FileEntry.Kind kind = storage.look(path).kind();
      if (kind == FileEntry.Kind.FILE || kind == FileEntry.Kind.BLOCK_DEVICE) {
        throw new HostFailure(path + " exists, but it is unknown which disk it is");
      }
    }
    return identity;
  }

  /** Finds what all names of a path have in common. */
  public interface Identities {
    /** Looks at the path. */
    DiskIdentity of(String path) throws HostFailure;
  }

  /**
   * Joins the two lists of the toolstack.
   *
   * @param domains all domains
   * @param configurations of those domains, by name
   */
  public static DomainDisks of(
      Observed<ImmutableList<DomainState>> domains,
      Observed<ImmutableSortedMap<String, DomainConfiguration>> configurations,
      Identities identities) {
    if (!(domains instanceof Observed.Known<ImmutableList<DomainState>> list)) {
      return new DomainDisks(ImmutableList.of(), domains.whyUnknown());
    }
    ImmutableSortedSet<String> running = running(list.value());
    if (!(configurations
        instanceof Observed.Known<ImmutableSortedMap<String, DomainConfiguration>> all)) {
      return running.isEmpty()
          ? NONE
          : new DomainDisks(ImmutableList.of(), configurations.whyUnknown());
    }
    ImmutableList.Builder<DomainDisk> known = ImmutableList.builder();
    ImmutableList.Builder<String> gaps = ImmutableList.builder();
    running.stream()
        .filter(name -> !all.value().containsKey(name))
        .forEach(name -> gaps.add("the toolstack does not describe domain " + name));
    for (Map.Entry<String, DomainConfiguration> domain : all.value().entrySet()) {
      for (DomainConfiguration.Disk disk : domain.getValue().disks()) {
        try {
          known.add(
              new DomainDisk(
                  domain.getKey(),
                  disk.target(),
                  disk.writable(),
                  disk.target().isEmpty()
                      ? DiskIdentity.NOTHING
                      // Xen's script block looks for other names, such as sdb, in /dev.
                      : identities.of(
                          disk.target().startsWith("/") ? disk.target() : DEV + disk.target())));
        } catch (HostFailure e) {
          gaps.add(
              "it is unknown which disk domain " + domain.getKey() + " uses: " + e.getMessage());
        }
      }
    }
    return new DomainDisks(known.build(), String.join("; ", gaps.build()));
  }

  /** A domain that is being torn down writes no more. */
  private static ImmutableSortedSet<String> running(ImmutableList<DomainState> domains) {
    return domains.stream()
        .filter(domain -> domain.id() != 0 && domain.activity() != Activity.DYING)
        .map(DomainState::name)
        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
  }

  /** Returns whether any domain has a disk that overlaps the given one. */
  public boolean has(DiskIdentity identity) {
    return known.stream().anyMatch(disk -> disk.identity().overlaps(identity));
  }

  /** Returns whether a domain has a disk that overlaps the given one. */
  public boolean has(String domain, DiskIdentity identity) {
    return known.stream()
        .anyMatch(disk -> disk.domain().equals(domain) && disk.identity().overlaps(identity));
  }
}
