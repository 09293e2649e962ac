package org.quattor.ncm.xen.profile;

import org.quattor.ncm.component.Refusal;

/**
 * Where the text that a parser sees begins: blanks before it have been taken off.
 *
 * @param source the profile's name for people
 * @param line of its first character, from 1
 * @param column of its first character, from 1
 */
record Origin(String source, int line, int column) {

  /** Returns {@code line:column} in the whole text for a place in what the parser sees. */
  String place(int parsedLine, int parsedColumn) {
    int shifted = parsedLine == 1 ? parsedColumn + column - 1 : parsedColumn;
    return (parsedLine + line - 1) + ":" + shifted;
  }

  /** Returns the exception for what stands at the origin. */
  Refusal invalid(String what) {
    return new ParseErrors(source, () -> place(1, 1)).invalid(what);
  }
}
