package org.quattor.ncm.xen.text;

/**
 * Makes text from profiles and hosts fit for one line of a terminal or a log.
 *
 * <p>A profile may hold any character. Line ends would forge log lines, escape sequences would
 * drive the reader's terminal, and the bidirectional overrides of Unicode would show something else
 * than what is there.
 */
public final class Printable {

  private Printable() {}

  /**
   * Returns the text with everything invisible shown as an escape: {@code \n}, {@code \r}, {@code
   * \t}, otherwise {@code \}{@code u{HEX}}. Text that needs no escape is returned as it is.
   */
  public static String line(String text) {
    int length = text.length();
    for (int i = 0; i < length; ) {
      int c = text.codePointAt(i);
      if (!isVisible(c)) {
        return escapeFrom(text, i);
      }
      i += Character.charCount(c);
    }
    return text;
  }

  private static String escapeFrom(String text, int start) {
    StringBuilder line = new StringBuilder(text.length() + 16).append(text, 0, start);
    text.codePoints()
        .skip(text.codePointCount(0, start))
        .forEach(
            c -> {
              if (isVisible(c)) {
                line.appendCodePoint(c);
              } else {
                line.append(escape(c));
              }
            });
    return line.toString();
  }

  private static String escape(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> "\\u{" + Integer.toHexString(c) + "}";
    };
  }

  private static boolean isVisible(int c) {
    if (c >= ' ' && c < 0x7f) {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
