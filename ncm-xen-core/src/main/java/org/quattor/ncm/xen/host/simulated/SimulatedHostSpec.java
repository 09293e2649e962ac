package org.quattor.ncm.xen.host.simulated;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.host.DomainTransfer;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.LvmInventory;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.model.XenConfiguration;

/**
 * What a simulated host has, but for its files. Start with {@link #bare} or {@link #fitting} and
 * add with the {@code with} methods, each of which returns a changed copy.
 *
 * @param facts what the host is
 * @param imageSpaceBytes what new image files may still take
 * @param groups volume groups by name
 * @param volumes logical volumes by {@code group/volume}
 * @param blockDevices block devices by path, those of logical volumes left out
 * @param users who in dom0 uses a file or device, by path; clauses such as {@code mounted on /srv}
 * @param images paths of the images that bear the mark of ncm-xen
 * @param urls what the web has for this host: the SHA-256 digest of the file by its URL, without
 *     user and password
 * @param devices network devices by name
 * @param domains running domains by name, dom0 left out
 * @param watched names of domains that a toolstack process watches over
 * @param transfers what toolstack processes move to or from the host, or save
 */
public record SimulatedHostSpec(
    HostFacts facts,
    long imageSpaceBytes,
    ImmutableSortedMap<String, Group> groups,
    ImmutableSortedMap<String, Volume> volumes,
    ImmutableSortedMap<String, BlockDevice> blockDevices,
    ImmutableSortedMap<String, ImmutableList<String>> users,
    ImmutableSortedSet<String> images,
    ImmutableSortedMap<String, String> urls,
    ImmutableSortedMap<String, NetworkDevice> devices,
    ImmutableSortedMap<String, RunningDomain> domains,
    ImmutableSortedSet<String> watched,
    ImmutableSortedSet<DomainTransfer> transfers) {

  /** LVM's default size of an extent. */
  public static final long EXTENT_BYTES = 4L << 20;

  private static final long TIB = 1L << 40;

  /** Checks that each volume has its group and fits into it. */
  public SimulatedHostSpec {
    for (String volume : volumes.keySet()) {
      if (!groups.containsKey(volume.replaceFirst("/.*", ""))) {
        throw new IllegalArgumentException("volume " + volume + " has no volume group");
      }
    }
  }

  /**
   * A volume group.
   *
   * @param sizeBytes what its volumes can take together; a multiple of the extent
   * @param extentBytes the size of an extent
   * @param devices the block devices that it is made of
   */
  public record Group(long sizeBytes, long extentBytes, ImmutableSortedSet<String> devices) {
    /** Checks the sizes. */
    public Group {
      if (extentBytes <= 0 || sizeBytes < 0 || sizeBytes % extentBytes != 0) {
        throw new IllegalArgumentException(
            "a volume group has whole extents: " + sizeBytes + " / " + extentBytes);
      }
    }
  }

  /**
   * A logical volume.
   *
   * @param sizeBytes its size
   * @param tags its tags
   * @param content what is in it, in words; empty when it is blank
   */
  public record Volume(long sizeBytes, ImmutableSortedSet<String> tags, String content) {
    Volume with(long newBytes) {
      return new Volume(newBytes, tags, content);
    }

    Volume with(String newContent) {
      return new Volume(sizeBytes, tags, newContent);
    }

    Volume without(String tag) {
      return new Volume(
          sizeBytes,
          ImmutableSortedSet.copyOf(tags.stream().filter(t -> !t.equals(tag)).toList()),
          content);
    }
  }

  /**
   * A block device.
   *
   * @param sizeBytes its size
   * @param contents what it holds, clauses such as {@code ext4 signature}; empty when blank
   */
  public record BlockDevice(long sizeBytes, ImmutableList<String> contents) {}

  /**
   * A running domain.
   *
   * @param id its number, from 1 on
   * @param activity what it does
   * @param configuration what it is made of
   * @param shared the targets of disks that it writes to together with others ({@code w!})
   */
  public record RunningDomain(
      int id,
      Activity activity,
      DomainConfiguration configuration,
      ImmutableSortedSet<String> shared) {

    /**
     * Returns whether another domain can have a disk beside this one, by the rules of Xen's {@code
     * block} script: all read only, or the asking one insists ({@code w!}).
     */
    boolean allows(DomainConfiguration.Disk asked, boolean insists) {
      return insists
          || configuration.disks().stream()
              .filter(used -> used.target().equals(asked.target()))
              .allMatch(used -> !asked.writable() && (!used.writable() || isShared(used)));
    }

    private boolean isShared(DomainConfiguration.Disk disk) {
      return shared.contains(disk.target());
    }

    /** Returns the domain with another configuration. */
    RunningDomain with(DomainConfiguration other) {
      return new RunningDomain(id, activity, other, shared);
    }
  }

  /** Returns a dom0 with Xen 4.17 and xl, room for images, and nothing else. */
  public static SimulatedHostSpec bare() {
    return new SimulatedHostSpec(
        new HostFacts(ImmutableSet.of(Toolstack.XL), false, true, new XenVersion(4, 17), ""),
        TIB,
        ImmutableSortedMap.of(),
        ImmutableSortedMap.of(),
        ImmutableSortedMap.of(),
        ImmutableSortedMap.of(),
        ImmutableSortedSet.of(),
        ImmutableSortedMap.of(),
        ImmutableSortedMap.of(),
        ImmutableSortedMap.of(),
        ImmutableSortedSet.of(),
        ImmutableSortedSet.of());
  }

  /**
   * Returns a host on which the configuration can be made as it stands: each volume group that it
   * names with 1 TiB in extents of 4 MiB, each block device with 1 TiB, each network interface,
   * each bridge that only guests name, and each file that it fetches at its URL. No volume, no
   * image and no domain is there yet.
   */
  public static SimulatedHostSpec fitting(XenConfiguration configuration) {
    return Needs.met(configuration);
  }

  /** Sets what the host is. */
  public SimulatedHostSpec withFacts(HostFacts value) {
    return with(parts -> parts.facts = value);
  }

  /** Sets what new image files may still take. */
  public SimulatedHostSpec withImageSpace(long bytes) {
    return with(parts -> parts.imageSpaceBytes = bytes);
  }

  /** Adds a volume group of that size in extents of 4 MiB, on no device in particular. */
  public SimulatedHostSpec withGroup(String name, long sizeBytes) {
    return withGroup(name, new Group(sizeBytes, EXTENT_BYTES, ImmutableSortedSet.of()));
  }

  /** Adds a volume group. */
  public SimulatedHostSpec withGroup(String name, Group group) {
    return with(parts -> parts.groups = and(groups, name, group));
  }

  /** Adds a blank logical volume, or replaces one. */
  public SimulatedHostSpec withVolume(String group, String name, LvmInventory.Volume volume) {
    return withVolume(
        group, name, new Volume(volume.sizeBytes(), ImmutableSortedSet.copyOf(volume.tags()), ""));
  }

  /** Adds a logical volume, or replaces it. */
  public SimulatedHostSpec withVolume(String group, String name, Volume volume) {
    return with(parts -> parts.volumes = and(volumes, group + "/" + name, volume));
  }

  /** Adds a block device with the contents. */
  public SimulatedHostSpec withBlockDevice(String path, long sizeBytes, String... contents) {
    BlockDevice device = new BlockDevice(sizeBytes, ImmutableList.copyOf(contents));
    return with(parts -> parts.blockDevices = and(blockDevices, path, device));
  }

  /** Sets who uses a file or device; without clauses nothing does. */
  public SimulatedHostSpec withUsers(String path, String... clauses) {
    if (clauses.length == 0) {
      return with(
          parts ->
              parts.users =
                  ImmutableSortedMap.copyOf(Maps.filterKeys(users, other -> !other.equals(path))));
    }
    return with(parts -> parts.users = and(users, path, ImmutableList.copyOf(clauses)));
  }

  /** Adds an image to those that bear the mark of ncm-xen. */
  public SimulatedHostSpec withMarkedImage(String path) {
    return with(parts -> parts.images = and(images, path));
  }

  /** Puts a file with that digest on the web, or another one in its place. */
  public SimulatedHostSpec withUrl(String url, String sha256) {
    return with(parts -> parts.urls = and(urls, url, sha256));
  }

  /** Adds a bridge of another hand without ports, unless a device of the name is there. */
  public SimulatedHostSpec withBridge(String name) {
    return devices.containsKey(name) ? this : withDevice(name, SimulatedNetwork.BRIDGE);
  }

  /** Adds a network device, or replaces it. */
  public SimulatedHostSpec withDevice(String name, NetworkDevice device) {
    return with(parts -> parts.devices = and(devices, name, device));
  }

  SimulatedHostSpec withDevices(ImmutableSortedMap<String, NetworkDevice> all) {
    return with(parts -> parts.devices = all);
  }

  /** Returns the names of the network bridges. */
  public ImmutableSortedSet<String> bridges() {
    return ImmutableSortedSet.copyOf(
        Maps.filterValues(devices, device -> device.kind() == NetworkDevice.Kind.BRIDGE).keySet());
  }

  /** Adds a running domain, or replaces it. */
  public SimulatedHostSpec withDomain(String name, RunningDomain domain) {
    return withDomains(and(domains, name, domain), watched);
  }

  /** Adds a name to those that a toolstack process watches over. */
  public SimulatedHostSpec withWatched(String name) {
    return withDomains(domains, and(watched, name));
  }

  /** Adds a process that moves a domain. */
  public SimulatedHostSpec withTransfer(DomainTransfer transfer) {
    return with(parts -> parts.transfers = and(transfers, transfer));
  }

  /** Takes a domain and its watching process away. */
  SimulatedHostSpec withoutDomain(String name) {
    TreeMap<String, RunningDomain> rest = new TreeMap<>(domains);
    rest.remove(name);
    return withDomains(
        ImmutableSortedMap.copyOf(rest),
        ImmutableSortedSet.copyOf(watched.stream().filter(n -> !n.equals(name)).toList()));
  }

  private SimulatedHostSpec withDomains(
      ImmutableSortedMap<String, RunningDomain> running, ImmutableSortedSet<String> watching) {
    return with(
        parts -> {
          parts.domains = running;
          parts.watched = watching;
        });
  }

  private SimulatedHostSpec with(Consumer<SpecParts> change) {
    SpecParts parts = new SpecParts(this);
    change.accept(parts);
    return parts.spec();
  }

  private static <V> ImmutableSortedMap<String, V> and(Map<String, V> map, String key, V value) {
    TreeMap<String, V> all = new TreeMap<>(map);
    all.put(key, value);
    return ImmutableSortedMap.copyOf(all);
  }

  private static <V extends Comparable<V>> ImmutableSortedSet<V> and(Iterable<V> set, V value) {
    return ImmutableSortedSet.<V>naturalOrder().addAll(set).add(value).build();
  }

  /** Returns the number that the next domain gets. */
  int nextId() {
    return domains.values().stream().mapToInt(RunningDomain::id).max().orElse(0) + 1;
  }

  /** Returns what is not allocated in a volume group that is there. */
  long freeBytes(String group) {
    long used =
        volumes.entrySet().stream()
            .filter(volume -> volume.getKey().startsWith(group + "/"))
            .mapToLong(volume -> volume.getValue().sizeBytes())
            .sum();
    return size(group) - used;
  }

  private long size(String group) {
    Group found = groups.get(group);
    return found == null ? 0 : found.sizeBytes();
  }
}
