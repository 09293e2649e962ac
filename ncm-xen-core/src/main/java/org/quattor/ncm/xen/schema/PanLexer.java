package org.quattor.ncm.xen.schema;

import com.google.common.collect.ImmutableList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts Pan source text into tokens.
 *
 * <p>A comment on lines of its own directly above a token documents it; so does an annotation
 * ({@code @{text}}). Other comments are dropped.
 */
final class PanLexer {

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<blank>[ \\t\\f\\r\\n]++)|#(?<comment>[^\\r\\n]*+)"
              + "|@\\s*+[\\w.-]*+\\s*+(?:\\{(?<note>[^}]*+)\\}|\\([^)]*+\\)|\\[[^\\]]*+\\])"
              + "|'(?<single>(?:[^'\\r\\n]++|'')*+)'"
              + "|\"(?<double>(?:[^\"\\\\\\r\\n]++|\\\\.)*+)\""
              + "|(?<word>[A-Za-z_]\\w*+)"
              + "|(?<number>0[xX][0-9a-fA-F]++|[0-9]++(?:\\.[0-9]++)?+(?:[eE][-+]?+[0-9]++)?+)"
              + "|(?<sign>\\.\\.|\\?=|<<|[-?:;,()\\[\\]{}=+*/<>!%&|^~])");

  private final String file;
  private final Matcher matcher;
  private final ImmutableList.Builder<Token> tokens = ImmutableList.builder();
  private String note = "";
  private int line = 1;
  private int lineStart;
  private int lineOfLastToken;

  private PanLexer(String file, String text) {
    this.file = file;
    this.matcher = TOKEN.matcher(text);
  }

  /**
   * Returns the tokens, the last one of which is the end.
   *
   * @throws SchemaException for text that no token of Pan begins with
   */
  static ImmutableList<Token> tokens(String file, String text) {
    return new PanLexer(file, text).run(text);
  }

  private ImmutableList<Token> run(String text) {
    int at = 0;
    while (at < text.length()) {
      matcher.region(at, text.length());
      if (!matcher.lookingAt()) {
        String near = text.substring(at, Math.min(at + 1, text.length()));
        throw new SchemaException(
            place(at) + ": found " + near + "; expected a declaration of the Pan language");
      }
      take(at);
      countLines(text, at, matcher.end());
      at = matcher.end();
    }
    add(Token.Kind.END, "", at);
    return tokens.build();
  }

  private void take(int at) {
    if (matcher.group("single") != null) {
      add(Token.Kind.STRING, matcher.group("single").replace("''", "'"), at);
    } else if (matcher.group("double") != null) {
      add(Token.Kind.STRING, unescape(matcher.group("double"), at), at);
    } else if (matcher.group("word") != null) {
      add(Token.Kind.WORD, matcher.group("word"), at);
    } else if (matcher.group("number") != null) {
      add(Token.Kind.NUMBER, matcher.group("number"), at);
    } else if (matcher.group("sign") != null) {
      add(Token.Kind.SIGN, matcher.group("sign"), at);
    } else if (matcher.group("note") != null) {
      note = matcher.group("note").replaceAll("\\s+", " ").strip();
    } else if (matcher.group("comment") != null) {
      boolean ownLine = lineOfLastToken < line;
      note = ownLine ? (note + " " + matcher.group("comment").strip()).strip() : "";
    } else if (matcher.group("blank") != null
        && matcher.group("blank").chars().filter(c -> c == '\n').count() > 1) {
      // A comment above an empty line is about something else.
      note = "";
    }
  }

  private void add(Token.Kind kind, String text, int at) {
    tokens.add(new Token(kind, text, note, place(at)));
    note = "";
    lineOfLastToken = line;
  }

  private String unescape(String quoted, int at) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < quoted.length(); i++) {
      char c = quoted.charAt(i);
      text.append(c == '\\' ? unescaped(quoted.charAt(++i), at) : c);
    }
    return text.toString();
  }

  private char unescaped(char letter, int at) {
    return switch (letter) {
      case '\\', '"', '\'' -> letter;
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      default ->
          throw new SchemaException(
              place(at)
                  + (": found the escape \\" + letter + " in a string in double quotes;")
                  + " expected one of \\\\ \\\" \\' \\n \\t \\r \\b \\f");
    };
  }

  private void countLines(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
  }

  private String place(int at) {
    return file + ":" + line + ":" + (at - lineStart + 1);
  }
}
