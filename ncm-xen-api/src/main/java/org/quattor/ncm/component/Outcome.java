package org.quattor.ncm.component;

/** What became of a planned action. */
public enum Outcome {
  /** Executed, and it succeeded. */
  DONE,
  /** Executed, and it failed; the cause says how. */
  FAILED,
  /** Not executed, since an action that it depends on was not done. */
  SKIPPED,
  /** Not executed, since nothing was to be changed, or the run was cancelled. */
  NOT_RUN
}
