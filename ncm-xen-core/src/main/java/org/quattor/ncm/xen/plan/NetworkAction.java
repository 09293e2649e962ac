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
    visitor.changeNetwork(this);
  }

  /** Calls the method for the kind of step. */
  void acceptNetwork(Visitor visitor) throws HostFailure;

  /** Acts by kind. */
  interface Visitor {
    /** Writes a script, a unit or a configuration. */
    void writeScript(WriteScript action) throws HostFailure;

    /** Copies a file. */
    void copyFile(CopyFile action) throws HostFailure;

    /** Gives a file or link another name. */
    void renameFile(RenameFile action) throws HostFailure;

    /** Lets systemd read its units. */
    void reloadUnits(ReloadUnits action) throws HostFailure;

    /** Makes a bridge, or changes it. */
    void createBridge(CreateBridge action) throws HostFailure;

    /** Removes a bridge. */
    void removeBridge(RemoveBridge action) throws HostFailure;

    /** Makes the bridges of xend. */
    void startNetwork(StartNetwork action) throws HostFailure;

    /** Removes the bridges of xend. */
    void stopNetwork(StopNetwork action) throws HostFailure;

    /** Restarts libvirt. */
    void restartLibvirt(RestartLibvirt action) throws HostFailure;
  }

  /**
   * Writes a script, a unit or xend's configuration.
   *
   * @param path where
   * @param text the whole content
   * @param mode its permission bits
   * @param effect whether there is one already
   */
  record WriteScript(Step step, String path, String text, int mode, Effect effect)
      implements NetworkAction {
    @Override
    public String type() {
      return "write-file";
    }

    @Override
    public String target() {
      return path;
    }

    @Override
    public String summary() {
      return "write " + path;
    }

    @Override
    public void acceptNetwork(Visitor visitor) throws HostFailure {
      visitor.writeScript(this);
    }
  }

  /**
   * Copies a script, which can be executed then.
   *
   * @param path the script
   * @param copy where the copy goes
   * @param effect whether there is one already
   */
  record CopyFile(Step step, String path, String copy, Effect effect) implements NetworkAction {
    @Override
    public String type() {
      return "copy-file";
    }

    @Override
    public String target() {
      return copy;
    }

    @Override
    public String summary() {
      return "copy " + path + " to " + copy;
    }

    @Override
    public void acceptNetwork(Visitor visitor) throws HostFailure {
      visitor.copyFile(this);
    }
  }

  /**
   * Gives a file or link another name, in place of what has it.
   *
   * @param path its name
   * @param other the other name, in the same folder
   */
  record RenameFile(Step step, String path, String other) implements NetworkAction {
    @Override
    public String type() {
      return "rename-file";
    }

    @Override
    public String target() {
      return path;
    }

    @Override
    public String summary() {
      return "rename " + path + " to " + other.substring(other.lastIndexOf('/') + 1);
    }

    @Override
    public void acceptNetwork(Visitor visitor) throws HostFailure {
      visitor.renameFile(this);
    }
  }

  /** Lets systemd read its units anew. */
  record ReloadUnits(Step step) implements NetworkAction {
    @Override
    public String type() {
      return "reload-units";
    }

    @Override
    public String target() {
      return "systemd";
    }

    @Override
    public String summary() {
      return "let systemd read its units anew";
    }

    @Override
    public void acceptNetwork(Visitor visitor) throws HostFailure {
      visitor.reloadUnits(this);
    }
  }

  /**
   * Makes a bridge with its port, or changes one of ours to that.
   *
   * @param script what makes it
   * @param bridge what is made
   * @param effect whether it is there already
   */
  record CreateBridge(Step step, String script, BridgeDefinition bridge, Effect effect)
      implements NetworkAction {
    @Override
    public String type() {
      return "create-bridge";
    }

    @Override
    public String target() {
      return bridge.name();
    }

    @Override
    public String summary() {
      return (effect == Effect.CREATE ? "make" : "change")
          + " bridge "
          + bridge.name()
          + (effect == Effect.CREATE ? " with " : " to have ")
          + bridge.portText();
    }

    @Override
    public void acceptNetwork(Visitor visitor) throws HostFailure {
      visitor.createBridge(this);
    }
  }

  /**
   * Removes a bridge that ncm-xen made.
   *
   * @param script what removes it
   * @param bridge its name
   */
  record RemoveBridge(Step step, String script, String bridge) implements NetworkAction {
    @Override
    public String type() {
      return "remove-bridge";
    }

    @Override
    public String target() {
      return bridge;
    }

    @Override
    public String summary() {
      return "remove bridge " + bridge;
    }

    @Override
    public void acceptNetwork(Visitor visitor) throws HostFailure {
      visitor.removeBridge(this);
    }
  }

  /**
   * Makes the bridges of xend.
   *
   * @param script what makes them
   * @param bridges what the script defines
   */
  record StartNetwork(Step step, String script, ImmutableList<BridgeDefinition> bridges)
      implements NetworkAction {
    @Override
    public String type() {
      return "start-network";
    }

    @Override
    public String target() {
      return script;
    }

    @Override
    public String summary() {
      return "make the bridges "
          + bridges.stream().map(BridgeDefinition::name).collect(Collectors.joining(", "))
          + " with "
          + script;
    }

    @Override
    public void acceptNetwork(Visitor visitor) throws HostFailure {
      visitor.startNetwork(this);
    }
  }

  /**
   * Removes the bridges of xend.
   *
   * @param script what removes them
   */
  record StopNetwork(Step step, String script) implements NetworkAction {
    @Override
    public String type() {
      return "stop-network";
    }

    @Override
    public String target() {
      return script;
    }

    @Override
    public String summary() {
      return "remove the bridges that " + script + " has made so far";
    }

    @Override
    public void acceptNetwork(Visitor visitor) throws HostFailure {
      visitor.stopNetwork(this);
    }
  }

  /** Restarts libvirt's daemon. */
  record RestartLibvirt(Step step) implements NetworkAction {
    @Override
    public String type() {
      return "restart-libvirt";
    }

    @Override
    public String target() {
      return "libvirt";
    }

    @Override
    public String summary() {
      return "restart libvirt's daemon";
    }

    @Override
    public void acceptNetwork(Visitor visitor) throws HostFailure {
      visitor.restartLibvirt(this);
    }
  }
}
