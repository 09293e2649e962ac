package org.quattor.ncm.component;

/**
 * Hears what happens while it happens. All methods do nothing by default, are called on the thread
 * that called the component, and must not throw.
 */
public interface ComponentListener {

  /** Hears nothing. */
  ComponentListener NONE = new ComponentListener() {};

  /** A stage begins that may take a while, such as {@code reading the state of the host}. */
  default void stage(String description) {}

  /** The plan is made; its findings have not been reported before. */
  default void planned(ComponentPlan plan) {}

  /** An action begins. */
  default void started(PlannedAction action) {}

  /**
   * A long action goes on.
   *
   * @param done how much is done, in the unit of {@code total}
   * @param total how much there is to do; positive
   */
  default void progress(PlannedAction action, long done, long total) {}

  /** An action has ended, or will not be executed. */
  default void finished(ActionResult result) {}

  /** An external command is about to run; {@code commandLine} is for people and has no secrets. */
  default void command(String commandLine) {}
}
