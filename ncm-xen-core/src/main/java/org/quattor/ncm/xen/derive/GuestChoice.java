package org.quattor.ncm.xen.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.text.NearestName;

/** Tells which guests a host has. */
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

  /** Returns the guests in the order in which they are named, each once. */
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
            "shown",
            shown(),
            "keySet",
            NearestName.of(hostName, variables.database().keySet())
                .map(name -> "did you mean " + name + "?")
                .orElse("its hosts are " + String.join(", ", variables.database().keySet())));
        return ImmutableList.of();
      }
      return located();
    }
    if (named.isEmpty()) {
      findings.add("XEN526", variables.place(source), "shown", shown());
    }
    ImmutableSet<String> once = ImmutableSet.copyOf(named);
    if (once.size() < named.size()) {
      findings.add("XEN506", variables.place(source), "twice", twice(named));
    }
    once.forEach(this::requireOneHost);
    return once.asList();
  }

  private String shown() {
    return hostName.isEmpty() ? "(its profile says no name)" : hostName;
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

  /** Returns the guests whose own profiles say that they are here. */
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
      findings.add("XEN504.located", "XEN_GUESTS", "shown", shown(), "location", LOCATION);
    } else {
      findings.add(
          "XEN509", "XEN_GUESTS", "shown", shown(), "location", LOCATION, "guests", guests);
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
      findings.add("XEN507.is-here", name, "reason", String.valueOf(e.getMessage()));
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
                    "shown",
                    shown());
              }
            });
  }

  /** Says so when a guest's own profile names another host. What is no host's name is a room. */
  void requireHere(String guest, Profile profile) {
    Optional<String> location = location(profile).filter(name -> !name.equals(hostName));
    if (location.isPresent()
        && (variables.database().containsKey(location.get())
            || profiles.names().contains(variables.profilePrefix() + location.get()))) {
      findings.add(
          "XEN505.require-here",
          profile.source() + ":" + LOCATION,
          "guest",
          guest,
          "location",
          location.get(),
          "shown",
          shown());
    }
  }

  /** Says so when a domain that the host's profile has by itself is another host's guest. */
  void requireNotElsewhere(String domain) {
    requireOneHost(domain);
  }
}
