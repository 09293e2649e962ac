package org.quattor.ncm.xen.schema;

import com.google.common.base.Ascii;
import java.util.Optional;

/** Finds the name that somebody meant. */
final class Nearest {

  private Nearest() {}

  /** Returns the known name nearest to a misspelt one; empty when none is near. */
  static Optional<String> to(String misspelt, Iterable<String> known) {
    int limit = Math.max(1, Math.min(misspelt.length(), 40) / 3);
    Optional<String> nearest = Optional.empty();
    for (String name : known) {
      int distance = distance(plain(misspelt), plain(name), limit);
      if (distance <= limit) {
        // Strictly nearer ones only from here on, so that the first of equals stays.
        limit = distance - 1;
        nearest = Optional.of(name);
      }
    }
    return nearest;
  }

  /** Returns {@code ; did you mean x?}, or nothing. */
  static String hint(String misspelt, Iterable<String> known) {
    return to(misspelt, known).map(name -> "; did you mean " + name + "?").orElse("");
  }

  private static String plain(String name) {
    return Ascii.toLowerCase(name).replace('-', '_');
  }

  /** Returns Levenshtein's distance, or something above the limit. */
  private static int distance(String from, String to, int limit) {
    if (Math.abs(from.length() - to.length()) > limit) {
      return limit + 1;
    }
    int[] previous = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] current = new int[to.length() + 1];
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int changed = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(changed, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
