package org.quattor.ncm.xen.profile;

/** Text of a profile as it may stand in a message: quoted, short, and on one line. */
public final class Excerpt {

  private static final int MAX_CHARACTERS = 60;

  private Excerpt() {}

  /**
   * Returns the first 60 characters between double quotes. Characters that would act on a terminal
   * or not be seen (control, format, half surrogates) are written as {@code \n}, {@code \t}, {@code
   * \r} or {@code \}{@code uXXXX}.
   */
  public static String of(String text) {
    StringBuilder line = new StringBuilder("\"");
    int taken = 0;
    int at = 0;
    while (at < text.length() && taken < MAX_CHARACTERS) {
      int character = text.codePointAt(at);
      append(line, character);
      at += Character.charCount(character);
      taken++;
    }
    line.append('"');
    return at < text.length() ? line.append("…").toString() : line.toString();
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
