package org.quattor.ncm.xen.observe;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import java.util.Set;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostUse;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.host.NetworkUse;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.model.Bridge;
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.model.Network;
import org.quattor.ncm.xen.network.NetworkFiles;
import org.quattor.ncm.xen.network.XendScripts;

/** Reads the bridges of a host; without a command where nothing has to be done. */
final class NetworkObserver {

  private static final ImmutableList<String> FILES =
      ImmutableList.of(
          NetworkFiles.SCRIPT,
          NetworkFiles.UNIT,
          NetworkFiles.VENDOR_SCRIPT,
          NetworkFiles.VENDOR_COPY,
          NetworkFiles.VLAN_SCRIPT,
          NetworkFiles.MULTI_SCRIPT);

  private final XenHost host;
  private final DesiredState desired;
  private final Toolstack toolstack;

  NetworkObserver(XenHost host, DesiredState desired, Toolstack toolstack) {
    this.host = host;
    this.desired = desired;
    this.toolstack = toolstack;
  }

  NetworkState observe() throws HostFailure {
    ImmutableSortedMap.Builder<String, ConfigurationFile> files = ImmutableSortedMap.naturalOrder();
    for (String path : FILES) {
      FileEntry entry = host.files().look(path);
      if (entry.exists()) {
        files.put(path, ConfigurationFile.read(host.files(), path, entry));
      }
    }
    NetworkState seen =
        new NetworkState(
            ImmutableSortedMap.copyOf(host.network().devices()),
            files.buildOrThrow(),
            host.files().look(NetworkFiles.UNIT_LINK),
            ImmutableSortedMap.copyOf(host.files().list(NetworkFiles.LIBVIRT_FOLDER)),
            host.network().libvirtRuns());
    return desired.wholeHost() && mayTakeOrRemove(seen) ? seen.withDevices(withUse(seen)) : seen;
  }

  /** What {@code ip} cannot say stays unknown, with its reason. */
  private ImmutableSortedMap<String, NetworkDevice> withUse(NetworkState seen) {
    try {
      ImmutableSortedMap<String, NetworkDevice> all =
          ImmutableSortedMap.copyOf(host.network().devicesWithUse());
      Set<String> leftOut = Sets.difference(seen.devices().keySet(), all.keySet());
      if (!leftOut.isEmpty()) {
        throw new HostFailure(
            "ip does not list devices that the kernel has: " + String.join(", ", leftOut));
      }
      return all;
    } catch (HostFailure e) {
      HostUse unknown = new HostUse.Unknown(String.valueOf(e.getMessage()));
      return ImmutableSortedMap.copyOf(
          Maps.transformValues(
              seen.devices(),
              device -> device.use() instanceof HostUse.Used ? device : device.withUse(unknown)));
    }
  }

  /**
   * Returns whether a bridge may have to be created, changed or removed. Only then {@code ip} is
   * worth its commands; where this is wrong, the use of a device stays unknown, and ncm-xen leaves
   * it alone.
   */
  private boolean mayTakeOrRemove(NetworkState seen) {
    Network network = desired.configuration().network();
    boolean byXend = network.byXend(toolstack);
    if (byXend ? !seen.ours().isEmpty() : !network.names().containsAll(seen.ours().keySet())) {
      return true;
    }
    ConfigurationFile multi = seen.files().get(NetworkFiles.MULTI_SCRIPT);
    boolean current =
        byXend && multi != null && multi.text().equals(XendScripts.multiBridge(network.bridges()));
    if (toolstack == Toolstack.XM && multi != null && !current) {
      return true;
    }
    return !byXend && network.bridges().stream().anyMatch(bridge -> mayTake(seen, bridge));
  }

  private static boolean mayTake(NetworkState seen, Bridge bridge) {
    NetworkUse use = new NetworkUse(seen.devices());
    NetworkDevice there = seen.device(bridge.name());
    NetworkDevice port = seen.device(bridge.port());
    String made = seen.ours().get(bridge.name());
    boolean holds =
        port != null
            && port.master().equals(bridge.name())
            && (made == null || made.equals(bridge.port()));
    boolean anothers = there != null && made == null && !bridge.netdevDeclared();
    return seen.device(bridge.netdev()) != null
        && !holds
        && !anothers
        && (bridge.port().equals(made) || !(use.of(bridge.name()) instanceof HostUse.Used))
        && !(use.of(bridge.port()) instanceof HostUse.Used);
  }
}
