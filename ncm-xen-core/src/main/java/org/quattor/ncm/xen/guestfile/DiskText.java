package org.quattor.ncm.xen.guestfile;

import com.google.common.base.Splitter;
import java.util.List;
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

  /** Returns the name of the disk in the guest; empty when the text has none. */
  static String device(String text) {
    String name = part(text, "vdev", 1);
    String bare = name.startsWith("ioemu:") ? name.substring("ioemu:".length()) : name;
    return Splitter.on(':').splitToList(bare).get(0);
  }

  /** Returns whether the guest may write to the disk; it may when nothing is said. */
  static boolean writable(String text) {
    String access = part(text, "access", 2);
    return !access.equals("r") && !access.equals("ro");
  }

  /** In {@code xl}'s own positional form the format comes between target and device. */
  private static String part(String text, String key, int positionForXm) {
    Matcher named = NAMED.matcher(text);
    String head = named.matches() ? text.substring(0, named.start(1)) : text;
    List<String> parts = Splitter.on(',').trimResults().splitToList(head);
    for (String part : parts) {
      if (part.startsWith(key + "=")) {
        return part.substring(key.length() + 1);
      }
    }
    List<String> positions = parts.stream().filter(part -> !part.contains("=")).toList();
    int position = positions.size() > 3 ? positionForXm + 1 : positionForXm;
    return position < positions.size() ? positions.get(position) : "";
  }

  private static Optional<String> nonEmpty(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
