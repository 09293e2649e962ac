package org.quattor.ncm.xen.doctor;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.finding.XenPaths;

/**
 * Whether something sets the clocks of the guests.
 *
 * <p>The kernels that were patched for Xen (2.6.18 and similar, with names that end in {@code xen}
 * or {@code xenU}) follow dom0's clock unless the sysctl {@code xen.independent_wallclock} is 1.
 * Released Linux has had a clock of its own since it knows Xen (2.6.23), and needs a time service
 * in the guest. {@code XEN_INDEPENDENT_WALLCLOCK} false removes NTP from the guest, which is right
 * for the former and wrong for the latter.
 */
final class WallclockCheck {

  private static final Pattern VERSION =
      Pattern.compile("([0-9]{1,2})\\.([0-9]{1,3})(?:\\.([0-9]{1,3}))?.*");
  private static final int SHOWN = 5;

  private WallclockCheck() {}

  /** Whose clock a kernel goes by. */
  private enum Clock {
    DOM0,
    OWN,
    UNKNOWN
  }

  static Check of(Expectations expected) {
    String where = XenPaths.DOMAINS;
    ImmutableList<GuestInBrief> guests = expected.guests();
    if (guests == null) {
      return Check.unknown(
          Topic.WALLCLOCK,
          where,
          "the guests are unknown without a profile",
          "ncm-xen doctor --profile FILE");
    }
    if (guests.isEmpty()) {
      return Check.ok(Topic.WALLCLOCK, where, "there are no guests");
    }
    List<String> following = new ArrayList<>();
    List<String> own = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (GuestInBrief guest : guests) {
      switch (clock(guest.kernelVersion())) {
        case DOM0 -> following.add(guest.name());
        case OWN -> own.add(guest.name());
        case UNKNOWN -> unknown.add(guest.name());
      }
    }
    if (!own.isEmpty() && !expected.independentWallclock()) {
      return Check.problem(
          Topic.WALLCLOCK,
          where,
          "nothing sets the clock of "
              + names(own)
              + ": the kernel keeps its own, and XEN_INDEPENDENT_WALLCLOCK is false, which removes"
              + " NTP from the guest",
          "XEN_INDEPENDENT_WALLCLOCK true for these guests, or another time service in them",
          "systemctl enable --now chronyd    # in each of these guests");
    }
    if (!unknown.isEmpty()) {
      return Check.unknown(
          Topic.WALLCLOCK,
          where,
          "the version of the kernel is unknown in " + names(unknown),
          "sysctl xen.independent_wallclock    # in each of these guests; missing: its own clock");
    }
    String text =
        own.isEmpty()
            ? names(following)
                + (expected.independentWallclock()
                    ? ": own clock by XEN_INDEPENDENT_WALLCLOCK, NTP runs in the guest"
                    : ": the clock of dom0, NTP runs in dom0")
            : names(own) + ": own clock, NTP runs in the guest";
    return Check.ok(Topic.WALLCLOCK, where, text);
  }

  private static String names(List<String> guests) {
    String first = String.join(", ", guests.subList(0, Math.min(SHOWN, guests.size())));
    return guests.size() > SHOWN ? first + " and " + (guests.size() - SHOWN) + " more" : first;
  }

  private static Clock clock(@Nullable String version) {
    Matcher number = VERSION.matcher(version == null ? "" : version);
    if (version == null || !number.matches()) {
      return Clock.UNKNOWN;
    }
    int major = Integer.parseInt(number.group(1));
    int minor = Integer.parseInt(number.group(2));
    String third = number.group(3);
    int patch = third == null ? 0 : Integer.parseInt(third);
    boolean patched = version.matches(".*xen[U0]?");
    if (major < 2 || (major == 2 && (minor < 6 || patch < 23))) {
      return Clock.DOM0;
    }
    // SUSE carried the patches on as kernel-xen, up to 4.4.
    return patched ? (major < 4 || (major == 4 && minor <= 4) ? Clock.DOM0 : Clock.OWN) : Clock.OWN;
  }
}
