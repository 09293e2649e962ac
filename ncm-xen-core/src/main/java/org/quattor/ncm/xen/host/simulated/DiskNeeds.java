package org.quattor.ncm.xen.host.simulated;

import com.google.common.collect.ImmutableSortedSet;
import org.quattor.ncm.xen.model.Disk;

/** Adds to a host what a disk needs there. */
record DiskNeeds(Furnishing host) implements Disk.Visitor<Furnishing> {
  @Override
  public Furnishing lvm(Disk.LvmDisk disk) {
    String device = disk.groupDevice();
    Furnishing.Group known = host.groups().get(disk.group());
    boolean taken = host.groups().values().stream().anyMatch(g -> g.devices().contains(device));
    ImmutableSortedSet<String> devices =
        device == null || device.isEmpty() || taken
            ? ImmutableSortedSet.of()
            : ImmutableSortedSet.of(device);
    Furnishing next = known == null ? host.with(disk.group(), devices) : host;
    return device == null || device.isEmpty() ? next : next.withDeviceIfMissing(device);
  }

  @Override
  public Furnishing file(Disk.FileDisk disk) {
    return host;
  }

  @Override
  public Furnishing phy(Disk.PhyDisk disk) {
    return host.withDeviceIfMissing(disk.device());
  }
}
