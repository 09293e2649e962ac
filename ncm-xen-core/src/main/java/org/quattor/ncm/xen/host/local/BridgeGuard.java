package org.quattor.ncm.xen.host.local;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import org.quattor.ncm.xen.host.BridgeDefinition;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostNetwork;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.host.NetworkUse;

/**
 * Refuses to take or to remove what is used at the moment of the act: what the plan looked at is
 * old by then.
 *
 * @param devices the devices with a use that is known
 */
public record BridgeGuard(SortedMap<String, NetworkDevice> devices) {

  private static final String MARK = HostNetwork.MARK + " ";

  /** Fails when the bridge's port, or the bridge that is to get another one, is used. */
  public void beforeMaking(BridgeDefinition bridge) throws HostFailure {
    NetworkUse use = new NetworkUse(devices);
    NetworkDevice there = devices.get(bridge.name());
    NetworkDevice port = devices.get(bridge.port());
    boolean ours = there != null && there.alias().startsWith(MARK);
    if (there != null && !ours) {
      return; // It is not changed.
    }
    if (there != null && !there.alias().equals(MARK + bridge.port())) {
      refuse(bridge.name(), "it stays as it is", use.whyLeft(bridge.name()));
    }
    if (port != null && !port.master().equals(bridge.name())) {
      refuse(bridge.name(), bridge.port() + " is not taken", use.whyLeft(bridge.port()));
    }
  }

  /** Fails when a bridge of ours is used; one that is missing or not ours is not removed. */
  public void beforeRemoving(String bridge) throws HostFailure {
    NetworkDevice there = devices.get(bridge);
    if (there != null && there.alias().startsWith(MARK)) {
      ImmutableList<String> port = ImmutableList.of(there.alias().substring(MARK.length()));
      refuse(bridge, "it stays", new NetworkUse(devices).whyKept(bridge, port));
    }
  }

  /** Fails when a bridge that a script of xend would remove is used, or is of our other script. */
  public void beforeStopping(Collection<BridgeDefinition> bridges) throws HostFailure {
    NetworkUse use = new NetworkUse(devices);
    for (BridgeDefinition bridge : bridges) {
      refuse(bridge.name(), "it stays", use.whyKept(bridge.name(), bridge.xendPorts()));
      NetworkDevice there = devices.get(bridge.name());
      if (there != null && there.alias().startsWith(MARK)) {
        refuse(bridge.name(), "it stays", Optional.of("ncm-xen made it with iproute2"));
      }
    }
  }

  private static void refuse(String bridge, String what, Optional<String> why) throws HostFailure {
    if (why.isPresent()) {
      throw new HostFailure(bridge + ": " + what + ", for " + why.get());
    }
  }
}
