package org.quattor.ncm.xen.host.simulated;

import com.google.common.collect.ImmutableSortedSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostVolumes;
import org.quattor.ncm.xen.host.LvmInventory;
import org.quattor.ncm.xen.host.local.LvmNames;

/** LVM out of the state; refuses what the tools refuse, in their words. */
final class SimulatedVolumes implements HostVolumes {

  private static final long METADATA_BYTES = 1L << 20; // before the first extent, pvcreate(8)

  private final SimulatedState state;

  SimulatedVolumes(SimulatedState state) {
    this.state = state;
  }

  @Override
  public LvmInventory inventory() {
    state.countCommand();
    state.countCommand();
    SimulatedHostSpec now = state.now();
    Map<String, LvmInventory.Group> groups = new TreeMap<>();
    now.groups()
        .forEach(
            (name, group) ->
                groups.put(name, new LvmInventory.Group(group.extentBytes(), now.freeBytes(name))));
    Map<String, LvmInventory.Volume> volumes = new TreeMap<>();
    now.volumes()
        .forEach(
            (name, volume) ->
                volumes.put(name, new LvmInventory.Volume(volume.sizeBytes(), volume.tags())));
    return LvmInventory.of(groups, volumes);
  }

  @Override
  public boolean mayHaveTag(String beginning) {
    return state.now().volumes().values().stream()
        .flatMap(volume -> volume.tags().stream())
        .anyMatch(tag -> tag.startsWith(beginning));
  }

  @Override
  public void createGroup(String group, String device) throws HostFailure {
    LvmNames.name(group);
    state.countCommand();
    SimulatedHostSpec now = state.now();
    if (now.groups().containsKey(group)) {
      throw failed("vgcreate", "A volume group called " + group + " already exists.");
    }
    SimulatedHostSpec.BlockDevice found = now.blockDevices().get(device);
    if (found == null) {
      throw failed("vgcreate", "No device found for " + device + ".");
    }
    for (Map.Entry<String, SimulatedHostSpec.Group> other : now.groups().entrySet()) {
      if (other.getValue().devices().contains(device)) {
        throw failed(
            "vgcreate",
            "Physical volume '" + device + "' is already in volume group '" + other.getKey() + "'");
      }
    }
    if (!found.contents().isEmpty()) {
      throw failed("vgcreate", found.contents() + " detected on " + device + "; not wiped");
    }
    long extents = (found.sizeBytes() - METADATA_BYTES) / SimulatedHostSpec.EXTENT_BYTES;
    if (extents < 1) {
      throw failed("vgcreate", device + " is too small for a volume group");
    }
    state.change(
        now.withGroup(
            group,
            new SimulatedHostSpec.Group(
                extents * SimulatedHostSpec.EXTENT_BYTES,
                SimulatedHostSpec.EXTENT_BYTES,
                ImmutableSortedSet.of(device))));
  }

  @Override
  public void createVolume(String group, String volume, long sizeBytes, Set<String> tags)
      throws HostFailure {
    LvmNames.name(volume);
    for (String tag : tags) {
      LvmNames.tag(tag);
    }
    state.countCommand();
    SimulatedHostSpec now = state.now();
    long rounded = roundUp("lvcreate", group, sizeBytes);
    if (now.volumes().containsKey(group + "/" + volume)) {
      throw failed(
          "lvcreate",
          "Logical Volume \"" + volume + "\" already exists in volume group \"" + group + "\"");
    }
    checkFree("lvcreate", group, rounded);
    state.change(
        now.withVolume(
            group,
            volume,
            new SimulatedHostSpec.Volume(rounded, ImmutableSortedSet.copyOf(tags), "")));
  }

  @Override
  public void extendVolume(String group, String volume, long sizeBytes) throws HostFailure {
    state.countCommand();
    SimulatedHostSpec now = state.now();
    long rounded = roundUp("lvextend", group, sizeBytes);
    SimulatedHostSpec.Volume found = now.volumes().get(group + "/" + volume);
    if (found == null) {
      throw failed(
          "lvextend", "Logical volume " + volume + " not found in volume group " + group + ".");
    }
    if (found.sizeBytes() >= rounded) {
      throw failed(
          "lvextend",
          String.format(
              "New size given (%d bytes) not larger than existing size (%d bytes)",
              rounded, found.sizeBytes()));
    }
    checkFree("lvextend", group, rounded - found.sizeBytes());
    state.change(now.withVolume(group, volume, found.with(rounded)));
  }

  @Override
  public void removeTag(String group, String volume, String tag) throws HostFailure {
    state.countCommand();
    SimulatedHostSpec now = state.now();
    SimulatedHostSpec.Volume found = now.volumes().get(group + "/" + volume);
    if (found == null) {
      throw failed("lvchange", "Failed to find logical volume \"" + group + "/" + volume + "\"");
    }
    state.change(now.withVolume(group, volume, found.without(tag)));
  }

  private long roundUp(String command, String group, long sizeBytes) throws HostFailure {
    SimulatedHostSpec.Group found = state.now().groups().get(group);
    if (found == null) {
      throw failed(command, "Volume group \"" + group + "\" not found");
    }
    return new LvmInventory.Group(found.extentBytes(), 0).roundUp(sizeBytes);
  }

  private void checkFree(String command, String group, long neededBytes) throws HostFailure {
    long freeBytes = state.now().freeBytes(group);
    if (freeBytes < neededBytes) {
      throw failed(
          command,
          String.format(
              "Volume group \"%s\" has insufficient free space (%d bytes): %d required.",
              group, freeBytes, neededBytes));
    }
  }

  private static HostFailure failed(String command, String message) {
    return new HostFailure(command + " (simulated) failed with exit status 5: " + message);
  }
}
