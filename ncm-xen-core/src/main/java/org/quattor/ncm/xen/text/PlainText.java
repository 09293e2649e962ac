package org.quattor.ncm.xen.text;

/**
 * Text as a reader takes it: escapes are undone, and line ends, what indents lines and what colours
 * them are left out.
 */
final class PlainText {

  private static final char ESCAPE = 0x1b;
  private static final int LAST_ASCII = 0x7e;

  private final String whole;
  private final StringBuilder characters;
  private String text = "";
  private final int[] starts;
  private final int[] ends;

  /** How many characters of the whole text the last one that was decoded took. */
  private int length;

  private PlainText(String whole) {
    this.whole = whole;
    characters = new StringBuilder(whole.length());
    starts = new int[whole.length()];
    ends = new int[whole.length()];
  }

  static PlainText of(String whole) {
    PlainText read = new PlainText(whole);
    for (int i = 0; i < whole.length(); ) {
      int after = read.afterBreak(i);
      i = after > i ? after : read.add(i);
    }
    read.text = read.characters.toString();
    return read;
  }

  String text() {
    return text;
  }

  /** Returns where in the whole text a character begins. */
  int start(int place) {
    return starts[place];
  }

  /** Returns where in the whole text a character ends. */
  int end(int place) {
    return ends[place];
  }

  /** Returns whether a character is the last one of a line of the whole text. */
  boolean endsLine(int place) {
    int end = ends[place];
    return end == whole.length() || whole.charAt(end) == '\n' || whole.charAt(end) == '\r';
  }

  private int add(int start) {
    char c = decoded(start);
    int end = start + length;
    if (c == ESCAPE) {
      return afterColour(end);
    }
    if (c >= ' ' || c == '\t') {
      starts[characters.length()] = start;
      ends[characters.length()] = end;
      characters.append(c);
    }
    return end;
  }

  /** {@code ESC [ 1 ; 31 m}: parameters, and one letter. */
  private int afterColour(int start) {
    int at = start;
    if (at < whole.length() && whole.charAt(at) == '[') {
      at++;
      while (at < whole.length() && whole.charAt(at) < '@') {
        at++;
      }
      return Math.min(at + 1, whole.length());
    }
    return at;
  }

  /** Sets the length too. Only ASCII is decoded: the bytes of other characters stay as they are. */
  private char decoded(int at) {
    char c = whole.charAt(at);
    char next = at + 1 < whole.length() ? whole.charAt(at + 1) : 0;
    if (c == '%' && ascii(at, 1, 2, 16)) {
      return (char) number(at + 1, 2, 16);
    }
    if (c == '\\' && next == 'u') {
      for (int digits = 1; whole.startsWith("{", at + 2) && digits <= 4; digits++) {
        if (whole.startsWith("}", at + 3 + digits) && number(at + 3, digits, 16) >= 0) {
          length = digits + 4;
          return (char) number(at + 3, digits, 16);
        }
      }
      int unit = number(at + 2, 4, 16);
      if (unit >= 0) {
        length = 6;
        return (char) unit;
      }
    } else if (c == '\\' && next == 'x' && ascii(at, 2, 2, 16)) {
      return (char) number(at + 2, 2, 16);
    } else if (c == '\\' && ascii(at, 1, 3, 8)) {
      return (char) number(at + 1, 3, 8);
    } else if (c == '\\' && next >= ' ' && next <= LAST_ASCII && !Character.isLetterOrDigit(next)) {
      length = 2;
      return next;
    }
    length = 1;
    return c;
  }

  /** Sets the length when there is such a number. */
  private boolean ascii(int at, int before, int digits, int base) {
    int number = number(at + before, digits, base);
    length = before + digits;
    return number >= 0 && number <= LAST_ASCII;
  }

  /** Returns a number of so many digits; -1 when there are not that many. */
  private int number(int start, int digits, int base) {
    if (digits < 1 || start + digits > whole.length()) {
      return -1;
    }
    int number = 0;
    for (int i = start; i < start + digits; i++) {
      int digit = Character.digit(whole.charAt(i), base);
      if (digit < 0) {
        return -1;
      }
      number = number * base + digit;
    }
    return number;
  }

  /** A line end, also in the forms that {@link Printable} and our messages give it. */
  private int afterBreak(int start) {
    int at = start;
    for (String end : new String[] {"\\\n", "\r\n", "\n", "\r", "\\r\\n", "\\n", "; "}) {
      if (whole.startsWith(end, at)) {
        at += end.length();
        if (whole.startsWith("> ", at) || whole.startsWith("| ", at)) {
          at += 2; // Some tools quote a file so.
        }
        while (at < whole.length() && (whole.charAt(at) == ' ' || whole.charAt(at) == '\t')) {
          at++;
        }
        return at;
      }
    }
    return start;
  }
}
