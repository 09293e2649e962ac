package org.quattor.ncm.xen.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds what somebody may have meant to type. */
public final class NearestName {

  private NearestName() {}

  /**
   * Returns the name that takes the fewest inserted, dropped or replaced characters: at most two,
   * and fewer than the name is long. Of several the first counts.
   */
  public static Optional<String> of(String typed, Collection<String> names) {
    LevenshteinDistance changes = new LevenshteinDistance(2);
    return names.stream()
        .filter(name -> changes.apply(typed, name) >= 0)
        .filter(name -> changes.apply(typed, name) < name.length())
        .min(Comparator.comparingInt(name -> changes.apply(typed, name)));
  }
}
