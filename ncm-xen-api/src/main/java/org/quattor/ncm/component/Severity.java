package org.quattor.ncm.component;

/** How much a {@link Finding} weighs. */
public enum Severity {
  /** The declared state cannot be reached as it stands; counts as an NCM error. */
  ERROR,
  /** Worth a change, but nothing is held back for it; counts as an NCM warning. */
  WARNING,
  /** Worth knowing; counts as nothing. */
  NOTE
}
