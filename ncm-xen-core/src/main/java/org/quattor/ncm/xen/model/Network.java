package org.quattor.ncm.xen.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Comparator;
import org.quattor.ncm.xen.host.Toolstack;

/**
 * {@code network}: the bridges of dom0.
 *
 * @param bridges {@code bridges} by name, then {@code vlans} by name
 * @param backend what makes them
 * @param keepsLibvirtOut whether libvirt's own networks are kept from starting with the host
 */
public record Network(ImmutableList<Bridge> bridges, Backend backend, boolean keepsLibvirtOut) {

  /** A profile without {@code network}. */
  public static final Network NONE = new Network(ImmutableList.of(), Backend.AUTO, false);

  /** What makes bridges and VLANs. */
  public enum Backend {
    /** Xend's scripts where the toolstack is {@code xm}, iproute2 elsewhere. */
    AUTO,
    /** The scripts {@code network-bridge} of the Xen package, called by xend. */
    XEND,
    /** A script of ours that calls {@code ip}. */
    IPROUTE2
  }

  /** Returns whether the scripts of xend make the bridges on a host with that toolstack. */
  public boolean byXend(Toolstack toolstack) {
    return switch (backend) {
      case XEND -> true;
      case IPROUTE2 -> false;
      case AUTO -> toolstack == Toolstack.XM;
    };
  }

  /** Returns the names of all bridges. */
  public ImmutableSortedSet<String> names() {
    return bridges.stream()
        .map(Bridge::name)
        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
  }
}
