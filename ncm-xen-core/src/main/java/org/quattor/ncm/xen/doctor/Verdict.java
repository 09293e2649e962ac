package org.quattor.ncm.xen.doctor;

/** How one thing stands. */
public enum Verdict {
  /** As it should be. */
  OK("ok"),
  /** Not as it should be. */
  PROBLEM("problem"),
  /** What would tell is missing, or may not be read. */
  UNKNOWN("cannot tell");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /** Returns the words for people. */
  public String text() {
    return text;
  }
}
