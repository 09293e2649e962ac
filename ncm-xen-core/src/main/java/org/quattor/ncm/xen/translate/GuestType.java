package org.quattor.ncm.xen.translate;

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
    if (builder.isEmpty()) {
      return declared;
    }
    String built = BY_BUILDER.get(builder);
    if (built == null) {
      findings.add("XEN211", options.path() + "/builder", "builder", builder);
      return declared;
    }
    if (!declared.isEmpty() && !declared.equals(built)) {
      findings.add(
          "XEN210",
          options.path() + "/type",
          "type",
          declared,
          "builder",
          builder,
          "meaning",
          built);
    }
    return built;
  }
}
