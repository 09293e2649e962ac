package org.quattor.ncm.xen.schema;

import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.text.Printable;

/**
 * A word, string, number or sign of Pan source text.
 *
 * @param kind what it is
 * @param text its value: of a string without quotes and escapes
 * @param documentation the comment above it or the annotation before it; empty when there is none
 * @param place where it begins
 */
record Token(Kind kind, String text, String documentation, Place place) {

  enum Kind {
    /** A type's or a function's name, or a word of the language. */
    WORD,
    /** A string in either kind of quotes. */
    STRING,
    /** A long or a double, without sign. */
    NUMBER,
    /** Punctuation; {@code ..} is one sign. */
    SIGN,
    /** After the last one. */
    END
  }

  /**
   * A place in a file of declarations.
   *
   * @param line from 1
   * @param column from 1
   */
  record Place(String file, int line, int column) {

    /** Returns file, line and column. */
    String text() {
      return file + ":" + line + ":" + column;
    }

    /** Returns the exception for what stands there. */
    Refusal refused(String what) {
      return new Refusal(Refusal.Kind.SETTINGS, text() + ": " + what);
    }
  }

  boolean is(Kind wanted, String wantedText) {
    return kind == wanted && text.equals(wantedText);
  }

  Refusal refused(String expected) {
    String shown =
        switch (kind) {
          case STRING -> "the string '" + Printable.line(text) + "'";
          case END -> "the end of the file";
          case WORD, NUMBER, SIGN -> text;
        };
    return place.refused("found " + shown + "; expected " + expected);
  }
}
