package org.quattor.ncm.xen.doctor;

import java.util.regex.Pattern;
import org.quattor.ncm.xen.text.Printable;

/** Words of the commands that are shown for people to copy. */
final class ShellWord {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private ShellWord() {}

  /** Returns the text as one word of {@code sh}; what is invisible in it is shown as an escape. */
  static String of(String text) {
    return PLAIN.matcher(text).matches()
        ? text
        : "'" + Printable.line(text).replace("'", "'\\''") + "'";
  }
}
