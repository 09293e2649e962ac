package org.quattor.ncm.xen.report;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Severity;

/**
 * What a check said of one profile.
 *
 * @param file the profile as it was named
 * @param state whether there was anything to check
 * @param problem why the profile could not be checked, as a sentence; empty when it could
 * @param findings what is wrong, doubtful or worth knowing
 */
public record CheckedProfile(
    String file, State state, String problem, ImmutableList<Finding> findings) {

  /** Whether there was anything to check. */
  public enum State {
    /** Read and checked; the findings say whether it is valid. */
    CHECKED,
    /** Opened, but not a profile. */
    INVALID,
    /** Missing, a directory, unreadable, or without the component. */
    ABSENT
  }

  /** Returns the same with further findings. */
  public CheckedProfile and(ImmutableList<Finding> further) {
    return further.isEmpty()
        ? this
        : new CheckedProfile(
            file,
            state,
            problem,
            ImmutableList.<Finding>builder().addAll(findings).addAll(further).build());
  }

  /** Returns the number of errors; a profile that could not be checked is one. */
  public int errors() {
    return state == State.CHECKED ? count(Severity.ERROR) : 1;
  }

  /** Returns the number of warnings. */
  public int warnings() {
    return count(Severity.WARNING);
  }

  private int count(Severity severity) {
    return (int) findings.stream().filter(f -> f.severity() == severity).count();
  }

  /** Returns the findings, or the problem, as lines that name the file. */
  public ImmutableList<ReportLine> lines() {
    if (state != State.CHECKED) {
      return ImmutableList.of(new ReportLine(Level.ERROR, problem));
    }
    return findings.stream()
        .map(finding -> NcmLines.finding(file + ":", finding))
        .collect(ImmutableList.toImmutableList());
  }
}
