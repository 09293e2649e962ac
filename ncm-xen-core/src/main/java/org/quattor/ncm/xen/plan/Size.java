package org.quattor.ncm.xen.plan;

/** Sizes for people: in the largest binary unit that gives a whole number. */
final class Size {

  private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  static final long MIB = 1L << 20;

  /** Half of what fits into a long in bytes, so that rounding up to extents fits too. */
  static final long MAX_MIB = Long.MAX_VALUE / 2 / MIB;

  private Size() {}

  static String text(long bytes) {
    int unit = 0;
    long number = bytes;
    while (number >= 1024 && number % 1024 == 0 && unit < UNITS.length - 1) {
      number /= 1024;
      unit++;
    }
    return number + " " + UNITS[unit];
  }

  static String change(long fromBytes, long toBytes) {
    return " from " + text(fromBytes) + " to " + text(toBytes);
  }
}
