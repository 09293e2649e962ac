package org.quattor.ncm.xen.guestfile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.quattor.ncm.xen.host.Toolstack;

/** Takes the text of a guest file apart, as the lexers of {@code xl} and of Python do. */
final class GuestFileScanner {

  /** Ends the reading of a file; becomes a value before anybody outside sees it. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final String reason;

    Refused(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  private static final char END = '\0';

  private final String text;
  private final Toolstack dialect;
  private int at;

  GuestFileScanner(String text, Toolstack dialect) {
    this.text = text;
    this.dialect = dialect;
  }

  /** Returns the number of the line that is being read, from 1. */
  int line() {
    return 1
        + (int)
            text.substring(0, Math.min(at, text.length())).chars().filter(c -> c == '\n').count();
  }

  /** Returns the next character; NUL at the end of the text. */
  char peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  /** Goes past the character if it is the next one; it is never NUL. */
  boolean take(char expected) {
    if (peek() == expected) {
      at++;
      return true;
    }
    return false;
  }

  void skipBlanks() {
    // Python reads the line ends of DOS; xl's lexer stops at them.
    while (peek() == ' ' || peek() == '\t' || (peek() == '\r' && dialect == Toolstack.XM)) {
      at++;
    }
  }

  /** Skips blanks, comments and line ends, as inside brackets. */
  void skipLines() {
    skipBlanks();
    while (peek() == '#' || peek() == '\n') {
      skipComment();
      take('\n');
      skipBlanks();
    }
  }

  /** Goes to the next statement; false when there is none. */
  boolean toStatement() {
    skipLines();
    while (take(';')) {
      skipLines();
    }
    return at < text.length();
  }

  void endOfStatement() throws Refused {
    skipBlanks();
    skipComment();
    if (at < text.length() && peek() != '\n' && peek() != ';') {
      throw new Refused("something after a value");
    }
  }

  String identifier() throws Refused {
    int start = at;
    while (startsKey(peek())
        || (at > start && (peek() == '_' || (peek() >= '0' && peek() <= '9')))) {
      at++;
    }
    if (start == at) {
      throw new Refused("something that is not a key");
    }
    return text.substring(start, at);
  }

  long number() throws Refused {
    int start = at;
    while (Character.isLetterOrDigit(peek())) {
      at++;
    }
    String digits = text.substring(start, at);
    try {
      // As strtol(3) with base 0 does, and Python 2.
      if (digits.startsWith("0x")) {
        return nonNegative(Long.parseLong(digits.substring(2), 16));
      }
      boolean octal = digits.length() > 1 && digits.startsWith("0");
      return nonNegative(Long.parseLong(digits, octal ? 8 : 10));
    } catch (NumberFormatException e) {
      throw new Refused("a malformed number");
    }
  }

  /** Returns the text of a string literal, the escapes undone. */
  String string() throws Refused {
    char quote = peek();
    at++;
    int end = plainUntil(quote);
    if (end >= 0) {
      String plain = text.substring(at, end);
      at = end + 1;
      return plain;
    }
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    while (peek() != quote) {
      if (at >= text.length() || peek() == '\n') {
        throw new Refused("a text without its end");
      }
      if (take('\\')) {
        escape(octets);
      } else {
        int character = text.codePointAt(at);
        at += Character.charCount(character);
        put(octets, Character.toString(character));
      }
    }
    at++;
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(octets.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      return octets.toString(StandardCharsets.ISO_8859_1);
    }
  }

  /** Returns where the quote ends a text of printable ASCII without escapes; -1 for any other. */
  private int plainUntil(char quote) {
    int end = at;
    while (end < text.length() && text.charAt(end) != quote) {
      char c = text.charAt(end);
      if (c < ' ' || c > '~' || c == '\\') {
        return -1;
      }
      end++;
    }
    return end < text.length() ? end : -1;
  }

  private void escape(ByteArrayOutputStream octets) throws Refused {
    char letter = peek();
    if (Character.isHighSurrogate(letter)) {
      // Half a character has no octets; Python keeps the backslash, and xl something else.
      if (dialect == Toolstack.XL) {
        throw new Refused("an escape of which xl makes something else");
      }
      put(octets, "\\");
      return;
    }
    at++;
    int known = Quoting.XL_LETTERS.indexOf(letter);
    if (known >= 0) {
      octets.write(Quoting.XL_ESCAPED.charAt(known));
    } else if (dialect == Toolstack.XL) {
      throw new Refused("an escape of which xl makes something else");
    } else if (letter == 'x') {
      octets.write(digits(2, 2, 16));
    } else if (letter >= '0' && letter <= '7') {
      at--;
      octets.write(digits(1, 3, 8));
    } else if (letter != '\n') {
      put(octets, "\\" + letter);
    }
  }

  private int digits(int least, int most, int base) throws Refused {
    int value = 0;
    int count = 0;
    while (count < most && Character.digit(peek(), base) >= 0) {
      value = value * base + Character.digit(peek(), base);
      at++;
      count++;
    }
    if (count < least) {
      throw new Refused("an escape without its digits");
    }
    return value;
  }

  private void skipComment() {
    if (peek() == '#') {
      while (at < text.length() && peek() != '\n') {
        at++;
      }
    }
  }

  private static void put(ByteArrayOutputStream octets, String characters) {
    octets.writeBytes(characters.getBytes(StandardCharsets.UTF_8));
  }

  private static long nonNegative(long number) throws Refused {
    if (number < 0) {
      throw new Refused("a negative number");
    }
    return number;
  }

  /** xl's lexer knows keys of small letters only, {@code [a-z][_0-9a-z]*} (libxlu_cfg_l.l). */
  private boolean startsKey(char c) {
    boolean small = c >= 'a' && c <= 'z';
    return small || (dialect == Toolstack.XM && ((c >= 'A' && c <= 'Z') || c == '_'));
  }
}
