package org.quattor.ncm.xen.doctor;

import com.google.common.collect.ImmutableList;

/**
 * How a host stands.
 *
 * @param checks one for each thing that was looked at
 */
public record Diagnosis(ImmutableList<Check> checks) {

  /** Returns how many have the verdict. */
  public int count(Verdict verdict) {
    return (int) checks.stream().filter(check -> check.verdict() == verdict).count();
  }
}
