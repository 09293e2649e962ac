package org.quattor.ncm.xen.report;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import org.quattor.ncm.xen.doctor.Check;
import org.quattor.ncm.xen.doctor.Diagnosis;
import org.quattor.ncm.xen.doctor.Verdict;
import org.quattor.ncm.xen.text.Printable;
import org.quattor.ncm.xen.text.Words;

/**
 * The diagnosis for people: a line for each check, and below a problem the command that fixes it.
 */
public final class DoctorText {

  private static final int WIDTH = 9;

  private DoctorText() {}

  /** Returns the lines; the last one counts. */
  public static ImmutableList<String> lines(Diagnosis diagnosis) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    for (Check check : diagnosis.checks()) {
      lines.add(
          Strings.padEnd(Words.of(check.verdict()), WIDTH, ' ') + Printable.line(text(check)));
      if (!check.fix().isEmpty()) {
        String label = check.verdict() == Verdict.PROBLEM ? "fix: " : "try: ";
        lines.add(" ".repeat(WIDTH) + label + Printable.line(check.fix()));
      }
    }
    lines.add(
        diagnosis.count(Verdict.OK)
            + " ok, "
            + diagnosis.count(Verdict.PROBLEM)
            + (diagnosis.count(Verdict.PROBLEM) == 1 ? " problem, " : " problems, ")
            + diagnosis.count(Verdict.UNKNOWN)
            + " unknown");
    return lines.build();
  }

  private static String text(Check check) {
    if (check.verdict() == Verdict.OK) {
      return check.subject() + ": " + check.found();
    }
    return check.id()
        + " "
        + check.subject()
        + ": "
        + check.path()
        + ": "
        + check.found()
        + (check.expected().isEmpty() ? "" : "; expected " + check.expected());
  }
}
