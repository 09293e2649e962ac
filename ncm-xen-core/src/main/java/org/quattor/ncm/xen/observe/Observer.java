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
import org.quattor.ncm.xen.host.HostVolumes;
import org.quattor.ncm.xen.host.LvmInventory;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.model.Disk.LvmDisk;
import org.quattor.ncm.xen.model.Fetch;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.Lifecycle.OnChange;

/** Reads from a host what a desired state needs. */
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
  private final DesiredState desired;

  private Observer(XenHost host, DesiredState desired) {
    this.host = host;
    this.desired = desired;
  }

  /**
   * Reads the host.
   *
   * @throws HostFailure when {@code /etc/xen} cannot be read, because nothing can be planned then
   */
  public static Observation observe(
      XenHost host, HostFacts facts, Toolstack toolstack, DesiredState desired) throws HostFailure {
    return new Observer(host, desired).observe(facts, toolstack);
  }

  private Observation observe(HostFacts facts, Toolstack toolstack) throws HostFailure {
    ImmutableSortedMap<String, ConfigurationFile> files = files();
    ImmutableSortedMap<String, FileEntry> autostart =
        ImmutableSortedMap.copyOf(host.files().list(AUTOSTART_FOLDER));
    Observed<LvmInventory> lvm = lvm();
    HostDomains operations = host.domains(toolstack);
    // Before the lists: what changes while they are read shows as a change.
    Observed<Optional<ImmutableSortedMap<Integer, String>>> traces =
        Observed.of(() -> operations.traces().map(ImmutableSortedMap::copyOfSorted));
    Observed<ImmutableList<DomainState>> domains =
        facts.dom0()
            ? Observed.of(() -> ImmutableList.copyOf(operations.list()))
            : new Observed.Unknown<>("the host is not booted on Xen");
    Observed<ImmutableSortedMap<String, DomainConfiguration>> configurations =
        desired.configuration().guests().isEmpty() && !desired.stopDomains()
            ? new Observed.Unknown<>("no guest is declared")
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
                desired,
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
        facts.dom0() ? domains.map(Observation::guests) : new Observed.Known<>(ImmutableMap.of()),
        configurations,
        watched(facts, operations),
        transfers(facts, operations),
        Observed.of(() -> SavedGuests.find(host.files())),
        Observed.of(this::libvirt),
        Observed.of(() -> new NetworkObserver(host, desired, toolstack).observe()));
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
  private Observed<LvmInventory> lvm() {
    boolean declared =
        StorageObserver.disks(desired).stream().anyMatch(disk -> disk instanceof LvmDisk);
    if (!declared
        && Observed.of(() -> host.volumes().mayHaveTag(HostVolumes.MARK))
            .fold(may -> !may, why -> false)) {
      return new Observed.Unknown<>("no guest has a disk on LVM");
    }
    return Observed.of(() -> host.volumes().inventory());
  }

  private ImmutableSortedMap<String, Observed<FileEntry>> needed(Toolstack toolstack) {
    Map<String, Observed<FileEntry>> needed = new TreeMap<>();
    for (Guest guest : desired.configuration().guests().values()) {
      boolean restarts = guest.lifecycle().onChange() == OnChange.RESTART;
      for (String path :
          restarts
              ? guest.options().bootFiles(toolstack)
              : guest.options().doubtfulFiles(toolstack)) {
        needed.computeIfAbsent(path, name -> Observed.of(() -> host.storage().look(name)));
      }
    }
    return ImmutableSortedMap.copyOf(needed);
  }

  /** A digest costs the reading of the whole file: once for all guests that share it. */
  private ImmutableSortedMap<String, Observed<FetchedFile>> fetched() {
    Map<String, Observed<FetchedFile>> fetched = new TreeMap<>();
    for (Guest guest : desired.configuration().guests().values()) {
      for (Fetch fetch : guest.fetches()) {
        fetched.computeIfAbsent(fetch.file(), path -> Observed.of(() -> fetched(fetch)));
      }
    }
    return ImmutableSortedMap.copyOf(fetched);
  }

  private FetchedFile fetched(Fetch fetch) throws HostFailure {
    String path = fetch.file();
    FileEntry entry = host.files().look(path);
    if (entry.kind() != FileEntry.Kind.FILE) {
      return new FetchedFile(
          entry, "", DiskIdentity.NOTHING, new Observed.Known<>(ImmutableList.of()), false);
    }
    String digest = host.fetches().sha256(path);
    return new FetchedFile(
        entry,
        digest,
        host.storage().identity(path),
        digest.equals(fetch.source().sha256())
            ? new Observed.Known<>(ImmutableList.of())
            : Observed.of(() -> ImmutableList.copyOf(host.storage().users(path))),
        host.storage().markedImages(fetch.folder()).contains(path));
  }

  /**
   * Returns the configurations of domains. Read only when a domain runs: it may be a guest, use a
   * disk of one that is to be started, or be one that ncm-xen did not start and must not stop. A
   * list without domains is not believed where traces show one.
   */
  public static Observed<ImmutableSortedMap<String, DomainConfiguration>> configurations(
      HostDomains operations,
      Observed<ImmutableList<DomainState>> domains,
      Observed<Optional<ImmutableSortedMap<Integer, String>>> traces) {
    if (domains instanceof Observed.Unknown<ImmutableList<DomainState>> unknown) {
      return new Observed.Unknown<>(unknown.reason());
    }
    boolean listed =
        domains.fold(all -> all.stream().anyMatch(state -> state.id() != 0), why -> true);
    boolean traced =
        traces.fold(seen -> seen.filter(all -> !all.isEmpty()).isPresent(), why -> false);
    return listed || traced
        ? Observed.of(() -> ImmutableSortedMap.copyOf(operations.configurations()))
        : new Observed.Known<>(ImmutableSortedMap.of());
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

  private static Observed<ImmutableSortedSet<DomainTransfer>> transfers(
      HostFacts facts, HostDomains operations) {
    return facts.dom0()
        ? Observed.of(() -> ImmutableSortedSet.copyOf(operations.transfers()))
        : new Observed.Known<>(ImmutableSortedSet.of());
  }

  private static Observed<ImmutableSortedSet<String>> watched(
      HostFacts facts, HostDomains operations) {
    return facts.dom0()
        ? Observed.of(() -> ImmutableSortedSet.copyOf(operations.watched()))
        : new Observed.Known<>(ImmutableSortedSet.of());
  }
}
