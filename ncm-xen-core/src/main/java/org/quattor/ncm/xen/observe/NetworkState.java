package org.quattor.ncm.xen.observe;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.HostNetwork;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.host.NetworkUse;

/**
 * What a host has of bridges, and of the files that make them.
 *
 * @param devices network devices by name
 * @param files the scripts and units that are there, by path
 * @param unitLink what enables our unit at boot
 * @param libvirt what libvirt starts, and what was kept from it, by name
 * @param libvirtRuns whether libvirt's daemon runs
 */
public record NetworkState(
    ImmutableSortedMap<String, NetworkDevice> devices,
    ImmutableSortedMap<String, ConfigurationFile> files,
    FileEntry unitLink,
    ImmutableSortedMap<String, FileEntry> libvirt,
    boolean libvirtRuns) {

  /** Returns whether the host uses devices. */
  public NetworkUse use() {
    return new NetworkUse(devices);
  }

  NetworkState withDevices(ImmutableSortedMap<String, NetworkDevice> others) {
    return new NetworkState(others, files, unitLink, libvirt, libvirtRuns);
  }

  /** Returns a device; null when there is none of the name. */
  public @Nullable NetworkDevice device(String name) {
    return devices.get(name);
  }

  /** Returns the bridges that ncm-xen made, with the port that each was made with. */
  public ImmutableSortedMap<String, String> ours() {
    ImmutableSortedMap.Builder<String, String> ours = ImmutableSortedMap.naturalOrder();
    for (Map.Entry<String, NetworkDevice> device : devices.entrySet()) {
      String alias = device.getValue().alias();
      if (device.getValue().kind() == NetworkDevice.Kind.BRIDGE
          && alias.startsWith(HostNetwork.MARK + " ")) {
        ours.put(device.getKey(), alias.substring(HostNetwork.MARK.length() + 1));
      }
    }
    return ours.buildOrThrow();
  }

  /** Returns the devices on a bridge, by name. */
  public ImmutableSortedMap<String, NetworkDevice> members(String bridge) {
    ImmutableSortedMap.Builder<String, NetworkDevice> members = ImmutableSortedMap.naturalOrder();
    devices.forEach(
        (name, device) -> {
          if (device.master().equals(bridge)) {
            members.put(name, device);
          }
        });
    return members.buildOrThrow();
  }
}
