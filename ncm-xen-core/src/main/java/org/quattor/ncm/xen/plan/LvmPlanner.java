package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.xen.host.LvmInventory;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Disk.LvmDisk;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Reading;
import org.quattor.ncm.xen.plan.StorageAction.CreateGroup;
import org.quattor.ncm.xen.plan.StorageAction.CreateVolume;
import org.quattor.ncm.xen.plan.StorageAction.ExtendVolume;

/** Plans volume groups and logical volumes. */
final class LvmPlanner {

  private final Observation host;
  private final Draft draft;

  /** What is left of each volume group after the actions so far, in bytes. */
  private final Map<String, Long> free = new HashMap<>();

  /** The ids of the actions that make a volume, by its path. */
  private final Map<String, ImmutableList<String>> made = new HashMap<>();

  /** The devices that missing volume groups may be made on, by group; one disk has to say so. */
  private final Map<String, String> groupDevices = new HashMap<>();

  LvmPlanner(Iterable<Guest> guests, boolean createFilesystems, Observation host, Draft draft) {
    this.host = host;
    this.draft = draft;
    for (Guest guest : guests) {
      for (Disk disk : guest.options().allDisks()) {
        if (disk instanceof LvmDisk volume
            && volume.groupDevice() != null
            && Boolean.TRUE.equals(disk.common().create())
            && disk.common().mayCreate(createFilesystems)) {
          groupDevices.putIfAbsent(volume.group(), volume.groupDevice());
        }
      }
    }
  }

  /** Returns the ids of the actions of this plan that make the volume at the path, if any. */
  ImmutableList<String> making(String path) {
    return made.getOrDefault(path, ImmutableList.of());
  }

  ImmutableList<String> plan(Guest guest, LvmDisk disk, boolean mayCreate) {
    if (host.lvm() instanceof Reading.Unknown<LvmInventory> unknown) {
      draft.incomplete();
      draft.holdBack(
          guest,
          "XEN320",
          disk.common().path(),
          "the state of LVM is unknown: " + unknown.reason(),
          "",
          "the guest is not started as long as its volumes cannot be seen");
      return ImmutableList.of();
    }
    LvmInventory inventory = host.lvm().known().orElseThrow();
    Optional<LvmInventory.Group> group = inventory.group(disk.group());
    if (group.isEmpty()) {
      return newGroup(guest, disk, mayCreate);
    }
    Optional<LvmInventory.Volume> volume = inventory.volume(disk.group(), disk.volume());
    if (volume.isPresent()) {
      return existing(guest, disk, group.get(), volume.get());
    }
    if (!mayCreate) {
      notToBeMade(guest, disk, "volume " + disk.group() + "/" + disk.volume() + " does not exist");
      return ImmutableList.of();
    }
    return newVolume(guest, disk, ImmutableList.of(), Optional.of(group.get()));
  }

  private ImmutableList<String> newGroup(Guest guest, LvmDisk disk, boolean mayCreate) {
    String path = disk.common().path();
    String missing = "volume group " + disk.group() + " does not exist";
    String device = groupDevices.get(disk.group());
    if (!mayCreate || (device == null && !Boolean.TRUE.equals(disk.common().create()))) {
      notToBeMade(guest, disk, missing);
      return ImmutableList.of();
    }
    if (device == null) {
      draft.holdBack(
          guest,
          "XEN321",
          path,
          missing + ", and path names no device to make it on",
          "the volume group, or path with a blank block device",
          "vgcreate(8) makes one by hand");
      return ImmutableList.of();
    }
    Reading<ImmutableList<String>> contents = host.groupDevices().get(device);
    if (contents instanceof Reading.Unknown<ImmutableList<String>> unknown) {
      draft.incomplete();
      draft.holdBack(guest, "XEN322", path, missing + ", and " + unknown.reason(), "", "");
      return ImmutableList.of();
    }
    ImmutableList<String> there =
        contents == null ? ImmutableList.of() : contents.known().orElseThrow();
    if (!there.isEmpty()) {
      draft.holdBack(
          guest,
          "XEN322",
          path,
          missing + ", and none is made on " + device + ": " + String.join(", ", there),
          "a block device without any content that nothing uses",
          "wipe it by hand when what is there can go: wipefs(8)");
      return ImmutableList.of();
    }
    String group =
        draft.add(new CreateGroup(Step.of(guest.key(), Reason.MISSING), disk.group(), device));
    return newVolume(guest, disk, ImmutableList.of(group), Optional.empty());
  }

  private ImmutableList<String> newVolume(
      Guest guest, LvmDisk disk, ImmutableList<String> after, Optional<LvmInventory.Group> group) {
    Long sizeMib = disk.common().sizeMib();
    if (sizeMib == null || sizeMib > Size.MOST_MIB) {
      draft.holdBack(
          guest,
          "XEN323",
          disk.common().path(),
          "volume "
              + disk.group()
              + "/"
              + disk.volume()
              + " is to be made, but its size is "
              + (sizeMib == null ? "not declared" : "beyond what any disk has"),
          "size in MiB",
          "");
      return ImmutableList.of();
    }
    long bytes = sizeMib * Size.MIB;
    if (group.isPresent() && !taken(guest, disk, group.get().roundUp(bytes), group.get())) {
      return ImmutableList.of();
    }
    String id =
        draft.add(
            new CreateVolume(
                Step.of(guest.key(), Reason.MISSING).after(after),
                disk.group(),
                disk.volume(),
                bytes));
    ImmutableList<String> all = ImmutableList.<String>builder().addAll(after).add(id).build();
    made.put(disk.backing(), all);
    return all;
  }

  /** Takes the bytes from what is left of the group, or says that there is not enough. */
  private boolean taken(Guest guest, LvmDisk disk, long bytes, LvmInventory.Group group) {
    long left = free.getOrDefault(disk.group(), group.freeBytes());
    if (bytes > left) {
      draft.holdBack(
          guest,
          "XEN324",
          disk.common().path(),
          "volume group " + disk.group() + " has " + Size.text(left) + " left",
          Size.text(bytes) + " for " + disk.volume(),
          "what other guests of this run take is counted in");
      return false;
    }
    free.put(disk.group(), left - bytes);
    return true;
  }

  private ImmutableList<String> existing(
      Guest guest, LvmDisk disk, LvmInventory.Group group, LvmInventory.Volume volume) {
    Long sizeMib = disk.common().sizeMib();
    if (sizeMib == null || sizeMib > Size.MOST_MIB) {
      return ImmutableList.of();
    }
    String path = disk.common().path() + "/size";
    long declared = group.roundUp(sizeMib * Size.MIB);
    String there = disk.group() + "/" + disk.volume() + " has " + Size.text(volume.sizeBytes());
    if (volume.sizeBytes() > declared) {
      draft.warn("XEN325", path, there, Size.text(declared), "nothing is ever made smaller");
    } else if (volume.sizeBytes() < declared && !disk.common().grow()) {
      draft.warn("XEN326", path, there, Size.text(declared), "grow true would extend it");
    } else if (volume.sizeBytes() < declared
        && taken(guest, disk, declared - volume.sizeBytes(), group)) {
      return ImmutableList.of(
          draft.add(
              new ExtendVolume(
                  Step.of(guest.key(), Reason.SMALLER).with(impact(guest)),
                  disk.group(),
                  disk.volume(),
                  volume.sizeBytes(),
                  declared)));
    }
    return ImmutableList.of();
  }

  /** A running guest sees the new size without a restart: {@code xl-disk-configuration(5)}. */
  private Impact impact(Guest guest) {
    return host.domain(guest.options().name()).isPresent() ? Impact.LIVE : Impact.NONE;
  }

  private void notToBeMade(Guest guest, LvmDisk disk, String missing) {
    draft.holdBack(
        guest,
        "XEN313",
        disk.common().path(),
        missing,
        "it to be there, since it is not to be made",
        "create_filesystems and the disk's create must both be true");
  }
}
