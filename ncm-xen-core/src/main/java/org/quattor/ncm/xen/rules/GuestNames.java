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
      findings.add("XEN101", guest.path());
    } else if (RESERVED.contains(key)) {
      findings.add("XEN102", guest.path(), "key", key);
    }
    for (String ending : RESERVED_ENDINGS) {
      if (key.endsWith(ending)) {
        findings.add("XEN102.ending", guest.path(), "ending", ending);
      }
    }
    if (DIGITS.matcher(guest.options().name()).matches()) {
      findings.add("XEN391", guest.path() + "/options/name", "name", guest.options().name());
    }
    if (guest.options().name().equals(DOM0)) {
      findings.add("XEN392", guest.path() + "/options/name", "name", DOM0);
    }
    if (!guest.options().name().equals(key)) {
      findings.add("XEN103", guest.path() + "/options/name", "key", key);
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
          .ifPresent(first -> findings.add("XEN104", path, "name", name, "first", first));
      if (!name.equals(guest.key()) && guests.containsKey(name)) {
        findings.add("XEN104.key", path, "name", name);
      }
    }
  }
}
