package org.quattor.ncm.xen.network;

import java.util.regex.Pattern;

/** A text as one word of a POSIX shell. */
final class ShellWord {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.@+-]+");

  private ShellWord() {}

  /** Returns the text in single quotes. */
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** Returns the text as it is when a shell takes it so, and quoted otherwise. */
  static String bareOrQuoted(String text) {
    return PLAIN.matcher(text).matches() ? text : quoted(text);
  }
}
