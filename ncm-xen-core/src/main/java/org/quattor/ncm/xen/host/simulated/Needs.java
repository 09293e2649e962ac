package org.quattor.ncm.xen.host.simulated;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import java.util.Set;
import org.quattor.ncm.xen.model.Bridge;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Fetch;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.GuestOptions;
import org.quattor.ncm.xen.model.Vif;
import org.quattor.ncm.xen.model.XenConfiguration;

/** Adds to a host what a configuration, or as a visitor one disk, needs there. */
record Needs(SimulatedHostSpec host) implements Disk.Visitor<SimulatedHostSpec> {

  private static final long TIB = 1L << 40;

  /** Returns the bare host with all that the configuration needs. */
  static SimulatedHostSpec met(XenConfiguration configuration) {
    SimulatedHostSpec host = SimulatedHostSpec.bare();
    for (Bridge bridge : configuration.network().bridges()) {
      host = host.withDevice(bridge.netdev(), SimulatedNetwork.INTERFACE);
    }
    for (Guest guest : configuration.guests().values()) {
      for (Fetch fetch : guest.fetches()) {
        host = host.withUrl(fetch.source().address(), fetch.source().sha256());
      }
      host = met(guest.options(), host);
      GuestOptions install = guest.installOptions();
      if (install != null) {
        host = met(install, host);
      }
    }
    // What a bridge is to be made on may be a bridge that is to be made.
    Set<String> made = configuration.network().names();
    return host.withDevices(
        ImmutableSortedMap.copyOf(Maps.filterKeys(host.devices(), name -> !made.contains(name))));
  }

  private static SimulatedHostSpec met(GuestOptions options, SimulatedHostSpec before) {
    SimulatedHostSpec host = before;
    for (Disk disk : options.allDisks()) {
      host = disk.accept(new Needs(host));
    }
    for (Vif vif : options.allVifs()) {
      host = vif.bridge().filter(name -> !name.isEmpty()).map(host::withBridge).orElse(host);
    }
    return host;
  }

  @Override
  public SimulatedHostSpec lvm(Disk.LvmDisk disk) {
    String device = disk.groupDevice();
    if (device == null || device.isEmpty()) {
      return withGroup(disk.group(), ImmutableSortedSet.of());
    }
    boolean taken = host.groups().values().stream().anyMatch(g -> g.devices().contains(device));
    return withDevice(
        withGroup(disk.group(), taken ? ImmutableSortedSet.of() : ImmutableSortedSet.of(device)),
        device);
  }

  private SimulatedHostSpec withGroup(String name, ImmutableSortedSet<String> devices) {
    return host.groups().containsKey(name)
        ? host
        : host.withGroup(
            name, new SimulatedHostSpec.Group(TIB, SimulatedHostSpec.EXTENT_BYTES, devices));
  }

  @Override
  public SimulatedHostSpec file(Disk.FileDisk disk) {
    return host;
  }

  @Override
  public SimulatedHostSpec phy(Disk.PhyDisk disk) {
    return withDevice(host, disk.device());
  }

  private static SimulatedHostSpec withDevice(SimulatedHostSpec host, String path) {
    boolean volume = path.startsWith("/dev/") && host.volumes().containsKey(path.substring(5));
    return volume || host.blockDevices().containsKey(path) ? host : host.withBlockDevice(path, TIB);
  }
}
