package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.DiskIdentity;
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
    String missing = "volume group " + disk.group() + " does not exist";
    if (Boolean.TRUE.equals(disk.common().create())) {
      builder.holdBack(guest, "XEN321", disk.common().path(), "missing", missing);
    } else {
      builder.holdBack(guest, "XEN313.no-maker", disk.common().path(), "missing", missing);
    }
  }

  private Optional<ImmutableList<String>> make(
      Guest guest, LvmDisk disk, String device, long bytes) {
    String missing = "volume group " + disk.group() + " does not exist";
    String path = disk.common().path();
    Observed<GroupDevice> reading = host.storage().groupDevice(device);
    if (!(reading instanceof Observed.Known<GroupDevice> known)) {
      builder.incomplete();
      builder.holdBack(guest, "XEN322", path, "missing", missing, "reason", reading.whyUnknown());
      return Optional.empty();
    }
    GroupDevice found = known.value();
    if (!users.gap().isEmpty()) {
      users.isUnknown(guest, users.gap());
      return Optional.empty();
    }
    String obstacle = obstacle(found);
    if (obstacle != null) {
      builder.holdBack(
          guest, "XEN322.make", path, "missing", missing, "device", device, "obstacle", obstacle);
      return Optional.empty();
    }
    long extents = Math.max(0, found.sizeBytes() - METADATA_BYTES) / EXTENT_BYTES;
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

  private @Nullable String obstacle(GroupDevice device) {
    if (!device.contents().isEmpty()) {
      return String.join(", ", device.contents());
    }
    String used = users.obstacle(device.identity());
    if (!used.isEmpty()) {
      return used;
    }
    return groupsByDevice.entrySet().stream()
        .filter(made -> made.getKey().overlaps(device.identity()))
        .map(made -> "volume group " + made.getValue() + " is to be made on it")
        .findFirst()
        .orElse(null);
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
          "XEN324.take",
          disk.common().path(),
          "group",
          disk.group(),
          "size",
          Size.text(left),
          "size2",
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
