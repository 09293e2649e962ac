package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import java.util.stream.Collectors;
import org.quattor.ncm.component.Effect;
import org.quattor.ncm.xen.host.BridgeDefinition;
import org.quattor.ncm.xen.host.HostFailure;

/** A step on the bridges of dom0, or on what makes them. */
public sealed interface NetworkAction extends Action {

  @Override
  default void accept(Action.Visitor visitor) throws HostFailure {
    visitor.network(this);
  }

  /** Calls the method for the kind of step. */
  void accept(Visitor visitor) throws HostFailure;

  /** Acts by kind; a new kind of step breaks every place that has to decide. */
  interface Visitor {
    /** Reloads the units of systemd. */
    void reloadUnits(ReloadUnits action) throws HostFailure;

    /** Creates a bridge, or changes it. */
    void createBridge(CreateBridge action) throws HostFailure;

    /** Removes a bridge. */
    void removeBridge(RemoveBridge action) throws HostFailure;

    /** Creates the bridges of xend. */
    void startNetwork(StartNetwork action) throws HostFailure;

    /** Removes the bridges of xend. */
    void stopNetwork(StopNetwork action) throws HostFailure;

    /** Restarts libvirt. */
    void restartLibvirt(RestartLibvirt action) throws HostFailure;
  }

  /** Reloads the units of systemd. */
  record ReloadUnits(Step step) implements NetworkAction {
    @Override
    public Description description() {
      return new Description("reload-units", "systemd", "reload the units of systemd");
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.reloadUnits(this);
    }
  }

  /**
   * Creates a bridge with its port, or changes one of ours to that.
   *
   * @param script what creates it
   * @param bridge what is created
   * @param effect whether it exists already
   */
  record CreateBridge(Step step, String script, BridgeDefinition bridge, Effect effect)
      implements NetworkAction {
    @Override
    public Description description() {
      return new Description(
          "create-bridge",
          bridge.name(),
          (effect == Effect.CREATE ? "create" : "change")
              + " bridge "
              + bridge.name()
              + (effect == Effect.CREATE ? " with " : " to have ")
              + bridge.portText());
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.createBridge(this);
    }
  }

  /**
   * Removes a bridge that ncm-xen created.
   *
   * @param script what removes it
   * @param bridge its name
   */
  record RemoveBridge(Step step, String script, String bridge) implements NetworkAction {
    @Override
    public Description description() {
      return new Description("remove-bridge", bridge, "remove bridge " + bridge);
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.removeBridge(this);
    }
  }

  /**
   * Creates the bridges of xend.
   *
   * @param script what creates them
   * @param bridges what the script defines
   */
  record StartNetwork(Step step, String script, ImmutableList<BridgeDefinition> bridges)
      implements NetworkAction {
    @Override
    public Description description() {
      return new Description(
          "start-network",
          script,
          "create the bridges "
              + bridges.stream().map(BridgeDefinition::name).collect(Collectors.joining(", "))
              + " with "
              + script);
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.startNetwork(this);
    }
  }

  /**
   * Removes the bridges of xend.
   *
   * @param script what removes them
   * @param bridges what the script defines
   */
  record StopNetwork(Step step, String script, ImmutableList<BridgeDefinition> bridges)
      implements NetworkAction {
    @Override
    public Description description() {
      return new Description("stop-network", script, "remove the bridges of " + script);
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.stopNetwork(this);
    }
  }

  /** Restarts libvirt's daemon. */
  record RestartLibvirt(Step step) implements NetworkAction {
    @Override
    public Description description() {
      return new Description("restart-libvirt", "libvirt", "restart libvirt's daemon");
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.restartLibvirt(this);
    }
  }
}
