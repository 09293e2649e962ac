package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import java.util.function.Supplier;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Intent;

/**
 * What the Xen component would do.
 *
 * @param intent what it is for
 * @param complete whether all that it depends on could be seen
 * @param applicable whether the profile is valid
 * @param findings what is wrong, doubtful or worth knowing
 * @param actions the steps in order
 * @param profileDigest over the component's tree and the options
 * @param hostDigests gives the digest over what was seen of the host, which costs as much as all
 *     the rest of a plan and is seldom asked for
 */
public record XenPlan(
    Intent intent,
    boolean complete,
    boolean applicable,
    ImmutableList<Finding> findings,
    ImmutableList<Action> actions,
    String profileDigest,
    Supplier<String> hostDigests)
    implements ComponentPlan {

  @Override
  public String component() {
    return "xen";
  }

  @Override
  public String hostDigest() {
    return hostDigests.get();
  }
}
