package org.quattor.ncm.xen.schema;

/**
 * A word, string, number or sign of Pan source text.
 *
 * @param kind what it is
 * @param text its value: of a string without quotes and escapes
 * @param documentation the annotation before it, empty when there is none
 * @param place where it begins, {@code file:line:column}
 */
record Token(Kind kind, String text, String documentation, String place) {

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

  boolean is(Kind wanted, String wantedText) {
    return kind == wanted && text.equals(wantedText);
  }

  /** Returns how it is named in a message. */
  String shown() {
    return switch (kind) {
      case STRING -> "the string '" + text + "'";
      case END -> "the end of the file";
      case WORD, NUMBER, SIGN -> text;
    };
  }

  SchemaException refused(String expected) {
    return new SchemaException(place + ": found " + shown() + "; expected " + expected);
  }
}
