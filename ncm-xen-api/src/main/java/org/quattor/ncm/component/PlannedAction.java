package org.quattor.ncm.component;

import java.util.List;

/** One step of a plan, as a runner sees it: a description, nothing that could be executed. */
public interface PlannedAction {

  /** Returns the identifier, unique within the plan and the same in every run. */
  String id();

  /** Returns the kind of step, lower case with dashes, such as {@code create-volume}. */
  String type();

  /** Returns what the step does to its target; told from {@link #type} where that begins so. */
  default Effect effect() {
    return Effect.ofType(type());
  }

  /**
   * Returns whom the step serves, such as the name of a guest; empty when it serves the whole host.
   */
  default String subject() {
    return "";
  }

  /** Returns what the step works on, such as a path, a volume or a domain. */
  String target();

  /** Returns the step for people, such as {@code create volume xenvg/vm1 of 20 GiB}. */
  String summary();

  /** Returns why the step is needed, as a clause. */
  String reason();

  /** Returns what the step means to what is already running. */
  Impact impact();

  /** Returns the ids of the steps that must have succeeded before this one; all earlier ones. */
  List<String> dependsOn();
}
