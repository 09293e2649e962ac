package org.quattor.ncm.xen.report;

/** The weight of a line, with the prefix that NCM's reporter prints (CAF::Reporter). */
public enum Level {
  /** What happens. */
  INFO("[INFO] "),
  /** The last line of a run without errors and warnings; three blanks, as NCM writes it. */
  OK("[OK]   "),
  /** Counts as a warning, unless it is the last line. */
  WARN("[WARN] "),
  /** Counts as an error, unless it is the last line. */
  ERROR("[ERROR] "),
  /** For {@code --verbose}. */
  VERB("[VERB] "),
  /** For {@code --debug}. */
  DEBUG("[DEBUG] ");

  private final String prefix;

  Level(String prefix) {
    this.prefix = prefix;
  }

  /** Returns what the line begins with, the blank included. */
  public String prefix() {
    return prefix;
  }
}
