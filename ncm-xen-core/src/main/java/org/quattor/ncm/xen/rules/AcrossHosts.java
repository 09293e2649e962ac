package org.quattor.ncm.xen.rules;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.finding.XenPaths;
import org.quattor.ncm.xen.model.GuestLocation;
import org.quattor.ncm.xen.model.MacAddress;
import org.quattor.ncm.xen.rules.HostSummary.GuestSummary;

/**
 * Holds hosts against each other, one after the other. What contradicts a host that came before is
 * reported where the later one says it. Not for several threads.
 */
public final class AcrossHosts {

  /** Who said what first, by the number of the host: much less than a name for each. */
  private final Map<String, Integer> guests = new HashMap<>();

  private final Map<Long, Integer> macs = new HashMap<>();
  private final Map<String, Integer> uuids = new HashMap<>();
  private final Map<String, Placed> placed = new HashMap<>();
  private final Map<Integer, Host> hosts = new HashMap<>();

  private record Host(String name, String source) {}

  private record Placed(String hypervisor, int by) {}

  /**
   * Adds a host.
   *
   * @param source what its profile is called in messages
   * @return findings {@code XEN190} to {@code XEN193} about it and hosts before it
   */
  public ImmutableList<Finding> add(HostSummary summary, String source) {
    Findings findings = new Findings();
    int number = hosts.size();
    Host host = new Host(summary.hostName(), source);
    hosts.put(number, host);
    for (GuestSummary guest : summary.guests()) {
      guest(guest, number, host, findings);
    }
    summary.map().forEach((guest, place) -> place(guest, place, number, host, findings));
    return findings.all();
  }

  private void guest(GuestSummary guest, int number, Host host, Findings findings) {
    String path = XenPaths.DOMAINS + "/" + guest.key();
    Host other = other(guests.putIfAbsent(guest.key(), number), host);
    if (other != null) {
      findings.add("XEN190", path, "other", label(other));
    }
    Placed there = placed.get(guest.key());
    // XEN190 reports a guest on two hosts.
    if (other == null
        && there != null
        && !host.name().isEmpty()
        && !isOn(there.hypervisor(), host)) {
      findings.add(
          "XEN193.declared-here",
          path,
          "other",
          label(host(there.by())),
          "place",
          there.hypervisor());
    }
    for (int i = 0; i < guest.macs().size(); i++) {
      MacAddress mac = guest.macs().get(i);
      Host user = other(macs.putIfAbsent(mac.bits(), number), host);
      if (user != null) {
        findings.add("XEN191", path + guest.macPaths().get(i), "mac", mac, "other", label(user));
      }
    }
    String uuid = guest.uuid();
    Host user = uuid == null ? null : other(uuids.putIfAbsent(uuid, number), host);
    if (uuid != null && user != null) {
      findings.add("XEN192", path + "/options/uuid", "uuid", uuid, "other", label(user));
    }
  }

  private void place(String guest, String place, int number, Host host, Findings findings) {
    String path = XenPaths.GUEST_MAP + "/" + guest + "/hypervisor_name";
    Placed before = placed.putIfAbsent(guest, new Placed(place, number));
    if (before != null && !sameHost(before.hypervisor(), place)) {
      findings.add(
          "XEN193",
          path,
          "place",
          place,
          "otherPlace",
          before.hypervisor(),
          "other",
          label(host(before.by())));
      return;
    }
    Integer first = guests.get(guest);
    Host owner = other(first, host);
    if (before == null && owner != null && !owner.name().isEmpty() && !isOn(place, owner)) {
      findings.add("XEN193.declared-elsewhere", path, "place", place, "other", label(owner));
    }
  }

  /** Returns the host that was first, unless it is the same one in another file. */
  private @Nullable Host other(@Nullable Integer first, Host host) {
    Host other = first == null ? null : hosts.get(first);
    boolean same =
        other != null
            && (other.source().equals(host.source())
                || (!host.name().isEmpty() && other.name().equals(host.name())));
    return same ? null : other;
  }

  private Host host(int number) {
    Host host = hosts.get(number);
    if (host == null) {
      throw new IllegalStateException("no host " + number);
    }
    return host;
  }

  private static boolean isOn(String hypervisor, Host host) {
    return new GuestLocation("", hypervisor).isOn(host.name());
  }

  /** A short name is a full one without its domain. */
  private static boolean sameHost(String one, String other) {
    return new GuestLocation("", one).isOn(other) || new GuestLocation("", other).isOn(one);
  }

  private static String label(Host host) {
    return host.name().isEmpty() ? host.source() : host.name();
  }
}
