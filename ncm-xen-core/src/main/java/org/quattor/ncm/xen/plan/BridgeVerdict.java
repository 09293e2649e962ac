package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.finding.Catalogue;
import org.quattor.ncm.xen.host.HostNetwork;
import org.quattor.ncm.xen.host.HostUse;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.host.NetworkDevice.Forwarding;
import org.quattor.ncm.xen.host.NetworkDevice.Kind;
import org.quattor.ncm.xen.host.NetworkDevice.Tag;
import org.quattor.ncm.xen.model.Bridge;
import org.quattor.ncm.xen.observe.NetworkState;

/** Decides whether a bridge is as declared, can be created, or must not be touched. */
final class BridgeVerdict {

  private static final String NETWORK_MANAGER = "NetworkManager";
  private static final String NETWORKD = "systemd-networkd";
  private static final Forwarding AT_ONCE = new Forwarding(false, 0);

  private final NetworkState state;

  BridgeVerdict(NetworkState state) {
    this.state = state;
  }

  /**
   * What is to be done about a bridge.
   *
   * @param toMake whether it is created or changed
   * @param inScript whether the script defines it and creates it at the next boot
   * @param findings about it
   */
  record Verdict(boolean toMake, boolean inScript, ImmutableList<Finding> findings) {

    /** Returns whether the bridge cannot be used. */
    boolean refused() {
      return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }
  }

  Verdict of(Bridge bridge, ImmutableList<Bridge> declared) {
    NetworkDevice there = state.device(bridge.name());
    NetworkDevice netdev = state.device(bridge.netdev());
    NetworkDevice port = state.device(bridge.port());
    boolean holds = port != null && port.master().equals(bridge.name());
    String made = state.ours().get(bridge.name());
    if (there != null && there.kind() != Kind.BRIDGE) {
      return left(false, "XEN403", bridge, "device", bridge.name());
    }
    if (there != null && made == null) {
      return another(bridge, holds);
    }
    if (there != null && isRight(bridge, there, netdev, port, holds)) {
      return new Verdict(false, true, ImmutableList.of());
    }
    if (there != null && !bridge.port().equals(made)) {
      HostUse use = state.use().of(bridge.name());
      if (use instanceof HostUse.Used) {
        return left(true, "XEN408", bridge, "bridge", bridge.name());
      }
      if (use instanceof HostUse.Unknown) {
        return unknown(bridge, bridge.name(), true);
      }
    }
    if (netdev == null) {
      return left(
          true,
          bridge.netdevDeclared() ? "XEN402" : "XEN402.by-name",
          bridge,
          "netdev",
          bridge.netdev());
    }
    return holds || port == null
        ? new Verdict(true, true, ImmutableList.of())
        : take(bridge, port, declared, there != null);
  }

  /** A bridge that ncm-xen did not create is never changed. */
  private Verdict another(Bridge bridge, boolean holds) {
    if (holds) {
      return new Verdict(false, false, ImmutableList.of());
    }
    if (state.use().of(bridge.name()) instanceof HostUse.Used) {
      return left(false, "XEN408", bridge, "bridge", bridge.name());
    }
    if (!bridge.netdevDeclared()) {
      return left(false, "XEN408.not-created", bridge, "bridge", bridge.name());
    }
    return left(false, "XEN403.not-ours", bridge, "port", bridge.port(), "bridge", bridge.name());
  }

  private Verdict take(
      Bridge bridge, NetworkDevice port, ImmutableList<Bridge> declared, boolean inScript) {
    String name = bridge.port();
    if (bridge.vlan() != null && !isTag(bridge, port.tag())) {
      return left(
          inScript,
          "XEN403.vlan",
          bridge,
          "device",
          name,
          "vlan",
          bridge.vlan(),
          "netdev",
          bridge.netdev());
    }
    HostUse use = state.use().of(name);
    if (use instanceof HostUse.Unknown) {
      return unknown(bridge, name, inScript);
    }
    if (use instanceof HostUse.Used) {
      return usedByHost(bridge, port, inScript);
    }
    if (!port.manager().isEmpty()) {
      return managed(bridge, port, inScript);
    }
    if (!port.master().isEmpty() && !letsGo(port.master(), bridge, declared)) {
      return new Verdict(false, inScript, ImmutableList.of(held(bridge, port.master())));
    }
    return new Verdict(true, true, ImmutableList.of());
  }

  private Verdict usedByHost(Bridge bridge, NetworkDevice port, boolean inScript) {
    String name = bridge.port();
    String use = state.use().whyLeft(name).orElse(name);
    return switch (port.manager()) {
      case NETWORK_MANAGER ->
          left(
              inScript,
              "XEN400.networkmanager",
              bridge,
              "use",
              use,
              "port",
              name,
              "bridge",
              bridge.name(),
              "netdev",
              bridge.netdev(),
              "vlan",
              Optional.ofNullable(bridge.vlan()));
      case NETWORKD ->
          left(
              inScript,
              "XEN400.networkd",
              bridge,
              "use",
              use,
              "port",
              name,
              "bridge",
              bridge.name());
      default ->
          left(inScript, "XEN400", bridge, "use", use, "port", name, "bridge", bridge.name());
    };
  }

  private static Verdict managed(Bridge bridge, NetworkDevice port, boolean inScript) {
    String name = bridge.port();
    return port.manager().equals(NETWORKD)
        ? left(inScript, "XEN401.networkd", bridge, "port", name, "bridge", bridge.name())
        : left(
            inScript,
            "XEN401",
            bridge,
            "port",
            name,
            "bridge",
            bridge.name(),
            "netdev",
            bridge.netdev(),
            "vlan",
            Optional.ofNullable(bridge.vlan()));
  }

  /** Unknown holds back: the device may be the only way to the host. */
  private Verdict unknown(Bridge bridge, String device, boolean inScript) {
    return left(inScript, "XEN412", bridge, "reason", state.use().whyLeft(device).orElse(device));
  }

  /** Returns whether this run removes a bridge of ours, or gives it another port. */
  private boolean letsGo(String master, Bridge bridge, ImmutableList<Bridge> declared) {
    return state.ours().containsKey(master)
        && declared.stream()
            .filter(other -> other.name().equals(master))
            .allMatch(other -> !other.port().equals(bridge.port()));
  }

  /** Returns the finding about a bridge whose port is on another one. */
  static Finding held(Bridge bridge, String master) {
    return Catalogue.finding("XEN404", bridge.path(), "port", bridge.port(), "master", master);
  }

  private static boolean isTag(Bridge bridge, @Nullable Tag tag) {
    Integer vlan = bridge.vlan();
    return tag != null && vlan != null && tag.equals(new Tag(bridge.netdev(), vlan));
  }

  private static boolean isRight(
      Bridge bridge,
      NetworkDevice there,
      @Nullable NetworkDevice netdev,
      @Nullable NetworkDevice port,
      boolean holds) {
    return holds
        && port != null
        && netdev != null
        && there.alias().equals(HostNetwork.MARK + " " + bridge.port())
        && AT_ONCE.equals(there.forwarding())
        && there.mtuBytes() == port.mtuBytes()
        && there.up()
        && port.up()
        && netdev.up();
  }

  /** Leaves the bridge as it is, and reports why. */
  private static Verdict left(boolean inScript, String form, Bridge bridge, Object... values) {
    return new Verdict(
        false, inScript, ImmutableList.of(Catalogue.finding(form, bridge.path(), values)));
  }
}
