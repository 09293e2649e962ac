package org.quattor.ncm.xen.translate;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.model.GuestOptions;
import org.quattor.ncm.xen.model.Vif;

/** {@code vif[N]} in {@code bootargs}, which hands the text of a vif to the bootloader. */
final class VifReference {

  private static final Pattern EXACT = Pattern.compile("vif\\[([0-9]{1,4})\\]");
  private static final Pattern MEANT = Pattern.compile("vif\\s*\\[");

  private VifReference() {}

  /** Returns whether the text speaks of a vif, in the right form or not. */
  static boolean isMeant(String bootargs) {
    return MEANT.matcher(bootargs).find();
  }

  /** Returns the vif that is meant; reports when there is none, or when the form is another. */
  static Optional<Vif> resolve(GuestOptions options, String bootargs, Findings findings) {
    String path = options.path() + "/bootargs";
    ImmutableList<Vif> vifs = options.allVifs();
    Matcher matcher = EXACT.matcher(bootargs);
    if (!matcher.matches()) {
      findings.add("XEN201", path, "bootargs", bootargs);
      return Optional.empty();
    }
    int index = Integer.parseInt(matcher.group(1));
    if (index >= vifs.size()) {
      findings.add("XEN201.unknown", path, "vif", bootargs, "count", vifs.size());
      return Optional.empty();
    }
    return Optional.of(vifs.get(index));
  }
}
