package org.quattor.ncm.xen.text;

import java.util.regex.Pattern;

/** Text as one word of a POSIX shell. */
public final class ShellQuoting {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private ShellQuoting() {}

  /** Returns the text in single quotes. */
  public static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** Returns the text as it is when a shell takes it as one word, and quoted otherwise. */
  public static String word(String text) {
    return PLAIN.matcher(text).matches() ? text : quoted(text);
  }

  /** Returns a word for people to copy: what is invisible in it is shown as an escape. */
  public static String shown(String text) {
    return word(Printable.line(text));
  }
}
