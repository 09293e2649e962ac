package org.quattor.ncm.xen.packages;

import java.util.Locale;

/**
 * Collects a text in the language of man(7).
 *
 * <p>All text is escaped: what comes in is never read as a request or an escape of roff.
 */
final class Roff {

  private final StringBuilder text = new StringBuilder();

  /** Begins the page; the footer names the software and its version. */
  Roff title(String name, int section, String footer) {
    return line(
        ".TH "
            + quoted(name.toUpperCase(Locale.ROOT))
            + " "
            + section
            + " \"\" "
            + quoted(footer)
            + " "
            + quoted("ncm-xen"));
  }

  /** Begins a section. */
  Roff section(String heading) {
    return line(".SH " + quoted(heading));
  }

  /** Begins a paragraph. */
  Roff paragraph(String words) {
    return line(".PP").words(words);
  }

  /** Adds a term, in bold, and what it means, indented. */
  Roff term(String term, String meaning) {
    return line(".TP").line("\\fB" + escaped(term) + "\\fR").words(meaning);
  }

  /** Adds text to the paragraph or the meaning that was begun. */
  Roff words(String words) {
    return line(guarded(escaped(words)));
  }

  /** Adds lines that keep their layout, indented. */
  Roff verbatim(Iterable<String> lines) {
    line(".PP").line(".RS 4").line(".nf");
    lines.forEach(this::words);
    return line(".fi").line(".RE");
  }

  private Roff line(String line) {
    text.append(line).append('\n');
    return this;
  }

  private static String quoted(String argument) {
    return '"' + escaped(argument).replace("\"", "\\(dq") + '"';
  }

  // A line that begins with a dot or an apostrophe would be a request.
  private static String guarded(String line) {
    return line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line;
  }

  private static String escaped(String words) {
    StringBuilder escaped = new StringBuilder();
    words
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\\' -> escaped.append("\\e");
                case '-' -> escaped.append("\\-");
                case '~' -> escaped.append("\\(ti");
                case '^' -> escaped.append("\\(ha");
                case '\'' -> escaped.append("\\(aq");
                case '`' -> escaped.append("\\(ga");
                default -> {
                  if (c < 128) {
                    escaped.appendCodePoint(c);
                  } else {
                    escaped.append(String.format("\\[u%04X]", c));
                  }
                }
              }
            });
    return escaped.toString();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
