package org.quattor.ncm.xen.doctor;

import com.google.common.collect.ImmutableList;

/**
 * The state of a host.
 *
 * @param checks the result of each check
 */
public record Diagnosis(ImmutableList<Check> checks) {

  /** Returns how many have the verdict. */
  public int count(Verdict verdict) {
    return (int) checks.stream().filter(check -> check.verdict() == verdict).count();
  }
}
