package org.quattor.ncm.xen.rules;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import java.util.regex.Pattern;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.XenConfiguration;

/**
 * The key of a guest names files in {@code /etc/xen}; its name is the domain's at the toolstack.
 */
final class GuestNames {

  /** What Pan allows in a key, and a file name of safe length: 255 bytes less our suffixes. */
  private static final Pattern KEY = Pattern.compile("\\w[\\w+.-]{0,199}");

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  private static final String DOM0 = "Domain-0";

  /** Files that Debian's and Red Hat's Xen packages put into {@code /etc/xen}. */
  private static final ImmutableSet<String> RESERVED =
      ImmutableSet.of(
          "auto",
          "cpupool",
          "oxenstored.conf",
          "README",
          "README.incompatibilities",
          "scripts",
          "xend-config.sxp",
          "xend-pci-permissive.sxp",
          "xend-pci-quirks.sxp",
          "xl.conf");

  private static final ImmutableSet<String> RESERVED_ENDINGS =
      ImmutableSet.of(".old", ".start", HostFiles.TEMPORARY_SUFFIX);

  private GuestNames() {}

  static void checkOne(Guest guest, Findings findings) {
    String key = guest.key();
    if (!KEY.matcher(key).matches()) {
      findings.error(
          "XEN101",
          guest.path(),
          "the key is the name of the guest file and cannot be one",
          "a letter, digit or underscore, then up to 199 of these and + . -",
          "");
    } else if (RESERVED.contains(key)) {
      findings.error(
          "XEN102",
          guest.path(),
          "/etc/xen/" + key + " belongs to Xen itself",
          "another key for the guest",
          "");
    }
    for (String ending : RESERVED_ENDINGS) {
      if (key.endsWith(ending)) {
        findings.error(
            "XEN102",
            guest.path(),
            "keys ending in " + ending + " are kept for files beside the guest files",
            "another key for the guest",
            "");
      }
    }
    if (DIGITS.matcher(guest.options().name()).matches()) {
      findings.error(
          "XEN391",
          guest.path() + "/options/name",
          "the domain's name " + guest.options().name() + " is a number",
          "a name with a letter in it",
          "xl and xm take a number for that of a domain, which is another one");
    }
    if (guest.options().name().equals(DOM0)) {
      findings.error(
          "XEN392",
          guest.path() + "/options/name",
          "the domain's name " + DOM0 + " is that of the host itself",
          "a name of the guest's own",
          "");
    }
    if (!guest.options().name().equals(key)) {
      findings.warning(
          "XEN103",
          guest.path() + "/options/name",
          "the domain's name differs from the key " + key,
          "the same name",
          "xendomains restores a saved domain only when its link in /etc/xen/auto has its name");
    }
  }

  static void checkAll(XenConfiguration configuration, Findings findings) {
    ImmutableSortedMap<String, Guest> guests = configuration.guests();
    Uses<String> names = new Uses<>();
    for (Guest guest : guests.values()) {
      String name = guest.options().name();
      String path = guest.path() + "/options/name";
      names
          .add(name, path)
          .ifPresent(
              first ->
                  findings.error(
                      "XEN104",
                      path,
                      "the domain name " + name + " is that of " + first + " too",
                      "a name of its own for each domain",
                      ""));
      if (!name.equals(guest.key()) && guests.containsKey(name)) {
        findings.error(
            "XEN104",
            path,
            "the domain name " + name + " is the key of another guest",
            "the guest's own key",
            "");
      }
    }
  }
}
