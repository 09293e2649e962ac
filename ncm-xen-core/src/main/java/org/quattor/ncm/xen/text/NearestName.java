package org.quattor.ncm.xen.text;

import com.google.common.base.Ascii;
import java.util.Optional;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;

/** Finds what somebody meant to type. */
public final class NearestName {

  /** Nobody mistypes more than that; it bounds the cost for hostile text. */
  private static final int MAX_LENGTH = 100;

  private NearestName() {}

  /**
   * Returns the name that takes the fewest characters to insert, drop, replace or swap; the first
   * of several. Empty when even that takes more than a third of what was typed (two at least), or
   * all of the name. Case does not count, nor whether a dash or an underscore was typed.
   */
  public static Optional<String> of(String typed, Iterable<String> names) {
    if (typed.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String wanted = plain(typed);
    int limit = Math.max(2, typed.length() / 3);
    Optional<String> nearest = Optional.empty();
    for (String name : names) {
      int changes = new DamerauLevenshteinDistance(limit).apply(wanted, plain(name));
      if (changes >= 0 && changes < name.length()) {
        nearest = Optional.of(name);
        if (changes == 0) {
          break;
        }
        limit = changes - 1;
      }
    }
    return nearest;
  }

  /** Returns {@code ; did you mean x?}, to end a sentence with, or nothing. */
  public static String hint(String typed, Iterable<String> names) {
    return of(typed, names).map(name -> "; did you mean " + name + "?").orElse("");
  }

  private static String plain(String name) {
    return Ascii.toLowerCase(name).replace('-', '_');
  }
}
