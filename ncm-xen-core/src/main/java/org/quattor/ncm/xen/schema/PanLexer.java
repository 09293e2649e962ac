package org.quattor.ncm.xen.schema;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.Refusal;

/**
 * Cuts Pan source text into tokens.
 *
 * <p>A comment on lines of its own directly above a token documents it; so does an annotation
 * ({@code @{text}}). Other comments are dropped. Written by hand, because the schema is read at
 * every start and {@link java.util.regex} takes ten times as long before it is compiled.
 */
final class PanLexer {

  private static final String BLANKS = " \t\f\r\n";
  private static final String SIGNS = "?:;,()[]{}=+-*/<>!%&|^~.";

  private final String file;
  private final String text;
  private final ImmutableList.Builder<Token> tokens = ImmutableList.builder();
  private final StringBuilder note = new StringBuilder();
  private int at;
  private int line = 1;
  private int lineStart;
  private int lineOfLastToken;

  private PanLexer(String file, String text) {
    this.file = file;
    this.text = text;
  }

  /**
   * Returns the tokens, the last one of which is the end.
   *
   * @throws Refusal for text that no token of Pan begins with
   */
  static ImmutableList<Token> tokens(String file, String text) {
    return new PanLexer(file, text).run();
  }

  private ImmutableList<Token> run() {
    while (at < text.length()) {
      next(text.charAt(at));
    }
    add(Token.Kind.END, "", at);
    return tokens.build();
  }

  private void next(char first) {
    int start = at;
    if (BLANKS.indexOf(first) >= 0) {
      blanks();
    } else if (first == '#') {
      comment();
    } else if (first == '@') {
      annotation();
    } else if (first == '\'') {
      add(Token.Kind.STRING, singleQuoted(), start);
    } else if (first == '"') {
      add(Token.Kind.STRING, doubleQuoted(), start);
    } else if (first >= '0' && first <= '9') {
      add(Token.Kind.NUMBER, number(), start);
    } else if (isWordPart(first)) {
      add(Token.Kind.WORD, word(), start);
    } else if (SIGNS.indexOf(first) >= 0) {
      at += text.startsWith("..", at) ? 2 : 1;
      add(Token.Kind.SIGN, text.substring(start, at), start);
    } else {
      throw unexpected(start);
    }
  }

  private void blanks() {
    int linesBefore = line;
    while (at < text.length() && BLANKS.indexOf(text.charAt(at)) >= 0) {
      step();
    }
    if (line - linesBefore > 1) {
      // A comment above an empty line is about something else.
      note.setLength(0);
    }
  }

  /** Goes one character further and counts lines. */
  private void step() {
    if (text.charAt(at++) == '\n') {
      line++;
      lineStart = at;
    }
  }

  private void comment() {
    int start = at + 1;
    int end = text.indexOf('\n', start);
    at = end < 0 ? text.length() : end;
    if (lineOfLastToken < line) {
      note.append(note.isEmpty() ? "" : " ").append(text.substring(start, at).strip());
    }
  }

  private void annotation() {
    int start = at;
    do {
      step();
    } while (at < text.length()
        && (isWordPart(text.charAt(at)) || " \t\n.-".indexOf(text.charAt(at)) >= 0));
    int kind = at < text.length() ? "{([".indexOf(text.charAt(at)) : -1;
    int end = kind < 0 ? -1 : text.indexOf("})]".charAt(kind), at);
    if (end < 0) {
      throw unexpected(start);
    }
    note.setLength(0);
    note.append(text.substring(at + 1, end).replaceAll("\\s+", " ").strip());
    while (at <= end) {
      step();
    }
  }

  private String singleQuoted() {
    StringBuilder value = new StringBuilder();
    int start = at++;
    while (true) {
      char c = inString(start);
      at++;
      if (c == '\'') {
        if (!text.startsWith("'", at)) {
          return value.toString();
        }
        at++;
      }
      value.append(c);
    }
  }

  private String doubleQuoted() {
    StringBuilder value = new StringBuilder();
    int start = at++;
    while (true) {
      char c = inString(start);
      at++;
      if (c == '"') {
        return value.toString();
      }
      value.append(c == '\\' ? escaped(start) : c);
    }
  }

  /** Returns the next character of a string, which ends in the line that it began in. */
  private char inString(int start) {
    if (at == text.length() || text.charAt(at) == '\n') {
      throw unexpected(start);
    }
    return text.charAt(at);
  }

  private char escaped(int start) {
    char letter = inString(start);
    at++;
    return switch (letter) {
      case '\\', '"', '\'' -> letter;
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      default ->
          throw place(start)
              .refused(
                  ("found the escape \\" + letter + " in a string in double quotes;")
                      + " expected one of \\\\ \\\" \\' \\n \\t \\r \\b \\f");
    };
  }

  /** Takes digits, letters and a fraction; whether that is a number is asked where it is used. */
  private String number() {
    int start = at;
    while (at < text.length() && (isWordPart(text.charAt(at)) || isFraction())) {
      at++;
    }
    return text.substring(start, at);
  }

  /** A range such as 1..5 has two dots. */
  private boolean isFraction() {
    return text.charAt(at) == '.' && !text.startsWith("..", at);
  }

  private String word() {
    int start = at;
    while (at < text.length() && isWordPart(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private static boolean isWordPart(char c) {
    return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
  }

  private void add(Token.Kind kind, String value, int start) {
    tokens.add(new Token(kind, value, note.toString(), place(start)));
    note.setLength(0);
    lineOfLastToken = line;
  }

  private Refusal unexpected(int start) {
    return place(start)
        .refused("found " + text.charAt(start) + "; expected a declaration of the Pan language");
  }

  private Token.Place place(int start) {
    return new Token.Place(file, line, start - lineStart + 1);
  }
}
