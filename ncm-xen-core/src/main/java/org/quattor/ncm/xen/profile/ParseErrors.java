package org.quattor.ncm.xen.profile;

import java.io.IOException;
import java.util.function.Supplier;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.component.Refusal.Kind;

/**
 * Makes the exceptions about one profile: {@code source:line:column: what is wrong}.
 *
 * @param source the profile's name for people
 * @param place the place that the parser has come to, {@code line:column}
 */
record ParseErrors(String source, Supplier<String> place) {

  /** Returns the exception for what is no profile, at the place that the parser has come to. */
  Refusal invalid(String what) {
    return invalidAt(place.get(), what);
  }

  Refusal invalidAt(String where, String what) {
    return new Refusal(Kind.INVALID_PROFILE, source + ":" + where + ": " + what);
  }

  /** Returns the exception for a profile that there is none of. */
  static Refusal absent(String source, String what) {
    return new Refusal(Kind.NO_PROFILE, source + ": " + what);
  }

  /** Returns the exception for a profile that cannot be read to its end. */
  static Refusal unreadable(String source, IOException e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return absent(source, "cannot be read: " + oneLine(reason));
  }

  /** Returns a parser's own words on one line, short, without its advice to programmers. */
  static String oneLine(String message) {
    String line =
        message.replaceAll("\\s+", " ").replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]", "?").strip();
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }
}
