package org.quattor.ncm.xen.cli;

import java.util.Collection;
import java.util.Optional;

/** Finds what somebody most likely meant to type. */
final class NearestName {

  private NearestName() {}

  /**
   * Returns the candidate that takes the fewest edits, the first among equals; empty when even that
   * takes more than a third of the letters (two at least).
   */
  static Optional<String> of(String typed, Collection<String> candidates) {
    String nearest = null;
    int fewest = Math.max(2, typed.length() / 3) + 1;
    for (String candidate : candidates) {
      if (Math.abs(candidate.length() - typed.length()) < fewest) {
        int edits = edits(typed, candidate);
        if (edits < fewest) {
          fewest = edits;
          nearest = candidate;
        }
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** Returns {@code ; did you mean X?} or nothing, to end a sentence with. */
  static String hint(String typed, Collection<String> candidates) {
    return of(typed, candidates).map(name -> "; did you mean " + name + "?").orElse("");
  }

  // Levenshtein's distance over one row.
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[row.length - 1];
  }
}
