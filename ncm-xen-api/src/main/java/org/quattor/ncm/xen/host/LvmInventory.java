package org.quattor.ncm.xen.host;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All volume groups and logical volumes of a host.
 *
 * @param groups volume groups by name
 * @param volumes logical volumes by {@code group/volume}
 */
public record LvmInventory(SortedMap<String, Group> groups, SortedMap<String, Volume> volumes) {

  /** Copies the maps. */
  public LvmInventory {
    groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
    volumes = Collections.unmodifiableSortedMap(new TreeMap<>(volumes));
  }

  /** Makes one from maps in any order. */
  public static LvmInventory of(Map<String, Group> groups, Map<String, Volume> volumes) {
    return new LvmInventory(new TreeMap<>(groups), new TreeMap<>(volumes));
  }

  /**
   * A volume group.
   *
   * @param extentBytes the size of an extent; positive
   * @param freeBytes what is not allocated
   */
  public record Group(long extentBytes, long freeBytes) {

    /** Returns the size that LVM gives to a volume of that many bytes: whole extents. */
    public long roundUp(long sizeBytes) {
      return Math.multiplyExact((sizeBytes + extentBytes - 1) / extentBytes, extentBytes);
    }
  }

  /**
   * A logical volume.
   *
   * @param sizeBytes its size
   * @param tags its tags
   */
  public record Volume(long sizeBytes, Set<String> tags) {

    /** Copies the set; sorted, so that equal volumes print alike. */
    public Volume {
      tags = Collections.unmodifiableSet(new TreeSet<>(tags));
    }
  }

  /** Returns a volume group. */
  public Optional<Group> group(String name) {
    return Optional.ofNullable(groups.get(name));
  }

  /** Returns a logical volume. */
  public Optional<Volume> volume(String group, String name) {
    return Optional.ofNullable(volumes.get(group + "/" + name));
  }
}
