package org.quattor.ncm.xen.observe;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.SetMultimap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.quattor.ncm.xen.host.DiskIdentity;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.FilesystemSpace;
import org.quattor.ncm.xen.host.FilesystemType;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostStorage;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.host.LvmInventory;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Disk.FileDisk;
import org.quattor.ncm.xen.model.Disk.LvmDisk;
import org.quattor.ncm.xen.model.Disk.PhyDisk;
import org.quattor.ncm.xen.model.Guest;

/** Reads what disks are backed with; a command is spent only on devices for new volume groups. */
final class StorageObserver {

  private static final Observed<ImmutableList<String>> NO_USERS =
      new Observed.Known<>(ImmutableList.of());

  private final XenHost host;
  private final HostStorage storage;
  private final DesiredState desired;
  private final Observed<LvmInventory> lvm;
  private final ImmutableList<Disk> disks;

  private final DomainDisks domainDisks;

  /** The domains of the guests that have a disk, by its path. */
  private final SetMultimap<String, String> owners = HashMultimap.create();

  private final Map<String, DiskIdentity> identities = new HashMap<>();

  StorageObserver(
      XenHost host,
      DesiredState desired,
      Observed<LvmInventory> lvm,
      Function<DomainDisks.Identities, DomainDisks> domainDisks) {
    this.host = host;
    this.storage = host.storage();
    this.desired = desired;
    this.lvm = lvm;
    this.disks = disks(desired);
    this.domainDisks = domainDisks.apply(this::identity);
    for (Guest guest : desired.declared().values()) {
      for (Disk disk : guest.options().allDisks()) {
        owners.put(disk.backing(), guest.options().name());
      }
    }
  }

  /** Returns the disks of all guests of a desired state. */
  static ImmutableList<Disk> disks(DesiredState desired) {
    return desired.configuration().guests().values().stream()
        .flatMap(guest -> guest.options().allDisks().stream())
        .collect(ImmutableList.toImmutableList());
  }

  Storage observe() {
    return new Storage(
        backings(),
        groupDevices(),
        space(),
        storage.canCreate(ImageFormat.QCOW2),
        filesystems(),
        markedImages(),
        leftovers(folder -> host.files().leftovers(folder)),
        leftovers(folder -> host.files().doubtfulLeftovers(folder)).keySet(),
        domainDisks);
  }

  /** A volume that LVM does not have is not looked for: its device node could only be stale. */
  private ImmutableSortedMap<String, Observed<Backing>> backings() {
    Map<String, Observed<Backing>> backings = new TreeMap<>();
    // Those of guests that are not worked on too: nobody may have their disks under another name.
    for (Guest guest : desired.declared().values()) {
      for (Disk disk : guest.options().allDisks()) {
        if (isThere(disk)) {
          backings.computeIfAbsent(disk.backing(), path -> Observed.of(() -> backing(disk)));
        }
      }
    }
    return ImmutableSortedMap.copyOf(backings);
  }

  private boolean isThere(Disk disk) {
    return disk.accept(
        new Disk.Visitor<Boolean>() {
          @Override
          public Boolean lvm(LvmDisk volume) {
            // Where LVM is unknown the guest is held back, and nothing of it is looked at.
            return lvm.fold(
                all -> all.volume(volume.group(), volume.volume()).isPresent(), why -> false);
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
  }

  private Backing backing(Disk disk) throws HostFailure {
    String path = disk.backing();
    if (disk instanceof FileDisk image) {
      FileEntry entry = host.files().look(path);
      if (entry.kind() != FileEntry.Kind.FILE) {
        return new Backing(
            entry,
            new Observed.Unknown<>("the image file does not exist"),
            NO_USERS,
            DiskIdentity.NOTHING);
      }
      DiskIdentity identity = identity(path);
      return new Backing(
          entry,
          image.format() == ImageFormat.RAW
              ? new Observed.Known<>(entry.sizeBytes())
              : Observed.of(() -> storage.imageBytes(path, image.format())),
          users(path, identity),
          identity);
    }
    FileEntry entry = storage.look(path);
    DiskIdentity identity = identity(path);
    return new Backing(
        entry,
        new Observed.Known<>(entry.sizeBytes()),
        entry.kind() == FileEntry.Kind.BLOCK_DEVICE ? users(path, identity) : NO_USERS,
        identity);
  }

  /**
   * Not asked where each guest with the disk runs with it, which is most of the time: it takes a
   * look at all. An action on such a disk asks for itself.
   */
  private Observed<ImmutableList<String>> users(String path, DiskIdentity identity)
      throws HostFailure {
    if (!domainDisks.has(identity)) {
      return new Observed.Known<>(ImmutableList.copyOf(storage.users(path)));
    }
    boolean inUse = owners.get(path).stream().allMatch(each -> domainDisks.has(each, identity));
    return inUse
        ? new Observed.Unknown<>("a running domain uses it")
        : new Observed.Known<>(ImmutableList.copyOf(storage.usersBesideDomain(path)));
  }

  private DiskIdentity identity(String path) throws HostFailure {
    DiskIdentity known = identities.get(path);
    if (known == null) {
      known = DomainDisks.identity(storage, path);
      identities.put(path, known);
    }
    return known;
  }

  private ImmutableSortedMap<String, Observed<GroupDevice>> groupDevices() {
    Map<String, Observed<GroupDevice>> devices = new TreeMap<>();
    for (Disk disk : disks) {
      String device = disk instanceof LvmDisk volume ? volume.groupDevice() : null;
      boolean groupIsMissing =
          disk instanceof LvmDisk volume
              && lvm.fold(all -> all.group(volume.group()).isEmpty(), why -> false);
      if (device != null && groupIsMissing) {
        devices.computeIfAbsent(device, path -> Observed.of(() -> groupDevice(path)));
      }
    }
    return ImmutableSortedMap.copyOf(devices);
  }

  /** What keeps a device from becoming a physical volume. */
  private GroupDevice groupDevice(String device) throws HostFailure {
    FileEntry entry = storage.look(device);
    DiskIdentity identity = identity(device);
    if (entry.kind() != FileEntry.Kind.BLOCK_DEVICE) {
      return new GroupDevice(entry, identity, ImmutableList.of(), ImmutableList.of());
    }
    ImmutableList<String> users = ImmutableList.copyOf(storage.users(device));
    List<String> contents = new ArrayList<>(host.filesystems().contents(device));
    if (users.isEmpty() && contents.isEmpty() && !host.filesystems().isBlank(device)) {
      contents.add("it holds data of an unknown kind");
    }
    return new GroupDevice(entry, identity, users, ImmutableList.copyOf(contents));
  }

  private ImmutableSortedMap<String, Observed<FilesystemSpace>> space() {
    Map<String, Observed<FilesystemSpace>> space = new TreeMap<>();
    for (String folder : imageFolders()) {
      space.put(folder, Observed.of(() -> host.filesystems().space(folder)));
    }
    return ImmutableSortedMap.copyOf(space);
  }

  private ImmutableSet<FilesystemType> filesystems() {
    return Arrays.stream(FilesystemType.values())
        .filter(type -> host.filesystems().canMake(type))
        .collect(ImmutableSet.toImmutableSet());
  }

  /** A folder that cannot be listed is spoken of where its image is. */
  private ImmutableSortedSet<String> markedImages() {
    ImmutableSortedSet.Builder<String> found = ImmutableSortedSet.naturalOrder();
    for (String folder : imageFolders()) {
      if (Observed.of(() -> storage.markedImages(folder))
          instanceof Observed.Known<List<String>> known) {
        found.addAll(known.value());
      }
    }
    return found.build();
  }

  private interface Listing {
    SortedMap<String, FileEntry> of(String folder) throws HostFailure;
  }

  /** Nothing is removed from a folder that cannot be listed. */
  private ImmutableSortedMap<String, FileEntry> leftovers(Listing listing) {
    Set<String> folders = imageFolders();
    desired.configuration().guests().values().stream()
        .flatMap(guest -> guest.fetches().stream())
        .forEach(fetch -> folders.add(fetch.folder()));
    folders.add(Observer.FOLDER);
    folders.add(Observer.AUTOSTART_FOLDER);
    Map<String, FileEntry> found = new TreeMap<>();
    for (String folder : folders) {
      if (Observed.of(() -> listing.of(folder))
          instanceof Observed.Known<SortedMap<String, FileEntry>> known) {
        String beginning = (folder.equals("/") ? "" : folder) + "/";
        known.value().forEach((name, entry) -> found.put(beginning + name, entry));
      }
    }
    return ImmutableSortedMap.copyOf(found);
  }

  private Set<String> imageFolders() {
    Set<String> folders = new TreeSet<>();
    for (Disk disk : disks) {
      if (disk instanceof FileDisk image) {
        folders.add(image.folder());
      }
    }
    return folders;
  }
}
