package org.quattor.ncm.xen.guestfile;

import com.google.common.base.Splitter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a disk in a guest file, in any of its forms. */
final class DiskText {

  private static final Pattern NAMED =
      Pattern.compile("(?:[^,]*,)*?\\s*target=(.*)", Pattern.DOTALL);
  private static final Pattern PREFIXES = Pattern.compile("^(?:[a-z0-9]+:)+");

  private DiskText() {}

  /** Returns what backs the disk; empty for an empty drive. */
  static Optional<String> target(String text) {
    // The first target= counts: it takes all that follows it, but one comma at the end.
    Matcher named = NAMED.matcher(text);
    if (named.matches()) {
      String target = named.group(1);
      return nonEmpty(target.endsWith(",") ? target.substring(0, target.length() - 1) : target);
    }
    String first = Splitter.on(',').splitToList(text).get(0).strip();
    if (first.matches("[a-z-]+=.*")) {
      return Optional.empty();
    }
    String path = PREFIXES.matcher(first).replaceFirst("");
    // xm looked for a bare name below /dev.
    boolean bare = first.startsWith("phy:") && !path.isEmpty() && !path.startsWith("/");
    return nonEmpty(bare ? "/dev/" + path : path);
  }

  private static Optional<String> nonEmpty(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
