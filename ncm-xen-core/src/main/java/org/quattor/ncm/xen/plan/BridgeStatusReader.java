package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.model.Bridge;
import org.quattor.ncm.xen.model.Network;
import org.quattor.ncm.xen.observe.NetworkState;
import org.quattor.ncm.xen.observe.Observed;
import org.quattor.ncm.xen.plan.NetworkAction.CreateBridge;
import org.quattor.ncm.xen.plan.NetworkAction.RemoveBridge;
import org.quattor.ncm.xen.plan.NetworkAction.StartNetwork;
import org.quattor.ncm.xen.plan.NetworkAction.StopNetwork;

/** Tells how each bridge stands. */
final class BridgeStatusReader {

  private BridgeStatusReader() {}

  /** Returns the declared bridges, then those of ours that are not declared. */
  static ImmutableList<BridgeStatus> read(
      Network network, Observed<NetworkState> reading, XenPlan plan) {
    ImmutableList.Builder<BridgeStatus> all = ImmutableList.builder();
    for (Bridge bridge : network.bridges()) {
      all.add(
          new BridgeStatus(
              bridge.name(),
              bridge.port(),
              reading.fold(state -> made(state, bridge.name()), why -> "unknown"),
              members(reading, bridge.name()),
              true,
              actions(plan, bridge.name()),
              errors(plan, bridge.path())));
    }
    if (reading instanceof Observed.Known<NetworkState> known) {
      for (Map.Entry<String, String> ours : known.value().ours().entrySet()) {
        if (!network.names().contains(ours.getKey())) {
          all.add(
              new BridgeStatus(
                  ours.getKey(),
                  ours.getValue(),
                  "by ncm-xen",
                  members(reading, ours.getKey()),
                  false,
                  actions(plan, ours.getKey()),
                  ImmutableList.of()));
        }
      }
    }
    return all.build();
  }

  private static String made(NetworkState state, String bridge) {
    if (state.device(bridge) == null) {
      return "missing";
    }
    return state.ours().containsKey(bridge) ? "by ncm-xen" : "by another hand";
  }

  private static ImmutableList<String> members(Observed<NetworkState> reading, String bridge) {
    return reading.fold(
        state -> state.members(bridge).keySet().asList(), why -> ImmutableList.of());
  }

  private static ImmutableList<String> actions(XenPlan plan, String bridge) {
    return plan.actions().stream()
        .filter(action -> concerns(action, bridge))
        .map(Action::summary)
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean concerns(Action action, String bridge) {
    if (action instanceof CreateBridge || action instanceof RemoveBridge) {
      return action.target().equals(bridge);
    }
    if (action instanceof StartNetwork start) {
      return start.bridges().stream().anyMatch(each -> each.name().equals(bridge));
    }
    return action instanceof StopNetwork;
  }

  private static ImmutableList<String> errors(XenPlan plan, String path) {
    List<String> errors =
        plan.findings().stream()
            .filter(finding -> finding.severity() == Severity.ERROR)
            .filter(finding -> finding.path().equals(path) || finding.path().startsWith(path + "/"))
            .map(finding -> finding.id() + " " + finding.found())
            .toList();
    return ImmutableList.copyOf(errors);
  }
}
