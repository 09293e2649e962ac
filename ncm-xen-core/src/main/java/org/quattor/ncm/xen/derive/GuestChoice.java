package org.quattor.ncm.xen.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.text.NearestName;

/** Finds the guests of a host. */
final class GuestChoice {

  private static final String LOCATION = "/hardware/location";

  private final HostVariables variables;
  private final String hostName;
  private final GuestProfiles profiles;
  private final Findings findings;

  GuestChoice(HostVariables variables, String hostName, GuestProfiles profiles, Findings findings) {
    this.variables = variables;
    this.hostName = hostName;
    this.profiles = profiles;
    this.findings = findings;
  }

  /** Returns the guests in the order of the list, each once. */
  ImmutableList<String> guests() {
    ImmutableList<String> named = variables.guests();
    Variable<?> source = Variable.GUESTS;
    if (named == null) {
      source = Variable.DB;
      named = variables.database().get(hostName);
    }
    if (named == null) {
      if (!variables.database().isEmpty()) {
        findings.add(
            "XEN504",
            variables.place(Variable.DB),
            "host",
            hostName,
            "nearest",
            NearestName.of(hostName, variables.database().keySet()),
            "hosts",
            variables.database().keySet());
        return ImmutableList.of();
      }
      return located();
    }
    if (named.isEmpty()) {
      findings.add("XEN526", variables.place(source), "host", hostName);
    }
    ImmutableSet<String> once = ImmutableSet.copyOf(named);
    if (once.size() < named.size()) {
      findings.add("XEN506", variables.place(source), "guests", twice(named));
    }
    once.forEach(this::requireOneHost);
    return once.asList();
  }

  private static ImmutableSet<String> twice(ImmutableList<String> names) {
    ImmutableSet.Builder<String> twice = ImmutableSet.builder();
    for (int i = 0; i < names.size(); i++) {
      if (names.indexOf(names.get(i)) < i) {
        twice.add(names.get(i));
      }
    }
    return twice.build();
  }

  /** Returns the guests whose own profiles name this host. */
  private ImmutableList<String> located() {
    ImmutableList.Builder<String> found = ImmutableList.builder();
    String prefix = variables.profilePrefix();
    for (String name : profiles.names()) {
      if (name.startsWith(prefix) && isHere(name)) {
        found.add(name.substring(prefix.length()));
      }
    }
    ImmutableList<String> guests = found.build();
    if (guests.isEmpty()) {
      findings.add("XEN504.no-variable", "XEN_GUESTS", "host", hostName);
    } else {
      findings.add("XEN509", "XEN_GUESTS", "host", hostName, "guests", guests);
    }
    return guests;
  }

  private boolean isHere(String name) {
    try {
      return !hostName.isEmpty()
          && profiles
              .find(name)
              .flatMap(GuestChoice::location)
              .filter(hostName::equals)
              .isPresent();
    } catch (Refusal e) {
      findings.add("XEN507.candidate", name, "reason", String.valueOf(e.getMessage()));
      return false;
    }
  }

  private static Optional<String> location(Profile profile) {
    return profile.find(LOCATION).flatMap(Tree::text);
  }

  private void requireOneHost(String guest) {
    variables
        .database()
        .forEach(
            (other, guests) -> {
              if (!other.equals(hostName) && guests.contains(guest)) {
                findings.add(
                    "XEN505",
                    variables.place(Variable.DB) + "/" + other,
                    "guest",
                    guest,
                    "other",
                    other,
                    "host",
                    hostName);
              }
            });
  }

  /**
   * Reports a guest whose own profile names another host. A location that is not a host is a room.
   */
  void requireHere(String guest, Profile profile) {
    Optional<String> location = location(profile).filter(name -> !name.equals(hostName));
    if (location.isPresent()
        && (variables.database().containsKey(location.get())
            || profiles.names().contains(variables.profilePrefix() + location.get()))) {
      findings.add(
          "XEN505.location",
          profile.source() + ":" + LOCATION,
          "guest",
          guest,
          "location",
          location.get(),
          "host",
          hostName);
    }
  }

  /** Reports a domain of the host's own profile that is a guest of another host. */
  void requireNotElsewhere(String domain) {
    requireOneHost(domain);
  }
}
