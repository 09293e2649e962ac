package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;

/**
 * How it stands with one bridge that the profile declares, or that ncm-xen made.
 *
 * @param bridge its name
 * @param port the device that is put on it, such as {@code eth1} or {@code eth1.20}
 * @param made {@code by ncm-xen}, {@code by another hand}, {@code missing} or {@code unknown}
 * @param members the devices that are on it, by name; those of guests included
 * @param declared whether the profile has it
 * @param actions what configure would do about it
 * @param errors what keeps configure from doing more
 */
public record BridgeStatus(
    String bridge,
    String port,
    String made,
    ImmutableList<String> members,
    boolean declared,
    ImmutableList<String> actions,
    ImmutableList<String> errors) {

  /** Returns whether something is otherwise than declared. */
  public boolean isDrifted() {
    return !declared || !actions.isEmpty() || !errors.isEmpty();
  }
}
