package org.quattor.ncm.xen.model;

import java.util.Collection;
import java.util.Locale;

/**
 * The names of one host. A short name stands for every full name that begins with it, unless
 * another full name is known.
 *
 * @param declared the full name that its profile gives; empty when it gives none
 * @param own the name that its kernel shows; empty when it shows none that tells hosts apart
 */
record HostIdentity(String declared, String own) {

  HostIdentity {
    declared = normal(declared);
    own = normal(own);
    if (isOfAnyHost(own)) {
      own = "";
    }
  }

  /**
   * Returns where a guest is.
   *
   * @param all the places of all guests: two hosts may have the same short name
   */
  Place place(GuestLocation location, Collection<GuestLocation> all) {
    String host = location.hypervisorName();
    if (declared.isEmpty() && own.isEmpty()) {
      return new Place.Doubtful(
          host, "the profile has no /system/network, and the host has no name of its own");
    }
    String wanted = normal(host);
    if (isOfAnyHost(wanted) || isAddress(wanted)) {
      return new Place.Doubtful(host, "that is not the name of one host");
    }
    // A site may call its hosts otherwise than their kernels do: the name in the profile counts.
    boolean different = !declared.isEmpty() && !own.isEmpty() && !mayBeOne(declared, own);
    if (different && !mayBeOne(wanted, declared)) {
      return mayBeOne(wanted, own)
          ? new Place.Doubtful(
              host, "the profile is of " + declared + ", but this host is called " + own)
          : new Place.Elsewhere(host);
    }
    String name = different || isFull(declared) || own.isEmpty() ? declared : own;
    if (wanted.equals(name)) {
      return new Place.Here();
    }
    if (!mayBeOne(wanted, name)) {
      // The kernel's name may be an old one; what the profile says is meant.
      return declared.isEmpty() && shortName(wanted).equals(shortName(name))
          ? new Place.Doubtful(host, "this host is called " + own)
          : new Place.Elsewhere(host);
    }
    return !isFull(name) && hasTwin(wanted, all)
        ? new Place.Doubtful(
            host, "this host is called " + name + ", and guest_map has two hosts of that name")
        : new Place.Here();
  }

  private static boolean hasTwin(String wanted, Collection<GuestLocation> all) {
    return all.stream()
        .map(other -> normal(other.hypervisorName()))
        .anyMatch(other -> !mayBeOne(other, wanted) && shortName(other).equals(shortName(wanted)));
  }

  /** Returns whether two names may be of one host. */
  private static boolean mayBeOne(String one, String other) {
    return (isFull(one) && isFull(other))
        ? one.equals(other)
        : shortName(one).equals(shortName(other));
  }

  private static boolean isOfAnyHost(String name) {
    return name.isEmpty()
        || name.equals("localhost")
        || name.startsWith("localhost.")
        || name.equals("(none)");
  }

  /** Which host has an address is not known here, this one included. */
  private static boolean isAddress(String name) {
    return name.contains(":") || name.matches("[0-9.]+");
  }

  private static boolean isFull(String name) {
    return name.contains(".");
  }

  private static String shortName(String name) {
    return name.split("\\.", 2)[0];
  }

  private static String normal(String name) {
    String lower = name.strip().toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
