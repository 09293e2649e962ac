package org.quattor.ncm.xen.guestfile;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableMap;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.model.GuestOptions;

/** The type of a guest, from {@code type} and from {@code builder}, its older spelling. */
final class GuestType {

  /** {@code xm}'s builders. xl refuses {@code linux}, which was xm's default, since 4.10. */
  private static final ImmutableMap<String, String> BY_BUILDER =
      ImmutableMap.of("linux", "pv", "generic", "pv", "hvm", "hvm");

  private GuestType() {}

  /** Returns {@code pv}, {@code pvh}, {@code hvm}, or empty when the toolstack is to choose. */
  static String read(GuestOptions options, Findings findings) {
    String declared = Strings.nullToEmpty(options.boot().type());
    String builder = Strings.nullToEmpty(options.boot().builder());
    if (!declared.isEmpty() && !declared.matches("pv|pvh|hvm")) {
      findings.error(
          "XEN211",
          options.path() + "/type",
          Quoting.shown(declared) + " is no type of guest",
          "pv, pvh or hvm",
          "");
      return "";
    }
    if (builder.isEmpty()) {
      return declared;
    }
    String built = BY_BUILDER.get(builder);
    if (built == null) {
      findings.error(
          "XEN211",
          options.path() + "/builder",
          Quoting.shown(builder) + " is no builder",
          "linux, generic or hvm",
          "say pv, pvh or hvm in type instead");
      return declared;
    }
    if (!declared.isEmpty() && !declared.equals(built)) {
      findings.error(
          "XEN210",
          options.path() + "/type",
          "the type is " + declared + ", and builder " + builder + " means " + built,
          "one of the two, or both alike",
          "leave builder out");
    }
    return built;
  }
}
