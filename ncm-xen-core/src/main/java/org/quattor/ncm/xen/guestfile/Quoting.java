package org.quattor.ncm.xen.guestfile;

import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Text as a literal of the two grammars: whatever it holds, it stays one value. */
public final class Quoting {

  private Quoting() {}

  /**
   * Returns a Python string literal in single quotes, pure ASCII. Python 2 reads the bytes of the
   * text's UTF-8 form, Python 3 one character for each of them.
   */
  static String python(String text) {
    StringBuilder literal = new StringBuilder("'");
    for (byte signed : text.getBytes(StandardCharsets.UTF_8)) {
      int octet = signed & 0xff;
      if (octet == '\\' || octet == '\'') {
        literal.append('\\').append((char) octet);
      } else if (octet < 0x20 || octet > 0x7e) {
        literal.append(String.format("\\x%02x", octet));
      } else {
        literal.append((char) octet);
      }
    }
    return literal.append('\'').toString();
  }

  /**
   * Returns a string of {@code xl}'s grammar in double quotes. Only escapes by a letter are used:
   * of a numeric one (octal, hexadecimal) the lexer of Xen 4.17 makes nothing at all, or an error.
   */
  static String xl(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int escape = c > '\\' ? -1 : XL_ESCAPED.indexOf(c);
      if (escape < 0 || c == '\'') {
        literal.append(c);
      } else {
        literal.append('\\').append(XL_LETTERS.charAt(escape));
      }
    }
    return literal.append('"').toString();
  }

  /** What has an escape in {@code xl}'s grammar, and the letters of the escapes. */
  static final String XL_ESCAPED = "\\\"'\u0007\b\f\n\r\t\u000b";

  static final String XL_LETTERS = "\\\"'abfnrtv";

  /**
   * Returns the first character that a file cannot contain: a control character, or half of a
   * character (a surrogate that stands alone).
   */
  public static Optional<Character> obstacle(String text, boolean forXl) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || (forXl && (c < 0x20 || c == 0x7f) && XL_ESCAPED.indexOf(c) < 0)) {
        return Optional.of(c);
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return Optional.of(c);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the elements of a Python list of plain string literals, such as {@code ['a', "b"]};
   * empty when the text is anything else. No escape, no line feed and no other element is accepted.
   */
  public static Optional<ImmutableList<String>> plainPythonList(String text) {
    String list = text.strip();
    if (list.length() < 2 || !list.startsWith("[") || !list.endsWith("]")) {
      return Optional.empty();
    }
    // By position: the text is as long as a profile likes, and must not be copied for each element.
    String inner = list.substring(1, list.length() - 1);
    ImmutableList.Builder<String> elements = ImmutableList.builder();
    int at = afterBlanks(inner, 0);
    while (at < inner.length()) {
      char quote = inner.charAt(at);
      int end = inner.indexOf(quote, at + 1);
      if ((quote != '\'' && quote != '"') || end < 0) {
        return Optional.empty();
      }
      String element = inner.substring(at + 1, end);
      if (element.contains("\\") || element.chars().anyMatch(Character::isISOControl)) {
        return Optional.empty();
      }
      elements.add(element);
      at = afterBlanks(inner, end + 1);
      if (at < inner.length() && inner.charAt(at) != ',') {
        return Optional.empty();
      }
      at = afterBlanks(inner, at + 1);
    }
    return Optional.of(elements.build());
  }

  private static int afterBlanks(String text, int start) {
    int at = start;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
