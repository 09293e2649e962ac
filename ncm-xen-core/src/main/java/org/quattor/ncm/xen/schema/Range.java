package org.quattor.ncm.xen.schema;

import org.jspecify.annotations.Nullable;

/**
 * Bounds of a number, a length or a size, both inclusive.
 *
 * @param min null when there is none
 * @param max null when there is none
 */
record Range(@Nullable Long min, @Nullable Long max) {

  boolean contains(long value) {
    return (min == null || value >= min) && (max == null || value <= max);
  }

  boolean contains(double value) {
    return (min == null || value >= min) && (max == null || value <= max);
  }

  /** Returns the bounds in words, such as {@code 1 to 4094}. */
  String words() {
    if (min == null) {
      return max == null ? "any" : "at most " + max;
    }
    if (max == null) {
      return "at least " + min;
    }
    return min.equals(max) ? String.valueOf(min) : min + " to " + max;
  }
}
