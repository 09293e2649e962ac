package org.quattor.ncm.xen;

/**
 * How much the long tests do: as much as fits into every change's check, or all of it with {@code
 * -Dncm-xen.whole=true}. What they choose by chance is another part each time.
 */
public final class LongForm {

  private static final boolean WHOLE = Boolean.getBoolean("ncm-xen.whole");

  private LongForm() {}

  /** Returns how many of something a test does, or how far apart its samples are. */
  public static int of(int usual, int whole) {
    return WHOLE ? whole : usual;
  }
}
