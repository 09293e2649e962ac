package org.quattor.ncm.xen.status;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.PlannedAction;

/**
 * The state of one bridge that the profile declares, or that ncm-xen created.
 *
 * @param bridge its name
 * @param port the device that is attached to it, such as {@code eth1} or {@code eth1.20}
 * @param declared whether the profile has it
 * @param state whether it exists, and who created it
 * @param members the names of the devices that are attached to it, those of guests included
 * @param actions what configure would do about it
 * @param errors what keeps configure from doing more
 */
public record BridgeStatus(
    String bridge,
    String port,
    boolean declared,
    State state,
    ImmutableList<String> members,
    ImmutableList<PlannedAction> actions,
    ImmutableList<Finding> errors) {

  /** Whether a bridge exists, and who created it. */
  public enum State {
    /** Created by ncm-xen. */
    MANAGED,
    /** Not created by ncm-xen, and never changed by it. */
    UNMANAGED,
    /** It does not exist. */
    MISSING,
    /** The network could not be read. */
    UNKNOWN
  }

  /** Returns what has to happen until it is as declared. */
  public Takes takes() {
    return !errors.isEmpty() ? Takes.ERRORS : actions.isEmpty() ? Takes.NOTHING : Takes.CONFIGURE;
  }

  /** Returns whether something is not as declared. */
  public boolean isDrifted() {
    return !declared || takes() != Takes.NOTHING;
  }
}
