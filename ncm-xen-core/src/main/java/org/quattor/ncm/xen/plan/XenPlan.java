package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Intent;

/**
 * What the Xen component would do.
 *
 * @param intent what it is for
 * @param complete whether everything was observed that it depends on
 * @param applicable whether the profile is valid
 * @param findings errors, warnings and notes
 * @param actions the steps in order
 * @param wished the digest of the component's tree and the options
 * @param seen the digest of the observed state of the host
 */
public record XenPlan(
    Intent intent,
    boolean complete,
    boolean applicable,
    ImmutableList<Finding> findings,
    ImmutableList<Action> actions,
    PlanDigest wished,
    PlanDigest seen)
    implements ComponentPlan {

  /** Returns the same plan with other findings, such as masked ones. */
  public XenPlan withFindings(ImmutableList<Finding> others) {
    return new XenPlan(intent, complete, applicable, others, actions, wished, seen);
  }

  @Override
  public String component() {
    return "xen";
  }

  @Override
  public String profileDigest() {
    return wished.toString();
  }

  @Override
  public String hostDigest() {
    return seen.toString();
  }
}
