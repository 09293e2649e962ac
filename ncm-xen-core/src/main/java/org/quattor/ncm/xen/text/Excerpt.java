package org.quattor.ncm.xen.text;

/** Text of a profile as it may stand in a message: short, and on one line. */
public final class Excerpt {

  private static final int MAX_VALUE = 60;
  private static final int MAX_PATH = 1_000;

  private Excerpt() {}

  /**
   * Returns the first 60 characters between double quotes, as {@link Printable#line} shows them.
   */
  public static String of(String text) {
    String start = start(text, MAX_VALUE);
    String shown = Printable.line(start).replace("\"", "\\\"");
    return '"' + shown + (start.length() == text.length() ? "\"" : "\"…");
  }

  /** Returns the first 1000 characters of a path or a number, without quotes. */
  public static String plain(String text) {
    String start = start(text, MAX_PATH);
    return Printable.line(start) + (start.length() == text.length() ? "" : "…");
  }

  private static String start(String text, int most) {
    return text.codePointCount(0, Math.min(text.length(), 2 * most)) <= most
            && text.length() <= 2 * most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most));
  }
}
