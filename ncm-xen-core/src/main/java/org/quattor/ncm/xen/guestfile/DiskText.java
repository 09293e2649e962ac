package org.quattor.ncm.xen.guestfile;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The text of a disk in a guest file, in any of its forms, taken apart. */
final class DiskText {

  private static final String TARGET = "target=";
  private static final CharMatcher NO_BLANK = CharMatcher.noneOf(" \t\n\u000b\f\r");
  private static final Splitter PARTS = Splitter.on(',').trimResults();
  private static final Pattern PREFIXES = Pattern.compile("^(?:[a-z0-9]++:)++");
  private static final Pattern KEY = Pattern.compile("[a-z-]+=.*");

  private final String text;

  /** Where what follows {@code target=} begins; 0 in a positional form. */
  private final int target;

  /** Up to {@code target=}, that included. */
  private final List<String> parts;

  DiskText(String text) {
    this.text = text;
    this.target = targetIn(text);
    this.parts = PARTS.splitToList(target == 0 ? text : text.substring(0, target));
  }

  /** The first {@code target=} at the start of a part counts: it takes all that follows it. */
  private static int targetIn(String text) {
    int part = 0;
    while (part >= 0) {
      int start = NO_BLANK.indexIn(text, part);
      if (start >= 0 && text.startsWith(TARGET, start)) {
        return start + TARGET.length();
      }
      int comma = text.indexOf(',', part);
      part = comma < 0 ? -1 : comma + 1;
    }
    return 0;
  }

  /** Returns what backs the disk; empty for an empty drive. */
  Optional<String> target() {
    if (target > 0) {
      int end = text.endsWith(",") ? text.length() - 1 : text.length();
      return end > target ? Optional.of(text.substring(target, end)) : Optional.empty();
    }
    int comma = text.indexOf(',');
    String first = (comma < 0 ? text : text.substring(0, comma)).strip();
    if (KEY.matcher(first).matches()) {
      return Optional.empty();
    }
    String path = PREFIXES.matcher(first).replaceFirst("");
    // xm looked for a bare name below /dev.
    boolean bare = first.startsWith("phy:") && !path.startsWith("/");
    return path.isEmpty() ? Optional.empty() : Optional.of(bare ? "/dev/" + path : path);
  }

  /** Returns the name of the disk in the guest; empty when the text has none. */
  String device() {
    String name = part("vdev=", 1);
    String bare = name.startsWith("ioemu:") ? name.substring("ioemu:".length()) : name;
    int colon = bare.indexOf(':');
    return colon < 0 ? bare : bare.substring(0, colon);
  }

  /** Returns whether the guest may write to the disk; it may when nothing is said. */
  boolean writable() {
    String access = part("access=", 2);
    return !access.equals("r") && !access.equals("ro");
  }

  /** In {@code xl}'s own positional form the format comes between target and device. */
  private String part(String key, int positionForXm) {
    for (String part : parts) {
      if (part.startsWith(key)) {
        return part.substring(key.length());
      }
    }
    List<String> positions = parts.stream().filter(part -> !part.contains("=")).toList();
    int position = positions.size() > 3 ? positionForXm + 1 : positionForXm;
    return position < positions.size() ? positions.get(position) : "";
  }
}
