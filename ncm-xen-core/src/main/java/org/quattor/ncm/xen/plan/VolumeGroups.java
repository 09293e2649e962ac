package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quattor.ncm.xen.host.DiskIdentity;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.HostVolumes;
import org.quattor.ncm.xen.host.LvmInventory;
import org.quattor.ncm.xen.host.LvmInventory.Group;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Disk.LvmDisk;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.observe.GroupDevice;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observed;
import org.quattor.ncm.xen.plan.StorageAction.CreateGroup;

/** Plans volume groups, and knows what is left of each after the actions so far. */
final class VolumeGroups {

  /** What {@code vgcreate(8)} does where the host's {@code lvm.conf} says nothing else. */
  private static final long EXTENT_BYTES = 4 * Size.MIB;

  private static final long METADATA_BYTES = Size.MIB;

  private final Observation host;
  private final PlanBuilder builder;
  private final DiskUsers users;

  /** The first disk of each group that says how to make it. */
  private final Map<String, LvmDisk> makers = new HashMap<>();

  private final Map<String, ImmutableList<String>> made = new HashMap<>();
  private final Map<DiskIdentity, String> groupsByDevice = new LinkedHashMap<>();

  /** The groups that are there, and those that are being made. */
  private final Map<String, Group> groups = new HashMap<>();

  private final Map<String, Long> free = new HashMap<>();

  VolumeGroups(
      Observation host,
      PlanBuilder builder,
      List<Guest> guests,
      boolean createFilesystems,
      DiskUsers users) {
    this.host = host;
    this.users = users;
    this.builder = builder;
    // Asked for no room where LVM is unknown: the guest is held back before that.
    if (host.lvm() instanceof Observed.Known<LvmInventory> known) {
      groups.putAll(known.value().groups());
    }
    for (Guest guest : guests) {
      for (Disk disk : guest.options().allDisks()) {
        if (disk instanceof LvmDisk lvm && makes(lvm, createFilesystems)) {
          makers.putIfAbsent(lvm.group(), lvm);
        }
      }
    }
  }

  private static boolean makes(LvmDisk disk, boolean createFilesystems) {
    return disk.groupDevice() != null
        && disk.common().mayCreate(createFilesystems)
        && Boolean.TRUE.equals(disk.common().create());
  }

  /**
   * Takes the room for a new volume. Returns the ids of the actions after which its group is there;
   * empty when there is no room or no group, in which case the guest is held back and nothing is
   * planned.
   *
   * @param bytes as declared
   */
  Optional<ImmutableList<String>> room(Guest guest, LvmDisk disk, long bytes) {
    if (groups.containsKey(disk.group())) {
      return take(guest, disk, roundUp(disk, bytes))
          ? Optional.of(made.getOrDefault(disk.group(), ImmutableList.of()))
          : Optional.empty();
    }
    LvmDisk maker = makers.get(disk.group());
    String device = maker == null ? null : maker.groupDevice();
    if (device == null) {
      noMaker(guest, disk);
      return Optional.empty();
    }
    return make(guest, disk, device, bytes);
  }

  private void noMaker(Guest guest, LvmDisk disk) {
    if (Boolean.TRUE.equals(disk.common().create())) {
      builder.holdBack(guest, "XEN321", disk.common().path(), "group", disk.group());
    } else {
      builder.holdBack(guest, "XEN313.group", disk.common().path(), "group", disk.group());
    }
  }

  private Optional<ImmutableList<String>> make(
      Guest guest, LvmDisk disk, String device, long bytes) {
    String path = disk.common().path();
    String name = disk.group();
    Observed<GroupDevice> reading = host.storage().groupDevice(device);
    if (!(reading instanceof Observed.Known<GroupDevice> known)) {
      builder.incomplete();
      String why = reading.whyUnknown();
      builder.holdBack(guest, "XEN322", path, "group", name, "device", device, "reason", why);
      return Optional.empty();
    }
    GroupDevice found = known.value();
    if (!users.gap().isEmpty()) {
      users.isUnknown(guest, users.gap());
      return Optional.empty();
    }
    if (!isBlank(guest, disk, device, found) || !isUnused(guest, disk, device, found)) {
      return Optional.empty();
    }
    long extents = Math.max(0, found.entry().sizeBytes() - METADATA_BYTES) / EXTENT_BYTES;
    Group group = new Group(EXTENT_BYTES, extents * EXTENT_BYTES);
    if (!take(guest, disk, group.roundUp(bytes), group)) {
      return Optional.empty();
    }
    CreateGroup action =
        new CreateGroup(Step.of(guest.key(), Reason.MISSING), disk.group(), device);
    ImmutableList<String> ids = ImmutableList.of(builder.add(action));
    groups.put(disk.group(), group);
    made.put(disk.group(), ids);
    groupsByDevice.put(found.identity(), disk.group());
    return Optional.of(ids);
  }

  private boolean isBlank(Guest guest, LvmDisk disk, String device, GroupDevice found) {
    String path = disk.common().path();
    String group = disk.group();
    if (found.entry().kind() != FileEntry.Kind.BLOCK_DEVICE) {
      Optional<String> kind = PlanBuilder.kind(found.entry());
      builder.holdBack(
          guest, "XEN322.not-device", path, "group", group, "device", device, "kind", kind);
    } else if (!found.users().isEmpty()) {
      builder.holdBack(
          guest, "XEN322.in-use", path, "group", group, "device", device, "users", found.users());
    } else if (!found.contents().isEmpty()) {
      builder.holdBack(
          guest,
          "XEN322.not-blank",
          path,
          "group",
          group,
          "device",
          device,
          "contents",
          found.contents());
    } else {
      return true;
    }
    return false;
  }

  private boolean isUnused(Guest guest, LvmDisk disk, String device, GroupDevice found) {
    String path = disk.common().path();
    String group = disk.group();
    String used = users.obstacle(found.identity());
    Optional<String> other =
        groupsByDevice.entrySet().stream()
            .filter(made -> made.getKey().overlaps(found.identity()))
            .map(Map.Entry::getValue)
            .findFirst();
    if (!used.isEmpty()) {
      builder.holdBack(
          guest, "XEN322.disk", path, "group", group, "device", device, "obstacle", used);
    } else if (other.isPresent()) {
      builder.holdBack(
          guest, "XEN322.twice", path, "group", group, "device", device, "otherGroup", other.get());
    }
    return used.isEmpty() && other.isEmpty();
  }

  /** Returns the size that LVM gives to a volume of a group that is there. */
  long roundUp(LvmDisk disk, long bytes) {
    return group(disk).roundUp(bytes);
  }

  /** Takes the bytes from what is left of a group that is there, or holds the guest back. */
  boolean take(Guest guest, LvmDisk disk, long bytes) {
    return take(guest, disk, bytes, group(disk));
  }

  private Group group(LvmDisk disk) {
    return Optional.ofNullable(groups.get(disk.group())).orElseThrow();
  }

  private boolean take(Guest guest, LvmDisk disk, long bytes, Group group) {
    long left = free.getOrDefault(disk.group(), group.freeBytes());
    if (bytes > left) {
      builder.holdBack(
          guest,
          "XEN324.volume",
          disk.common().path(),
          "group",
          disk.group(),
          "free",
          Size.text(left),
          "size",
          Size.text(bytes),
          "volume",
          disk.volume());
      return false;
    }
    free.put(disk.group(), left - bytes);
    return true;
  }

  /** Returns the names of the volumes that LVM has with a tag of ours, as {@code group/volume}. */
  static ImmutableList<String> ours(LvmInventory inventory) {
    return inventory.volumes().entrySet().stream()
        .filter(entry -> entry.getValue().tags().contains(HostVolumes.MARK))
        .map(Map.Entry::getKey)
        .collect(ImmutableList.toImmutableList());
  }
}
