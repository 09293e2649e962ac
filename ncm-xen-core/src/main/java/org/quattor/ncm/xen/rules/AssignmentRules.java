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
        findings.add(
            "XEN117", guest.path(), "host", location.hypervisorName(), "thisHost", hostName);
      }
      if (guest.lifecycle().state() == State.STOPPED && guest.autostart() == Autostart.ON) {
        findings.add("XEN390", guest.path() + "/auto");
      }
      if (!guest.options().downloads().isEmpty()) {
        findings.add("XEN112", guest.path() + "/options/download");
      }
    }
  }
}
