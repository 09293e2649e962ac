package org.quattor.ncm.xen.observe;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.quattor.ncm.xen.host.DiskIdentity;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.DomainTransfer;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.HostDomains;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.host.LvmInventory;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.model.Disk.LvmDisk;
import org.quattor.ncm.xen.model.Fetch;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.Lifecycle.OnChange;
import org.quattor.ncm.xen.model.VolumeTags;
import org.quattor.ncm.xen.model.Wish;

/** Reads from a host what a wish is about. */
public final class Observer {

  /** Where guest files lie, for both toolstacks. */
  public static final String FOLDER = "/etc/xen";

  /** Where the links lie that {@code xendomains} starts guests by. */
  public static final String AUTOSTART_FOLDER = FOLDER + "/auto";

  /** Where libvirt's driver libxl keeps what is defined, and what runs, as NAME.xml. */
  private static final ImmutableList<String> LIBVIRT_FOLDERS =
      ImmutableList.of("/etc/libvirt/libxl", "/run/libvirt/libxl");

  private static final String XML = ".xml";

  private final XenHost host;
  private final Wish wish;

  private Observer(XenHost host, Wish wish) {
    this.host = host;
    this.wish = wish;
  }

  /**
   * Reads the host.
   *
   * @throws HostFailure when {@code /etc/xen} cannot be read, so that nothing can be planned
   */
  public static Observation observe(XenHost host, HostFacts facts, Toolstack toolstack, Wish wish)
      throws HostFailure {
    return new Observer(host, wish).observe(facts, toolstack);
  }

  private Observation observe(HostFacts facts, Toolstack toolstack) throws HostFailure {
    ImmutableSortedMap<String, ConfigurationFile> files = files();
    ImmutableSortedMap<String, FileEntry> autostart =
        ImmutableSortedMap.copyOf(host.files().list(AUTOSTART_FOLDER));
    Reading<LvmInventory> lvm = lvm();
    HostDomains operations = host.domains(toolstack);
    // Before the lists: what changes while they are read shows as a change.
    Reading<Optional<ImmutableSortedMap<Integer, String>>> traces =
        Reading.of(() -> operations.traces().map(ImmutableSortedMap::copyOfSorted));
    Reading<ImmutableList<DomainState>> domains =
        facts.dom0()
            ? Reading.of(() -> ImmutableList.copyOf(operations.list()))
            : new Reading.Unknown<>("the system is not booted on Xen");
    Reading<ImmutableSortedMap<String, DomainConfiguration>> configurations =
        wish.configuration().guests().isEmpty() && !wish.stopDomains()
            ? new Reading.Unknown<>("no guest is declared")
            : configurations(operations, domains, traces);
    return new Observation(
        facts,
        toolstack,
        files,
        autostart,
        AutostartFile.readAll(host.files(), autostart, files),
        lvm,
        new StorageObserver(
                host,
                wish,
                lvm,
                identities ->
                    facts.dom0()
                        ? DomainDisks.of(domains, configurations, identities)
                        : DomainDisks.NONE)
            .observe(),
        needed(toolstack),
        fetched(),
        domains,
        traces,
        facts.dom0() ? domains.map(Observation::guests) : new Reading.Known<>(ImmutableMap.of()),
        configurations,
        watched(facts, operations),
        transfers(facts, operations),
        Reading.of(() -> SavedGuests.find(host.files())),
        Reading.of(this::libvirt),
        Reading.of(() -> new NetworkObserver(host, wish, toolstack).observe()));
  }

  private ImmutableSortedMap<String, ConfigurationFile> files() throws HostFailure {
    HostFiles files = host.files();
    ImmutableSortedMap.Builder<String, ConfigurationFile> found = ImmutableSortedMap.naturalOrder();
    for (Map.Entry<String, FileEntry> entry : files.list(FOLDER).entrySet()) {
      String path = FOLDER + "/" + entry.getKey();
      found.put(entry.getKey(), ConfigurationFile.read(files, path, entry.getValue()));
    }
    return found.buildOrThrow();
  }

  /**
   * Read for guests that have volumes, and for those that had some: they are named as left over.
   */
  private Reading<LvmInventory> lvm() {
    boolean declared =
        StorageObserver.disks(wish).stream().anyMatch(disk -> disk instanceof LvmDisk);
    if (!declared
        && Reading.of(() -> host.volumes().mayHaveTag(VolumeTags.OURS))
            .fold(may -> !may, why -> false)) {
      return new Reading.Unknown<>("no guest has a disk on LVM");
    }
    return Reading.of(() -> host.volumes().inventory());
  }

  private ImmutableSortedMap<String, Reading<FileEntry>> needed(Toolstack toolstack) {
    Map<String, Reading<FileEntry>> needed = new TreeMap<>();
    for (Guest guest : wish.configuration().guests().values()) {
      boolean restarts = guest.lifecycle().onChange() == OnChange.RESTART;
      for (String path :
          restarts
              ? guest.options().bootFiles(toolstack)
              : guest.options().doubtfulFiles(toolstack)) {
        needed.computeIfAbsent(path, name -> Reading.of(() -> host.storage().look(name)));
      }
    }
    return ImmutableSortedMap.copyOf(needed);
  }

  /** A digest costs the reading of the whole file: once for all guests that share it. */
  private ImmutableSortedMap<String, Reading<FetchedFile>> fetched() {
    Map<String, Reading<FetchedFile>> fetched = new TreeMap<>();
    for (Guest guest : wish.configuration().guests().values()) {
      for (Fetch fetch : guest.fetches()) {
        fetched.computeIfAbsent(fetch.file(), path -> Reading.of(() -> fetched(fetch)));
      }
    }
    return ImmutableSortedMap.copyOf(fetched);
  }

  private FetchedFile fetched(Fetch fetch) throws HostFailure {
    String path = fetch.file();
    FileEntry entry = host.files().look(path);
    if (entry.kind() != FileEntry.Kind.FILE) {
      return new FetchedFile(
          entry, "", DiskIdentity.NOTHING, new Reading.Known<>(ImmutableList.of()), false);
    }
    String digest = host.fetches().sha256(path);
    return new FetchedFile(
        entry,
        digest,
        host.storage().identity(path),
        digest.equals(fetch.source().sha256())
            ? new Reading.Known<>(ImmutableList.of())
            : Reading.of(() -> ImmutableList.copyOf(host.storage().users(path))),
        host.storage().markedImages(fetch.folder()).contains(path));
  }

  /**
   * Returns what domains are made of. Asked only when one runs: it may be a guest, use a disk of
   * one that is to be started, or be one that ncm-xen did not start and is not to stop. A list
   * without domains is not believed where traces show one.
   */
  public static Reading<ImmutableSortedMap<String, DomainConfiguration>> configurations(
      HostDomains operations,
      Reading<ImmutableList<DomainState>> domains,
      Reading<Optional<ImmutableSortedMap<Integer, String>>> traces) {
    if (domains instanceof Reading.Unknown<ImmutableList<DomainState>> unknown) {
      return new Reading.Unknown<>(unknown.reason());
    }
    boolean listed =
        domains.fold(all -> all.stream().anyMatch(state -> state.id() != 0), why -> true);
    boolean traced =
        traces.fold(seen -> seen.filter(all -> !all.isEmpty()).isPresent(), why -> false);
    return listed || traced
        ? Reading.of(() -> ImmutableSortedMap.copyOf(operations.configurations()))
        : new Reading.Known<>(ImmutableSortedMap.of());
  }

  /** Returns the domains that libvirt's driver for Xen has on file. */
  private ImmutableSortedSet<String> libvirt() throws HostFailure {
    ImmutableSortedSet.Builder<String> names = ImmutableSortedSet.naturalOrder();
    for (String folder : LIBVIRT_FOLDERS) {
      for (Map.Entry<String, FileEntry> entry : host.files().list(folder).entrySet()) {
        String name = entry.getKey();
        if (entry.getValue().kind() == FileEntry.Kind.FILE && name.endsWith(XML)) {
          names.add(name.substring(0, name.length() - XML.length()));
        }
      }
    }
    return names.build();
  }

  private static Reading<ImmutableSortedSet<DomainTransfer>> transfers(
      HostFacts facts, HostDomains operations) {
    return facts.dom0()
        ? Reading.of(() -> ImmutableSortedSet.copyOf(operations.transfers()))
        : new Reading.Known<>(ImmutableSortedSet.of());
  }

  private static Reading<ImmutableSortedSet<String>> watched(
      HostFacts facts, HostDomains operations) {
    return facts.dom0()
        ? Reading.of(() -> ImmutableSortedSet.copyOf(operations.watched()))
        : new Reading.Known<>(ImmutableSortedSet.of());
  }
}
