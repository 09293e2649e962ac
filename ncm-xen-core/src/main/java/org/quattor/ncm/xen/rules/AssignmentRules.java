package org.quattor.ncm.xen.rules;

import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.Guest.Autostart;
import org.quattor.ncm.xen.model.GuestLocation;
import org.quattor.ncm.xen.model.Lifecycle.State;
import org.quattor.ncm.xen.model.XenConfiguration;

/** What the profile says about where a guest belongs and what it gets from outside. */
final class AssignmentRules {

  private AssignmentRules() {}

  static void check(XenConfiguration configuration, String hostName, Findings findings) {
    for (Guest guest : configuration.guests().values()) {
      GuestLocation location =
          configuration.location(guest, configuration.guests().keySet()).orElse(null);
      if (location != null && !hostName.isEmpty() && !location.isOn(hostName)) {
        findings.warning(
            "XEN117",
            guest.path(),
            "guest_map says that it belongs to " + location.hypervisorName(),
            "guests of this host, " + hostName,
            "it is configured here but never started here");
      }
      if (guest.lifecycle().state() == State.STOPPED && guest.autostart() == Autostart.ON) {
        findings.error(
            "XEN390",
            guest.path() + "/auto",
            "auto is true, but state is stopped",
            "auto false or absent for a guest that is not to run",
            "leave state out for a guest that starts with the host");
      }
      if (!guest.options().downloads().isEmpty()) {
        findings.warning(
            "XEN112",
            guest.path() + "/options/download",
            "the entries are commands, and commands from a profile are never run",
            "kernel and ramdisk on the host",
            "name the files in fetch of the domain, and leave download out");
      }
    }
  }
}
