package org.quattor.ncm.xen.profile;

/** Text of a profile as it may stand in a message: quoted, short, and on one line. */
public final class Excerpt {

  private static final int MAX_VALUE = 60;
  private static final int MAX_PATH = 1_000;

  private Excerpt() {}

  /**
   * Returns the first 60 characters between double quotes. Characters that would act on a terminal
   * or not be seen (control, format, half surrogates) are written as {@code \n}, {@code \t}, {@code
   * \r} or {@code \}{@code uXXXX}.
   */
  public static String of(String text) {
    StringBuilder line = new StringBuilder("\"");
    boolean whole = take(text, MAX_VALUE, line);
    return line.append(whole ? "\"" : "\"…").toString();
  }

  /** Returns a path, or a number, in the same way but without quotes and up to 1000 characters. */
  public static String plain(String path) {
    StringBuilder line = new StringBuilder();
    boolean whole = take(path, MAX_PATH, line);
    return whole ? line.toString() : line.append('…').toString();
  }

  /** Returns whether that was the whole text. */
  private static boolean take(String text, int max, StringBuilder line) {
    int at = 0;
    for (int taken = 0; at < text.length() && taken < max; taken++) {
      int character = text.codePointAt(at);
      append(line, character);
      at += Character.charCount(character);
    }
    return at == text.length();
  }

  private static void append(StringBuilder line, int character) {
    switch (character) {
      case '\n' -> line.append("\\n");
      case '\t' -> line.append("\\t");
      case '\r' -> line.append("\\r");
      case '"' -> line.append("\\\"");
      default -> {
        if (isVisible(character)) {
          line.appendCodePoint(character);
        } else {
          line.append(String.format("\\u%04x", character));
        }
      }
    }
  }

  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
