package org.quattor.ncm.xen.guestfile;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody may have meant to type. */
final class NearestName {

  private NearestName() {}

  /** Returns the name with the fewest changes, at most two; empty when all are further away. */
  static Optional<String> of(String typed, Collection<String> names) {
    return names.stream()
        .filter(name -> changes(typed, name) <= 2)
        .min(Comparator.comparingInt(name -> changes(typed, name)));
  }

  /** Returns the number of characters to insert, drop or replace. */
  private static int changes(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
