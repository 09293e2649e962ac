package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Effect;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.model.Bridge;
import org.quattor.ncm.xen.network.Iproute2Script;
import org.quattor.ncm.xen.network.NetworkFiles;
import org.quattor.ncm.xen.observe.ConfigurationFile;
import org.quattor.ncm.xen.observe.NetworkState;
import org.quattor.ncm.xen.plan.BridgeVerdict.Verdict;
import org.quattor.ncm.xen.plan.FileAction.CreateLink;
import org.quattor.ncm.xen.plan.FileAction.RemoveFile;
import org.quattor.ncm.xen.plan.FileAction.RemoveLink;
import org.quattor.ncm.xen.plan.FileAction.WriteFile;
import org.quattor.ncm.xen.plan.NetworkAction.CreateBridge;
import org.quattor.ncm.xen.plan.NetworkAction.ReloadUnits;
import org.quattor.ncm.xen.plan.NetworkAction.RemoveBridge;

/** Plans bridges that our script creates with {@code ip}, one by one. */
final class Iproute2Planner {

  private static final String HOST = "";
  private static final int SCRIPT_MODE = 0755;
  private static final int UNIT_MODE = 0644;

  private final PlanBuilder builder;
  private final BridgeDraft bridges;
  private final BridgeUsers users;
  private final Reason withdrawn;
  private final boolean stopDomains;
  private ImmutableList<Bridge> defined = ImmutableList.of();
  private ImmutableList<String> scriptWritten = ImmutableList.of();
  private final Map<String, String> removed = new TreeMap<>();
  private final List<String> left = new ArrayList<>();

  Iproute2Planner(
      PlanBuilder builder,
      BridgeDraft bridges,
      BridgeUsers users,
      Reason withdrawn,
      boolean stopDomains) {
    this.builder = builder;
    this.bridges = bridges;
    this.users = users;
    this.withdrawn = withdrawn;
    this.stopDomains = stopDomains;
  }

  /** Plans the bridges, and the removal of those of ours that are not among them. */
  void plan(NetworkState state, ImmutableList<Bridge> declared) {
    BridgeVerdict verdicts = new BridgeVerdict(state);
    Map<String, Verdict> all = new TreeMap<>();
    ImmutableList.Builder<Bridge> inScript = ImmutableList.builder();
    for (Bridge bridge : declared) {
      Verdict verdict = verdicts.of(bridge, declared);
      all.put(bridge.name(), verdict);
      if (verdict.inScript()) {
        inScript.add(bridge);
      }
    }
    defined = inScript.build();
    ImmutableSortedMap<String, String> ours = state.ours();
    Set<String> names = NetworkPlanner.names(declared);
    List<String> gone = ours.keySet().stream().filter(name -> !names.contains(name)).toList();
    if (!writeFiles(state, !gone.isEmpty())) {
      names.stream().filter(name -> state.device(name) == null).forEach(bridges::missing);
      return;
    }
    for (String bridge : gone) {
      if (users.whyKept(state, bridge, port(state, bridge)).isEmpty()) {
        remove(bridge, ImmutableList.of());
      } else {
        left.add(bridge);
      }
    }
    makeInOrder(state, declared, all);
  }

  /** A bridge whose port is on another one of ours comes after that one has released it. */
  private void makeInOrder(
      NetworkState state, ImmutableList<Bridge> declared, Map<String, Verdict> verdicts) {
    List<Bridge> rest = new ArrayList<>(declared);
    List<Bridge> next = declared;
    while (!next.isEmpty()) {
      next = rest.stream().filter(bridge -> !waits(state, bridge) || letGo(state, bridge)).toList();
      next.forEach(bridge -> one(state, bridge, verdicts.get(bridge.name())));
      rest.removeAll(next);
    }
    rest.forEach(bridge -> one(state, bridge, verdicts.get(bridge.name())));
  }

  private boolean letGo(NetworkState state, Bridge bridge) {
    NetworkDevice port = state.device(bridge.port());
    return port != null
        && (removed.containsKey(port.master()) || !bridges.stepsFor(port.master()).isEmpty());
  }

  private static boolean waits(NetworkState state, Bridge bridge) {
    NetworkDevice port = state.device(bridge.port());
    return port != null && !port.master().isEmpty() && !port.master().equals(bridge.name());
  }

  private void one(NetworkState state, Bridge bridge, @Nullable Verdict verdict) {
    if (verdict == null) {
      return;
    }
    verdict.findings().forEach(builder::found);
    if (verdict.refused()) {
      bridges.missing(bridge.name());
    }
    if (!verdict.toMake()) {
      return;
    }
    ImmutableList.Builder<String> after = ImmutableList.builder();
    after.addAll(scriptWritten);
    NetworkDevice port = state.device(bridge.port());
    if (port != null && waits(state, bridge)) {
      String holder = port.master();
      String removal = removed.get(holder);
      if (removal != null) {
        after.add(removal);
      } else if (letGo(state, bridge)) {
        after.addAll(bridges.stepsFor(holder));
      } else {
        builder.found(BridgeVerdict.held(bridge, holder));
        bridges.missing(bridge.name());
        return;
      }
    }
    boolean there = state.device(bridge.name()) != null;
    Step step =
        Step.of(HOST, there ? Reason.BRIDGE_DIFFERS : Reason.MISSING)
            .after(after.build())
            .with(there ? Impact.LIVE : Impact.NONE);
    bridges.step(
        bridge.name(),
        builder.add(
            new CreateBridge(
                step,
                NetworkFiles.SCRIPT,
                NetworkFiles.definition(bridge),
                there ? Effect.CHANGE : Effect.CREATE)));
  }

  /** Plans script and unit; returns false when a file that ncm-xen did not write is in the way. */
  private boolean writeFiles(NetworkState state, boolean removes) {
    if (defined.isEmpty() && !removes) {
      return true;
    }
    for (String path : ImmutableList.of(NetworkFiles.SCRIPT, NetworkFiles.UNIT)) {
      ConfigurationFile file = state.files().get(path);
      if (file != null && !NetworkFiles.isOurs(file.text())) {
        builder.found(XendPlanner.inTheWay(path));
        return false;
      }
    }
    scriptWritten = write(state, NetworkFiles.SCRIPT, Iproute2Script.text(defined), SCRIPT_MODE);
    if (!defined.isEmpty()) {
      ImmutableList<String> unit =
          write(state, NetworkFiles.UNIT, Iproute2Script.unit(), UNIT_MODE);
      ImmutableList.Builder<String> changes = ImmutableList.builder();
      changes.addAll(unit);
      FileEntry link = state.unitLink();
      if (link.kind() != FileEntry.Kind.LINK || !link.linkTarget().equals(NetworkFiles.UNIT)) {
        changes.add(
            builder.add(
                new CreateLink(
                    Step.of(HOST, Reason.FOR_BRIDGES).after(unit),
                    NetworkFiles.UNIT_LINK,
                    NetworkFiles.UNIT)));
      }
      reload(changes.build());
    }
    return true;
  }

  private void reload(ImmutableList<String> changes) {
    if (!changes.isEmpty()) {
      builder.add(new ReloadUnits(Step.of(HOST, Reason.UNITS_CHANGE).after(changes)));
    }
  }

  private ImmutableList<String> write(NetworkState state, String path, String text, int mode) {
    ConfigurationFile file = state.files().get(path);
    if (file != null && file.text().equals(text) && file.entry().mode() == mode) {
      return ImmutableList.of();
    }
    return ImmutableList.of(
        builder.add(
            new WriteFile(
                Step.of(HOST, file == null ? Reason.FOR_BRIDGES : Reason.DIFFERS),
                path,
                text,
                mode,
                file == null ? Effect.CREATE : Effect.CHANGE)));
  }

  private void remove(String bridge, ImmutableList<String> after) {
    Step step =
        Step.of(HOST, withdrawn)
            .after(ImmutableList.<String>builder().addAll(scriptWritten).addAll(after).build())
            .with(Impact.LIVE);
    removed.put(bridge, builder.add(new RemoveBridge(step, NetworkFiles.SCRIPT, bridge)));
  }

  /** Plans the removal of bridges of stopped guests, and of the files when no bridge needs them. */
  void withdraw(NetworkState state) {
    boolean keep = false;
    for (String bridge : left) {
      ImmutableList<String> port = port(state, bridge);
      if (stopDomains && users.whyKeptAfterStops(state, bridge, port).isEmpty()) {
        remove(bridge, users.stops());
        continue;
      }
      keep = true;
      String why = users.whyKept(state, bridge, port).orElse(bridge + " is in use");
      builder.report("XEN406", "/sys/class/net/" + bridge, "reason", why);
    }
    if (!defined.isEmpty()) {
      return;
    }
    ImmutableList.Builder<String> unit = ImmutableList.builder();
    if (state.unitLink().kind() == FileEntry.Kind.LINK
        && state.unitLink().linkTarget().equals(NetworkFiles.UNIT)) {
      unit.add(builder.add(new RemoveLink(Step.of(HOST, withdrawn), NetworkFiles.UNIT_LINK)));
    }
    if (isOurs(state, NetworkFiles.UNIT)) {
      unit.add(builder.add(new RemoveFile(Step.of(HOST, withdrawn), NetworkFiles.UNIT)));
    }
    reload(unit.build());
    boolean written = !scriptWritten.isEmpty();
    if (!keep && (written || isOurs(state, NetworkFiles.SCRIPT))) {
      builder.add(
          new RemoveFile(
              Step.of(HOST, withdrawn)
                  .after(
                      ImmutableList.<String>builder()
                          .addAll(scriptWritten)
                          .addAll(removed.values())
                          .build()),
              NetworkFiles.SCRIPT));
    }
  }

  private static boolean isOurs(NetworkState state, String path) {
    ConfigurationFile file = state.files().get(path);
    return file != null && NetworkFiles.isOurs(file.text());
  }

  private static ImmutableList<String> port(NetworkState state, String bridge) {
    String port = state.ours().get(bridge);
    return port == null ? ImmutableList.of() : ImmutableList.of(port);
  }
}
