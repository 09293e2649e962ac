package org.quattor.ncm.xen.host;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A network device of dom0.
 *
 * @param kind what it is
 * @param up whether it is set up; not whether it has a carrier
 * @param mtuBytes the largest packet
 * @param alias the text that {@code ip link set alias} gave it; empty without one
 * @param master the bridge or bond that it is on; empty when it is on none
 * @param forwarding how a bridge forwards; null for other devices
 * @param tag of which device it is a VLAN; null for other devices
 * @param below the devices that it is stacked on, such as that of a VLAN, macvlan or tunnel; not
 *     those whose master it is
 * @param use whether the host has an address on the device itself, or a route over it; {@link
 *     NetworkUse} has the whole answer
 * @param manager {@code NetworkManager} or {@code systemd-networkd} when one of them says that it
 *     looks after the device; empty otherwise
 */
public record NetworkDevice(
    Kind kind,
    boolean up,
    long mtuBytes,
    String alias,
    String master,
    @Nullable Forwarding forwarding,
    @Nullable Tag tag,
    Set<String> below,
    HostUse use,
    String manager) {

  /** Makes one that is stacked on nothing but the device of its VLAN. */
  public NetworkDevice(
      Kind kind,
      boolean up,
      long mtuBytes,
      String alias,
      String master,
      @Nullable Forwarding forwarding,
      @Nullable Tag tag,
      HostUse use,
      String manager) {
    this(
        kind,
        up,
        mtuBytes,
        alias,
        master,
        forwarding,
        tag,
        tag == null ? Set.of() : Set.of(tag.device()),
        use,
        manager);
  }

  /** Returns the same device with another use. */
  public NetworkDevice withUse(HostUse other) {
    return new NetworkDevice(
        kind, up, mtuBytes, alias, master, forwarding, tag, below, other, manager);
  }

  /** What a device can be. */
  public enum Kind {
    /** A bridge. */
    BRIDGE,
    /** A VLAN of another device. */
    VLAN,
    /** Anything else. */
    OTHER
  }

  /**
   * How a bridge forwards.
   *
   * @param spanningTree whether it takes part in the spanning tree protocol
   * @param delayCentiseconds how long a new port listens and learns, each
   */
  public record Forwarding(boolean spanningTree, long delayCentiseconds) {}

  /**
   * A VLAN.
   *
   * @param device the device below
   * @param vlan 1 to 4094
   */
  public record Tag(String device, int vlan) {}
}
