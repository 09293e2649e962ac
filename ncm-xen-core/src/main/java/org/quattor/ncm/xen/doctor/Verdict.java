package org.quattor.ncm.xen.doctor;

/** The result of one check. */
public enum Verdict {
  /** As it should be. */
  OK,
  /** Not as it should be. */
  PROBLEM,
  /** What would tell is missing, or may not be read. */
  UNKNOWN
}
