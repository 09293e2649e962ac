package org.quattor.ncm.xen.doctor;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of a host.
 *
 * @param dom0Memory {@code XEN_DOM0_MEM}, such as {@code 400M}; null: any fixed amount
 * @param rootDevice {@code XEN_DOM0_ROOT_DEVICE}, a device or {@code LABEL=}; null: the one that
 *     the host runs from
 * @param independentWallclock {@code XEN_INDEPENDENT_WALLCLOCK}
 * @param guests the guests of the host's profile; null without a profile
 */
public record Expectations(
    @Nullable String dom0Memory,
    @Nullable String rootDevice,
    boolean independentWallclock,
    @Nullable ImmutableList<GuestInBrief> guests) {

  /** Expects what every dom0 needs. */
  public static final Expectations NONE = new Expectations(null, null, false, null);

  /**
   * Checks the values, which become part of commands for people.
   *
   * @throws IllegalArgumentException with a sentence that names the variable
   */
  public Expectations {
    if (dom0Memory != null && MemorySize.fixedKib(dom0Memory).isEmpty()) {
      throw new IllegalArgumentException(
          "XEN_DOM0_MEM is not a memory size of Xen; expected a number and a unit, such as 400M"
              + " or 2G");
    }
    if (rootDevice != null
        && !rootDevice.matches(
            "(/dev/|LABEL=|UUID=|PARTUUID=|PARTLABEL=)[A-Za-z0-9_@%+=:.,/-]{1,200}")) {
      throw new IllegalArgumentException(
          "XEN_DOM0_ROOT_DEVICE is not a root device; expected a path below /dev, or LABEL= or"
              + " UUID= and a name");
    }
  }
}
