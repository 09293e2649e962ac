package org.quattor.ncm.xen.profile;

import java.util.Optional;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;

/** The name of the host that a profile is of. */
public final class HostName {

  private HostName() {}

  /**
   * Returns the full name as NCM makes it: {@code realhostname}, or host name and domain of {@code
   * /system/network}. Empty when the profile says none.
   */
  public static String of(Profile profile) {
    Optional<String> real = text(profile, "/system/network/realhostname");
    if (real.isPresent()) {
      return real.get();
    }
    Optional<String> host = text(profile, "/system/network/hostname");
    Optional<String> domain = text(profile, "/system/network/domainname");
    return host.map(name -> name + domain.map(rest -> "." + rest).orElse("")).orElse("");
  }

  private static Optional<String> text(Profile profile, String path) {
    return profile
        .find(path)
        .filter(element -> element.type() == Element.Type.STRING)
        .map(Element::text);
  }
}
