package org.quattor.ncm.xen.observe;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.DomainTransfer;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.LvmInventory;
import org.quattor.ncm.xen.host.Toolstack;

/**
 * One picture of a host.
 *
 * @param facts what the host is
 * @param toolstack the toolstack that is worked with
 * @param files {@code /etc/xen} by name
 * @param autostart {@code /etc/xen/auto} by name
 * @param autostartFiles the guest files that the host starts at boot, by name of the entry
 * @param lvm volume groups and volumes; unknown also when no guest names any
 * @param storage what disks can be backed with
 * @param needed files that guests need in dom0 and that may well be missing, by path
 * @param fetched what lies where guests have files fetched to, by path
 * @param domains the domains; unknown also when the system is not booted on Xen
 * @param traces what shows that domains changed since; unknown, or none, where nothing does
 * @param guests those of them that are not the host itself, by name; none when the system is not
 *     booted on Xen
 * @param configurations what running domains are made of, by name; unknown also when no guest runs
 * @param watched names of domains that the toolstack would start again after their reboot
 * @param transfers what processes of the toolstack move to or from this host, or save
 * @param saved paths of files that xendomains saved guests to, by name of the file
 * @param libvirt names of domains that libvirt has, running or not
 * @param network bridges, and what makes them
 */
public record Observation(
    HostFacts facts,
    Toolstack toolstack,
    ImmutableSortedMap<String, ConfigurationFile> files,
    ImmutableSortedMap<String, FileEntry> autostart,
    ImmutableSortedMap<String, Observed<AutostartFile>> autostartFiles,
    Observed<LvmInventory> lvm,
    Storage storage,
    ImmutableSortedMap<String, Observed<FileEntry>> needed,
    ImmutableSortedMap<String, Observed<FetchedFile>> fetched,
    Observed<ImmutableList<DomainState>> domains,
    Observed<Optional<ImmutableSortedMap<Integer, String>>> traces,
    Observed<ImmutableMap<String, DomainState>> guests,
    Observed<ImmutableSortedMap<String, DomainConfiguration>> configurations,
    Observed<ImmutableSortedSet<String>> watched,
    Observed<ImmutableSortedSet<DomainTransfer>> transfers,
    Observed<ImmutableSortedMap<String, String>> saved,
    Observed<ImmutableSortedSet<String>> libvirt,
    Observed<NetworkState> network) {

  /** Returns the domain of the name, which is never the host itself; empty when there is none. */
  public Observed<Optional<DomainState>> domain(String name) {
    return guests.map(all -> Optional.ofNullable(all.get(name)));
  }

  /** Returns whether there is a domain of the name, or may be one. */
  public boolean mayHaveDomain(String name) {
    return domain(name).fold(Optional::isPresent, why -> true);
  }

  /** Returns the domains but the host itself, the first of each name. */
  static ImmutableMap<String, DomainState> guests(ImmutableList<DomainState> domains) {
    Map<String, DomainState> guests = new LinkedHashMap<>();
    for (DomainState domain : domains) {
      if (domain.id() != 0) {
        guests.putIfAbsent(domain.name(), domain);
      }
    }
    return ImmutableMap.copyOf(guests);
  }

  /** Returns a file that a guest needs in dom0. */
  public Observed<FileEntry> needed(String path) {
    return Observed.at(needed, path);
  }

  /** Returns what lies where a guest has a file fetched to. */
  public Observed<FetchedFile> fetched(String path) {
    return Observed.at(fetched, path);
  }

  /** Returns what a domain is made of. */
  public Observed<DomainConfiguration> configuration(String name) {
    return configurations.fold(
        all -> {
          DomainConfiguration domain = all.get(name);
          return domain == null
              ? new Observed.Unknown<>("the toolstack does not describe domain " + name)
              : new Observed.Known<>(domain);
        },
        Observed.Unknown::new);
  }

  /**
   * Returns SHA-256, as hex, over all but the free space and the traces, which change by
   * themselves.
   */
  public String digest() {
    Observation stable =
        new Observation(
            facts,
            toolstack,
            files,
            autostart,
            autostartFiles,
            lvm,
            storage.withoutSpace(),
            needed,
            fetched,
            domains,
            new Observed.Known<>(Optional.empty()),
            guests,
            configurations,
            watched,
            transfers,
            saved,
            libvirt,
            network);
    return Hashing.sha256().hashString(stable.toString(), StandardCharsets.UTF_8).toString();
  }
}
