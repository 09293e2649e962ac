package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Effect;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.xen.finding.Catalogue;
import org.quattor.ncm.xen.host.BridgeDefinition;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.model.Bridge;
import org.quattor.ncm.xen.network.NetworkFiles;
import org.quattor.ncm.xen.network.XendScripts;
import org.quattor.ncm.xen.observe.ConfigurationFile;
import org.quattor.ncm.xen.observe.NetworkState;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observer;
import org.quattor.ncm.xen.plan.FileAction.CopyFile;
import org.quattor.ncm.xen.plan.FileAction.RemoveFile;
import org.quattor.ncm.xen.plan.FileAction.WriteFile;
import org.quattor.ncm.xen.plan.NetworkAction.StartNetwork;
import org.quattor.ncm.xen.plan.NetworkAction.StopNetwork;

/**
 * Plans bridges that the scripts of xend create: all by one script, which is stopped before another
 * one replaces it.
 */
final class XendPlanner {

  private static final String HOST = "";
  private static final int SCRIPT_MODE = 0755;
  private static final String CONFIGURATION =
      Observer.FOLDER + "/" + NetworkFiles.XEND_CONFIGURATION;

  private final Observation host;
  private final PlanBuilder builder;
  private final BridgeDraft bridges;
  private final BridgeUsers users;
  private final Reason withdrawn;
  private final boolean stopDomains;
  private boolean wanted;

  XendPlanner(
      Observation host,
      PlanBuilder builder,
      BridgeDraft bridges,
      BridgeUsers users,
      Reason withdrawn,
      boolean stopDomains) {
    this.host = host;
    this.builder = builder;
    this.bridges = bridges;
    this.users = users;
    this.withdrawn = withdrawn;
    this.stopDomains = stopDomains;
  }

  void plan(NetworkState state, ImmutableList<Bridge> declared) {
    wanted = !declared.isEmpty();
    if (!wanted) {
      return;
    }
    List<Bridge> missing = declared.stream().filter(bridge -> !isThere(state, bridge)).toList();
    Optional<Finding> obstacle = obstacle(state);
    if (obstacle.isPresent()) {
      builder.found(obstacle.get());
      missing.forEach(bridge -> bridges.missing(bridge.name()));
      return;
    }
    List<String> before = new ArrayList<>();
    ConfigurationFile old = state.files().get(NetworkFiles.MULTI_SCRIPT);
    String text = XendScripts.multiBridge(declared);
    boolean replaced = old != null && !old.text().equals(text);
    boolean stopped = replaced && old != null && stopOld(state, old.text(), declared, before);
    helpers(state, before);
    if (old == null || replaced || old.entry().mode() != SCRIPT_MODE) {
      before.add(write(NetworkFiles.MULTI_SCRIPT, text, SCRIPT_MODE, old, before));
    }
    configuration(before);
    if (stopped || !missing.isEmpty()) {
      String id =
          builder.add(
              new StartNetwork(
                  Step.of(HOST, stopped ? Reason.BRIDGE_DIFFERS : Reason.MISSING)
                      .after(before)
                      .with(stopped ? Impact.LIVE : Impact.NONE),
                  NetworkFiles.MULTI_SCRIPT,
                  declared.stream()
                      .map(NetworkFiles::definition)
                      .collect(ImmutableList.toImmutableList())));
      declared.forEach(bridge -> bridges.step(bridge.name(), id));
    }
  }

  /**
   * Plans that the old script removes its bridges, when one of them is no longer defined so and
   * none of all of them is in use; bridges that stay as they are need no stop, and a start leaves
   * them.
   */
  private boolean stopOld(
      NetworkState state, String script, ImmutableList<Bridge> declared, List<String> before) {
    Optional<ImmutableList<BridgeDefinition>> defined = XendScripts.defined(script);
    ImmutableList<BridgeDefinition> old = defined.orElse(ImmutableList.of());
    List<BridgeDefinition> wanted = declared.stream().map(NetworkFiles::definition).toList();
    if (defined.isPresent() && wanted.containsAll(old)) {
      return false;
    }
    if (defined.isEmpty()) {
      builder.report("XEN414.edited", NetworkFiles.MULTI_SCRIPT);
      return false;
    }
    Optional<String> why = whyKept(state, old);
    if (why.isPresent()) {
      builder.report("XEN414", NetworkFiles.MULTI_SCRIPT, "reason", why.get());
      return false;
    }
    before.add(
        builder.add(
            new StopNetwork(
                Step.of(HOST, Reason.NETWORK_CHANGES).with(Impact.LIVE),
                NetworkFiles.MULTI_SCRIPT,
                old)));
    return true;
  }

  /** The script stops all or none: one bridge that is in use keeps all. */
  private static Optional<String> whyKept(
      NetworkState state, ImmutableList<BridgeDefinition> bridges) {
    return bridges.stream()
        .flatMap(bridge -> state.use().whyKept(bridge.name(), bridge.xendPorts()).stream())
        .findFirst();
  }

  private static boolean isThere(NetworkState state, Bridge bridge) {
    NetworkDevice device = state.device(bridge.name());
    return device != null && device.kind() == NetworkDevice.Kind.BRIDGE;
  }

  private static Optional<Finding> obstacle(NetworkState state) {
    ConfigurationFile vendor = state.files().get(NetworkFiles.VENDOR_SCRIPT);
    if (vendor == null || vendor.entry().kind() != FileEntry.Kind.FILE) {
      Optional<String> kind = vendor == null ? Optional.empty() : PlanBuilder.kind(vendor.entry());
      return Optional.of(Catalogue.finding("XEN409", NetworkFiles.VENDOR_SCRIPT, "kind", kind));
    }
    for (String path : ImmutableList.of(NetworkFiles.MULTI_SCRIPT, NetworkFiles.VLAN_SCRIPT)) {
      ConfigurationFile file = state.files().get(path);
      boolean perls = file != null && path.equals(NetworkFiles.VLAN_SCRIPT);
      if (file != null
          && (file.entry().kind() != FileEntry.Kind.FILE
              || !(perls || NetworkFiles.isOurs(file.text())))) {
        return Optional.of(inTheWay(path));
      }
    }
    return Optional.empty();
  }

  /** Returns the finding about a file that is not ours. */
  static Finding inTheWay(String path) {
    return Catalogue.finding("XEN410", path);
  }

  private void helpers(NetworkState state, List<String> before) {
    ConfigurationFile vendor = state.files().get(NetworkFiles.VENDOR_SCRIPT);
    ConfigurationFile copy = state.files().get(NetworkFiles.VENDOR_COPY);
    if (vendor != null
        && (copy == null
            || !copy.text().equals(vendor.text())
            || copy.entry().mode() != SCRIPT_MODE)) {
      before.add(
          builder.add(
              new CopyFile(
                  Step.of(HOST, reason(copy)).after(before),
                  NetworkFiles.VENDOR_SCRIPT,
                  NetworkFiles.VENDOR_COPY,
                  effect(copy))));
    }
    ConfigurationFile vlan = state.files().get(NetworkFiles.VLAN_SCRIPT);
    String text = XendScripts.vlanBridge();
    if (vlan == null || !vlan.text().equals(text) || vlan.entry().mode() != SCRIPT_MODE) {
      before.add(write(NetworkFiles.VLAN_SCRIPT, text, SCRIPT_MODE, vlan, before));
    }
  }

  private void configuration(List<String> before) {
    ConfigurationFile file = host.files().get(NetworkFiles.XEND_CONFIGURATION);
    if (file == null || file.entry().kind() != FileEntry.Kind.FILE) {
      Optional<String> kind = file == null ? Optional.empty() : PlanBuilder.kind(file.entry());
      builder.report("XEN411", CONFIGURATION, "kind", kind);
      return;
    }
    if (!file.faithful()) {
      builder.report("XEN411.encoding", CONFIGURATION);
      return;
    }
    String text = XendScripts.withOurScript(file.text());
    if (!text.equals(file.text())) {
      write(CONFIGURATION, text, file.entry().mode(), file, before);
    }
  }

  private String write(
      String path, String text, int mode, @Nullable ConfigurationFile old, List<String> before) {
    return builder.add(
        new WriteFile(Step.of(HOST, reason(old)).after(before), path, text, mode, effect(old)));
  }

  private static Reason reason(@Nullable ConfigurationFile old) {
    return old == null ? Reason.FOR_BRIDGES : Reason.DIFFERS;
  }

  private static Effect effect(@Nullable ConfigurationFile old) {
    return old == null ? Effect.CREATE : Effect.CHANGE;
  }

  /**
   * Plans the removal of all of it when xend creates no bridge any more. The script is called to
   * remove its bridges only on a host of xend where none of them is declared or in use. Elsewhere
   * it is a leftover, and it is unknown what created the bridges of these names.
   */
  void withdraw(NetworkState state, ImmutableSortedSet<String> declared) {
    ConfigurationFile multi = state.files().get(NetworkFiles.MULTI_SCRIPT);
    if (wanted || multi == null || !NetworkFiles.isOurs(multi.text())) {
      return;
    }
    Optional<ImmutableList<BridgeDefinition>> defined = XendScripts.defined(multi.text());
    ImmutableList<BridgeDefinition> old = defined.orElse(ImmutableList.of());
    boolean leftover =
        host.toolstack() != Toolstack.XM
            || defined.isEmpty()
            || old.stream().anyMatch(bridge -> declared.contains(bridge.name()))
            || old.stream().anyMatch(bridge -> state.ours().containsKey(bridge.name()));
    if (leftover) {
      sayWhatStays(state, old);
      removeFiles(state, new ArrayList<>());
      return;
    }
    Optional<String> kept =
        old.stream()
            .flatMap(
                bridge ->
                    (stopDomains
                            ? users.whyKeptAfterStops(state, bridge.name(), bridge.xendPorts())
                            : users.whyKept(state, bridge.name(), bridge.xendPorts()))
                        .stream())
            .findFirst();
    if (kept.isPresent()) {
      builder.report("XEN406.xend", NetworkFiles.MULTI_SCRIPT, "reason", kept.get());
      return;
    }
    List<String> before = new ArrayList<>(users.stops());
    before.add(
        builder.add(
            new StopNetwork(
                Step.of(HOST, withdrawn).after(before).with(Impact.LIVE),
                NetworkFiles.MULTI_SCRIPT,
                old)));
    removeFiles(state, before);
  }

  private void sayWhatStays(NetworkState state, ImmutableList<BridgeDefinition> old) {
    List<String> staying =
        old.stream()
            .map(BridgeDefinition::name)
            .filter(name -> state.device(name) != null && !state.ours().containsKey(name))
            .toList();
    if (!staying.isEmpty()) {
      builder.report("XEN413", NetworkFiles.MULTI_SCRIPT, "bridges", staying);
    }
  }

  private void removeFiles(NetworkState state, List<String> before) {
    ConfigurationFile file = host.files().get(NetworkFiles.XEND_CONFIGURATION);
    if (file != null && file.faithful() && XendScripts.namesOurScript(file.text())) {
      if (host.toolstack() != Toolstack.XM) {
        builder.found(Catalogue.finding("XEN415", CONFIGURATION));
      }
      before.add(
          write(
              CONFIGURATION,
              XendScripts.withoutOurScript(file.text()),
              file.entry().mode(),
              file,
              before));
    }
    for (String path :
        ImmutableList.of(
            NetworkFiles.VLAN_SCRIPT, NetworkFiles.VENDOR_COPY, NetworkFiles.MULTI_SCRIPT)) {
      if (state.files().containsKey(path)) {
        before.add(builder.add(new RemoveFile(Step.of(HOST, withdrawn).after(before), path)));
      }
    }
  }
}
