package org.quattor.ncm.xen.observe;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.HostDomains;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.host.HostStorage;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.host.LvmInventory;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Disk.FileDisk;
import org.quattor.ncm.xen.model.Disk.LvmDisk;
import org.quattor.ncm.xen.model.Disk.PhyDisk;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.Wish;

/** Reads from a host what a wish is about. */
public final class Observer {

  /** Where guest files lie, for both toolstacks. */
  public static final String FOLDER = "/etc/xen";

  /** Where the links lie that {@code xendomains} starts guests by. */
  public static final String AUTOSTART_FOLDER = FOLDER + "/auto";

  private static final int LARGEST_FILE = 1 << 20;

  private final XenHost host;
  private final Wish wish;
  private final ImmutableList<Disk> disks;

  private Observer(XenHost host, Wish wish) {
    this.host = host;
    this.wish = wish;
    this.disks =
        wish.configuration().guests().values().stream()
            .flatMap(guest -> guest.options().allDisks().stream())
            .collect(ImmutableList.toImmutableList());
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
    Reading<LvmInventory> lvm = lvm();
    HostDomains operations = host.domains(toolstack);
    Reading<ImmutableList<DomainState>> domains =
        facts.dom0()
            ? Reading.of(() -> ImmutableList.copyOf(operations.list()))
            : new Reading.Unknown<>("the system is not booted on Xen");
    return new Observation(
        facts,
        toolstack,
        files,
        ImmutableSortedMap.copyOf(host.files().list(AUTOSTART_FOLDER)),
        lvm,
        backings(lvm),
        needed(toolstack),
        groupDevices(lvm),
        freeBytes(),
        host.storage().canCreate(ImageFormat.QCOW2),
        domains,
        configurations(operations, domains),
        watched(facts, operations));
  }

  private ImmutableSortedMap<String, ConfigurationFile> files() throws HostFailure {
    HostFiles files = host.files();
    ImmutableSortedMap.Builder<String, ConfigurationFile> found = ImmutableSortedMap.naturalOrder();
    for (Map.Entry<String, FileEntry> entry : files.list(FOLDER).entrySet()) {
      FileEntry what = entry.getValue();
      boolean readable = what.kind() == FileEntry.Kind.FILE && what.sizeBytes() <= LARGEST_FILE;
      found.put(
          entry.getKey(),
          readable
              ? ConfigurationFile.of(what, files.read(FOLDER + "/" + entry.getKey(), LARGEST_FILE))
              : ConfigurationFile.unread(what));
    }
    return found.buildOrThrow();
  }

  private Reading<LvmInventory> lvm() {
    if (disks.stream().noneMatch(disk -> disk instanceof LvmDisk)) {
      return new Reading.Unknown<>("no guest has a disk on LVM");
    }
    return Reading.of(() -> host.volumes().inventory());
  }

  /** A volume that LVM does not have is not looked for: its device node could only be stale. */
  private ImmutableSortedMap<String, Reading<Backing>> backings(Reading<LvmInventory> lvm) {
    Map<String, Reading<Backing>> backings = new TreeMap<>();
    for (Disk disk : disks) {
      boolean look =
          disk.accept(
              new Disk.Visitor<Boolean>() {
                @Override
                public Boolean lvm(LvmDisk volume) {
                  return lvm.known()
                      .flatMap(all -> all.volume(volume.group(), volume.volume()))
                      .isPresent();
                }

                @Override
                public Boolean file(FileDisk file) {
                  return true;
                }

                @Override
                public Boolean phy(PhyDisk phy) {
                  return true;
                }
              });
      if (look) {
        backings.computeIfAbsent(disk.backing(), path -> Reading.of(() -> backing(disk)));
      }
    }
    return ImmutableSortedMap.copyOf(backings);
  }

  private Backing backing(Disk disk) throws HostFailure {
    HostStorage storage = host.storage();
    String path = disk.backing();
    if (disk instanceof FileDisk image) {
      FileEntry entry = host.files().look(path);
      if (entry.kind() != FileEntry.Kind.FILE) {
        return new Backing(entry, new Reading.Unknown<>("there is no image"), ImmutableList.of());
      }
      return new Backing(
          entry,
          Reading.of(() -> storage.imageBytes(path, image.format())),
          ImmutableList.copyOf(storage.users(path)));
    }
    FileEntry entry = storage.look(path);
    ImmutableList<String> users =
        entry.kind() == FileEntry.Kind.BLOCK_DEVICE
            ? ImmutableList.copyOf(storage.users(path))
            : ImmutableList.of();
    return new Backing(entry, new Reading.Known<>(entry.sizeBytes()), users);
  }

  private ImmutableSortedMap<String, Reading<FileEntry>> needed(Toolstack toolstack) {
    Map<String, Reading<FileEntry>> needed = new TreeMap<>();
    for (Guest guest : wish.configuration().guests().values()) {
      for (String path : guest.options().doubtfulFiles(toolstack)) {
        needed.computeIfAbsent(path, name -> Reading.of(() -> host.storage().look(name)));
      }
    }
    return ImmutableSortedMap.copyOf(needed);
  }

  private ImmutableSortedMap<String, Reading<ImmutableList<String>>> groupDevices(
      Reading<LvmInventory> lvm) {
    Map<String, Reading<ImmutableList<String>>> devices = new TreeMap<>();
    Optional<LvmInventory> inventory = lvm.known();
    for (Disk disk : disks) {
      String device = disk instanceof LvmDisk volume ? volume.groupDevice() : null;
      if (device != null
          && inventory.isPresent()
          && inventory.get().group(((LvmDisk) disk).group()).isEmpty()) {
        devices.computeIfAbsent(device, path -> Reading.of(() -> contents(path)));
      }
    }
    return ImmutableSortedMap.copyOf(devices);
  }

  /** Whatever keeps a device from becoming a physical volume, what it is not included. */
  private ImmutableList<String> contents(String device) throws HostFailure {
    FileEntry entry = host.storage().look(device);
    if (entry.kind() != FileEntry.Kind.BLOCK_DEVICE) {
      return ImmutableList.of("it is " + entry.kind().text());
    }
    List<String> all = new ArrayList<>(host.storage().users(device));
    all.addAll(host.storage().contents(device));
    return ImmutableList.copyOf(all);
  }

  private ImmutableSortedMap<String, Reading<Long>> freeBytes() {
    Map<String, Reading<Long>> free = new TreeMap<>();
    for (Disk disk : disks) {
      if (disk instanceof FileDisk image) {
        String folder = image.image().substring(0, image.image().lastIndexOf('/') + 1);
        free.computeIfAbsent(folder, path -> Reading.of(() -> host.storage().freeBytes(path)));
      }
    }
    return ImmutableSortedMap.copyOf(free);
  }

  /** Asked only when a guest runs: what does not run is made of nothing. */
  private Reading<ImmutableSortedMap<String, DomainConfiguration>> configurations(
      HostDomains operations, Reading<ImmutableList<DomainState>> domains) {
    Set<String> running =
        domains.known().stream()
            .flatMap(ImmutableList::stream)
            .map(DomainState::name)
            .collect(Collectors.toSet());
    return wish.configuration().guests().values().stream()
            .anyMatch(guest -> running.contains(guest.options().name()))
        ? Reading.of(() -> ImmutableSortedMap.copyOf(operations.configurations()))
        : new Reading.Unknown<>("no guest runs");
  }

  private static Reading<ImmutableSortedSet<String>> watched(
      HostFacts facts, HostDomains operations) {
    return facts.dom0()
        ? Reading.of(() -> ImmutableSortedSet.copyOf(operations.watched()))
        : new Reading.Known<>(ImmutableSortedSet.of());
  }
}
