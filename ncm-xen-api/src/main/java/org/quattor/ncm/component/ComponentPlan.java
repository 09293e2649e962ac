package org.quattor.ncm.component;

import java.util.List;

/**
 * What a component would do, as data. Immutable; holds no path of the profile's file and no time,
 * so that the same profile and the same host give equal plans.
 */
public interface ComponentPlan {

  /** Returns the name of the component that made the plan. */
  String component();

  /** Returns what the plan is for. */
  Intent intent();

  /**
   * Returns whether everything that the plan depends on could be seen. When false, states are
   * unknown somewhere (a finding says where) and steps that need them are left out.
   */
  boolean complete();

  /**
   * Returns whether {@link Component#apply} will execute it: false when the profile is not valid.
   */
  boolean applicable();

  /** Returns all findings, in the order of the profile. */
  List<Finding> findings();

  /** Returns the steps in the order in which they would be executed. */
  List<? extends PlannedAction> actions();

  /** Returns SHA-256, as hex, over the component's part of the profile and the whole options. */
  String profileDigest();

  /** Returns SHA-256, as hex, over what was seen of the host. */
  String hostDigest();
}
