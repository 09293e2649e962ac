package org.quattor.ncm.xen.host;

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
 * @param carriesHost whether routes of the host go out over it, or it has an IPv6 address beyond
 *     the link; an IPv4 address without a route is not seen
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
    boolean carriesHost,
    String manager) {

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
