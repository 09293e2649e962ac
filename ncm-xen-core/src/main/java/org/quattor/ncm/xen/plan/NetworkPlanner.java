package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import org.quattor.ncm.xen.finding.XenPaths;
import org.quattor.ncm.xen.model.Bridge;
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.Network;
import org.quattor.ncm.xen.model.Network.Backend;
import org.quattor.ncm.xen.model.Vif;
import org.quattor.ncm.xen.observe.NetworkState;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observed;

/**
 * Plans the network: what guests need before them, and what nobody needs any more after guests were
 * stopped. A run for some guests only does not touch it.
 */
final class NetworkPlanner {

  private final Observation host;
  private final PlanBuilder builder;
  private final Network network;
  private final BridgeDraft bridges = new BridgeDraft();
  private final boolean wholeHost;
  private final Iproute2Planner iproute2;
  private final XendPlanner xend;
  private final LibvirtNetworks libvirt;

  NetworkPlanner(DesiredState desired, Observation host, PlanBuilder builder, Reason withdrawn) {
    this.host = host;
    this.builder = builder;
    this.network = desired.configuration().network();
    this.wholeHost = desired.wholeHost();
    BridgeUsers users = new BridgeUsers(desired, host, builder);
    this.iproute2 = new Iproute2Planner(builder, bridges, users, withdrawn, desired.stopDomains());
    this.xend = new XendPlanner(host, builder, bridges, users, withdrawn, desired.stopDomains());
    this.libvirt = new LibvirtNetworks(builder);
  }

  /** Plans what has to be done before guests are started. */
  void prepare() {
    if (!(host.network() instanceof Observed.Known<NetworkState> known)) {
      builder.incomplete();
      builder.report("XEN407", XenPaths.NETWORK, "reason", host.network().whyUnknown());
      network.names().forEach(bridges::missing);
      return;
    }
    NetworkState state = known.value();
    if (!wholeHost) {
      network.names().stream().filter(name -> state.device(name) == null).forEach(bridges::missing);
      return;
    }
    boolean byXend = network.byXend(host.toolstack());
    iproute2.plan(state, byXend ? ImmutableList.of() : network.bridges());
    xend.plan(state, byXend ? network.bridges() : ImmutableList.of());
    libvirt.plan(state, network.keepsLibvirtOut());
  }

  /** Plans what is removed after guests were stopped. */
  void withdraw() {
    if (wholeHost && host.network() instanceof Observed.Known<NetworkState> known) {
      iproute2.withdraw(known.value());
      xend.withdraw(known.value(), network.names());
    }
  }

  /**
   * Returns the steps that a guest needs; holds it back when one of its bridges will be missing.
   */
  ImmutableSet<String> before(Guest guest) {
    ImmutableSet.Builder<String> ids = ImmutableSet.builder();
    boolean stopped = !host.mayHaveDomain(guest.options().name());
    for (Vif vif : guest.options().allVifs()) {
      String bridge = vif.bridge().orElse("");
      ids.addAll(bridges.stepsFor(bridge));
      if (stopped && bridges.isMissing(bridge)) {
        boolean others = !wholeHost && host.network() instanceof Observed.Known;
        builder.holdBack(
            guest, others ? "XEN405.some-guests" : "XEN405", vif.path(), "bridge", bridge);
      }
    }
    return ids.build();
  }

  /** Holds back a guest that is to be started, when one of its bridges is not on the host. */
  void requireBridges(Guest guest) {
    boolean stopped = !host.mayHaveDomain(guest.options().name());
    for (Vif vif : guest.options().allVifs()) {
      String bridge = vif.bridge().orElse("");
      if (stopped && bridges.isMissing(bridge)) {
        continue; // Reported by before().
      }
      // Another script, or a driver domain, has bridges of another kind, or elsewhere.
      boolean ours = !vif.keys().containsKey("script") && !vif.keys().containsKey("backend");
      if (!bridge.isEmpty() && ours && !isThere(bridge)) {
        builder.holdBack(guest, "XEN405.undeclared", vif.path(), "bridge", bridge);
      }
    }
  }

  private boolean isThere(String bridge) {
    return !bridges.stepsFor(bridge).isEmpty()
        || !(host.network() instanceof Observed.Known<NetworkState> known)
        || known.value().device(bridge) != null;
  }

  /** Returns the names of bridges in a list. */
  static ImmutableSortedSet<String> names(ImmutableList<Bridge> bridges) {
    return new Network(bridges, Backend.AUTO, false).names();
  }
}
