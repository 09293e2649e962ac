package org.quattor.ncm.component;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong, doubtful or worth knowing, as data.
 *
 * @param id stable identifier of the rule, three to eight capital letters and three digits, such as
 *     {@code XEN012}
 * @param severity how much it weighs
 * @param path where: a Pan path, or a path on the host, never empty
 * @param found what is there, as a clause that can follow the path and a colon
 * @param expected what should be there; empty when there is nothing to add
 * @param hint what to do; empty when that is plain from the rest
 */
public record Finding(
    String id, Severity severity, String path, String found, String expected, String hint) {

  /** Checks that the finding says where and what. */
  public Finding {
    requireNonNull(severity);
    requireNonNull(expected);
    requireNonNull(hint);
    if (!id.matches("[A-Z]{3,8}[0-9]{3}")) {
      throw new IllegalArgumentException("not a finding id: " + id);
    }
    if (path.isEmpty() || found.isEmpty()) {
      throw new IllegalArgumentException("a finding says where and what: " + id);
    }
  }

  /** Returns the finding as one sentence line: path, found, expected, hint. */
  public String sentence() {
    StringBuilder line = new StringBuilder(path).append(": ").append(found);
    if (!expected.isEmpty()) {
      line.append("; expected ").append(expected);
    }
    if (!hint.isEmpty()) {
      line.append(" (").append(hint).append(')');
    }
    return line.toString();
  }
}
