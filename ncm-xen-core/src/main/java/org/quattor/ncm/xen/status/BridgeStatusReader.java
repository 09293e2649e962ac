package org.quattor.ncm.xen.status;

import com.google.common.collect.ImmutableList;
import java.util.Map;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.model.Bridge;
import org.quattor.ncm.xen.model.Network;
import org.quattor.ncm.xen.observe.NetworkState;
import org.quattor.ncm.xen.observe.Observed;
import org.quattor.ncm.xen.plan.NetworkAction.CreateBridge;
import org.quattor.ncm.xen.plan.NetworkAction.RemoveBridge;
import org.quattor.ncm.xen.plan.NetworkAction.StartNetwork;
import org.quattor.ncm.xen.plan.NetworkAction.StopNetwork;
import org.quattor.ncm.xen.plan.XenPlan;
import org.quattor.ncm.xen.status.BridgeStatus.State;

/** Derives the state of each bridge. */
final class BridgeStatusReader {

  private BridgeStatusReader() {}

  /** Returns the declared bridges, then those of ours that are not declared. */
  static ImmutableList<BridgeStatus> read(
      Network network, Observed<NetworkState> observed, XenPlan plan) {
    ImmutableList.Builder<BridgeStatus> all = ImmutableList.builder();
    for (Bridge bridge : network.bridges()) {
      all.add(
          new BridgeStatus(
              bridge.name(),
              bridge.port(),
              true,
              observed.fold(host -> state(host, bridge.name()), why -> State.UNKNOWN),
              members(observed, bridge.name()),
              actions(plan, bridge.name()),
              errors(plan, bridge.path())));
    }
    if (observed instanceof Observed.Known<NetworkState> known) {
      for (Map.Entry<String, String> ours : known.value().ours().entrySet()) {
        if (!network.names().contains(ours.getKey())) {
          all.add(
              new BridgeStatus(
                  ours.getKey(),
                  ours.getValue(),
                  false,
                  State.MANAGED,
                  members(observed, ours.getKey()),
                  actions(plan, ours.getKey()),
                  ImmutableList.of()));
        }
      }
    }
    return all.build();
  }

  private static State state(NetworkState network, String bridge) {
    if (network.device(bridge) == null) {
      return State.MISSING;
    }
    return network.ours().containsKey(bridge) ? State.MANAGED : State.UNMANAGED;
  }

  private static ImmutableList<String> members(Observed<NetworkState> observed, String bridge) {
    return observed.fold(host -> host.members(bridge).keySet().asList(), why -> ImmutableList.of());
  }

  private static ImmutableList<PlannedAction> actions(XenPlan plan, String bridge) {
    return plan.actions().stream()
        .filter(action -> concerns(action, bridge))
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean concerns(PlannedAction action, String bridge) {
    if (action instanceof CreateBridge || action instanceof RemoveBridge) {
      return action.target().equals(bridge);
    }
    if (action instanceof StartNetwork start) {
      return start.bridges().stream().anyMatch(each -> each.name().equals(bridge));
    }
    return action instanceof StopNetwork;
  }

  private static ImmutableList<Finding> errors(XenPlan plan, String path) {
    return plan.findings().stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .filter(finding -> finding.path().equals(path) || finding.path().startsWith(path + "/"))
        .collect(ImmutableList.toImmutableList());
  }
}
