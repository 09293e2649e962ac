package org.quattor.ncm.xen.host.simulated;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.BridgeDefinition;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostNetwork;
import org.quattor.ncm.xen.host.HostUse;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.host.NetworkDevice.Forwarding;
import org.quattor.ncm.xen.host.NetworkDevice.Kind;
import org.quattor.ncm.xen.host.NetworkDevice.Tag;
import org.quattor.ncm.xen.host.local.BridgeGuard;

/** Network devices in the state; scripts have to be there, and are not run. */
final class SimulatedNetwork implements HostNetwork {

  /** A bridge that another hand made, without ports. */
  static final NetworkDevice BRIDGE =
      new NetworkDevice(
          Kind.BRIDGE, true, 1500, "", "", new Forwarding(false, 0), null, HostUse.UNUSED, "");

  /** A network interface that nobody uses. */
  static final NetworkDevice INTERFACE =
      new NetworkDevice(Kind.OTHER, true, 1500, "", "", null, null, HostUse.UNUSED, "");

  /** As on a real host: what costs no command is no proof. */
  private static final HostUse NOT_SEEN =
      new HostUse.Unknown("ip was not asked for all its addresses and routes");

  private static final String XEND_PORT = "xend ";

  private final SimulatedState state;
  private final SimulatedFiles files;

  SimulatedNetwork(SimulatedState state, SimulatedFiles files) {
    this.state = state;
    this.files = files;
  }

  @Override
  public SortedMap<String, NetworkDevice> devices() {
    return ImmutableSortedMap.copyOf(
        Maps.transformValues(
            state.now().devices(),
            device -> device.use() instanceof HostUse.Used ? device : device.withUse(NOT_SEEN)));
  }

  @Override
  public SortedMap<String, NetworkDevice> devicesWithUse() throws HostFailure {
    state.countCommand();
    for (Map.Entry<String, NetworkDevice> device : state.now().devices().entrySet()) {
      if (device.getValue().use() instanceof HostUse.Unknown unknown) {
        throw new HostFailure(device.getKey() + ": " + unknown.reason());
      }
    }
    return state.now().devices();
  }

  @Override
  public void makeBridge(String script, BridgeDefinition bridge) throws HostFailure {
    called(script);
    TreeMap<String, NetworkDevice> devices = new TreeMap<>(devicesWithUse());
    new BridgeGuard(devices).beforeMaking(bridge);
    make(devices, bridge);
    change(devices);
  }

  private static void make(Map<String, NetworkDevice> devices, BridgeDefinition bridge)
      throws HostFailure {
    NetworkDevice there = devices.get(bridge.name());
    NetworkDevice netdev = devices.get(bridge.netdev());
    NetworkDevice port = devices.get(bridge.port());
    boolean holds = port != null && port.master().equals(bridge.name());
    if (there != null && there.kind() != Kind.BRIDGE) {
      throw refused(bridge, "a device of this name exists and is not a bridge");
    }
    if (there != null && !there.alias().startsWith(MARK + " ")) {
      if (holds) {
        return;
      }
      throw refused(
          bridge, "the bridge was not created by ncm-xen, and " + bridge.port() + " is not on it");
    }
    if (netdev == null) {
      throw refused(bridge, "no such device: " + bridge.netdev());
    }
    if (port != null && !holds) {
      requireFree(bridge, port);
    }
    String mark = MARK + " " + bridge.port();
    if (there != null && !there.alias().equals(mark)) {
      release(devices, bridge.name(), there.alias().substring(MARK.length() + 1));
    }
    Integer vlan = bridge.vlan();
    NetworkDevice base =
        port != null
            ? port
            : new NetworkDevice(
                Kind.VLAN,
                true,
                netdev.mtuBytes(),
                MARK,
                "",
                null,
                vlan == null ? null : new Tag(bridge.netdev(), vlan),
                HostUse.UNUSED,
                "");
    devices.put(bridge.netdev(), on(netdev, netdev.master()));
    devices.put(bridge.port(), on(base, bridge.name()));
    devices.put(
        bridge.name(),
        new NetworkDevice(
            Kind.BRIDGE,
            true,
            base.mtuBytes(),
            mark,
            "",
            new Forwarding(false, 0),
            null,
            there != null ? there.use() : HostUse.UNUSED,
            ""));
  }

  private static void requireFree(BridgeDefinition bridge, NetworkDevice port) throws HostFailure {
    if (!port.master().isEmpty()) {
      throw refused(bridge, bridge.port() + " is not taken: it is on " + port.master());
    }
  }

  private static NetworkDevice on(NetworkDevice device, String master) {
    return new NetworkDevice(
        device.kind(),
        true,
        device.mtuBytes(),
        device.alias(),
        master,
        device.forwarding(),
        device.tag(),
        device.below(),
        device.use(),
        device.manager());
  }

  private static void release(Map<String, NetworkDevice> devices, String bridge, String port) {
    NetworkDevice device = devices.get(port);
    if (device == null || !device.master().equals(bridge)) {
      return;
    }
    if (device.kind() == Kind.VLAN
        && device.alias().equals(MARK)
        && device.use() instanceof HostUse.Unused) {
      devices.remove(port);
    } else {
      devices.put(port, on(device, ""));
    }
  }

  @Override
  public void removeBridge(String script, String bridge) throws HostFailure {
    called(script);
    TreeMap<String, NetworkDevice> devices = new TreeMap<>(devicesWithUse());
    new BridgeGuard(devices).beforeRemoving(bridge);
    NetworkDevice there = devices.get(bridge);
    if (there == null || !there.alias().startsWith(MARK + " ")) {
      return;
    }
    String port = there.alias().substring(MARK.length() + 1);
    release(devices, bridge, port);
    devices.remove(bridge);
    change(devices);
  }

  /** The bridges bear the mark of nobody; which script they are of is in their alias here only. */
  @Override
  public void startAll(String script, Collection<BridgeDefinition> bridges) throws HostFailure {
    called(script);
    TreeMap<String, NetworkDevice> devices = new TreeMap<>(state.now().devices());
    for (BridgeDefinition bridge : bridges) {
      NetworkDevice port = devices.get(bridge.netdev());
      if (port == null) {
        throw refused(bridge, "no such device: " + bridge.netdev());
      }
      devices.putIfAbsent(
          bridge.name(),
          new NetworkDevice(
              Kind.BRIDGE,
              true,
              port.mtuBytes(),
              XEND_PORT + script,
              "",
              new Forwarding(false, 0),
              null,
              HostUse.UNUSED,
              ""));
    }
    change(devices);
  }

  @Override
  public void stopAll(String script, Collection<BridgeDefinition> bridges) throws HostFailure {
    called(script);
    TreeMap<String, NetworkDevice> devices = new TreeMap<>(devicesWithUse());
    new BridgeGuard(devices).beforeStopping(bridges);
    devices.values().removeIf(device -> device.alias().equals(XEND_PORT + script));
    change(devices);
  }

  @Override
  public void reloadUnits() throws HostFailure {
    files.materialise();
    state.countCommand();
  }

  @Override
  public boolean libvirtRuns() throws HostFailure {
    return files.look("/run/libvirt/libvirtd.pid").exists();
  }

  @Override
  public void restartLibvirt() throws HostFailure {
    files.materialise();
    state.countCommand();
  }

  private void called(String script) throws HostFailure {
    if (files.look(script).kind() != FileEntry.Kind.FILE) {
      throw failed("no such script: " + script);
    }
    state.countCommand();
  }

  private void change(Map<String, NetworkDevice> devices) throws HostFailure {
    ImmutableSortedMap<String, NetworkDevice> next = ImmutableSortedMap.copyOf(devices);
    if (!next.equals(state.now().devices())) {
      state.change(state.now().withDevices(next));
    }
  }

  private static HostFailure refused(BridgeDefinition bridge, String why) {
    return failed(bridge.name() + ": " + why);
  }

  private static HostFailure failed(@Nullable String why) {
    return new HostFailure("ncm-xen-network (simulated) failed: " + why);
  }
}
