package org.quattor.ncm.xen.report;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.ActionResult;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.xen.text.Words;

/** The lines of an NCM run: findings, actions, and the closing lines that ncm-ncd would print. */
public final class NcmLines {

  private NcmLines() {}

  /** Returns the line of a finding: its id, where, what, what was expected, what to do. */
  public static ReportLine finding(Finding finding) {
    return finding("", finding);
  }

  /** Returns the line of a finding with a prefix before its path, such as the profile's file. */
  static ReportLine finding(String prefix, Finding finding) {
    Level level =
        switch (finding.severity()) {
          case ERROR -> Level.ERROR;
          case WARNING -> Level.WARN;
          case NOTE -> Level.INFO;
        };
    return new ReportLine(level, finding.id() + " " + prefix + finding.sentence());
  }

  /** Returns the name of an action for people: whom it serves, and what it does. */
  public static String name(PlannedAction action) {
    return action.subject().isEmpty()
        ? action.summary()
        : action.subject() + ": " + action.summary();
  }

  /**
   * Returns the line of an action that has ended. A skipped action is not an error: the one that it
   * waited for has been counted.
   */
  public static ReportLine action(ActionResult result) {
    String name = name(result.action());
    return switch (result.outcome()) {
      case DONE -> new ReportLine(Level.INFO, name + ": done");
      case FAILED -> new ReportLine(Level.ERROR, name + ": failed: " + result.cause());
      case SKIPPED -> new ReportLine(Level.INFO, name + ": skipped: " + result.cause());
      case NOT_RUN -> new ReportLine(Level.INFO, name + ": not done: " + result.cause());
    };
  }

  /** Returns the last lines of a run; the very last holds the verdict. */
  public static ImmutableList<ReportLine> closing(
      Intent intent, String component, int errors, int warnings) {
    String verb = verb(intent);
    ImmutableList.Builder<ReportLine> lines = ImmutableList.builder();
    String counts = errors + " errors, " + warnings + " warnings";
    lines.add(
        new ReportLine(Level.INFO, verb + " on component " + component + " executed, " + counts));
    String doing = verb.substring(0, verb.length() - 1) + "ing " + component;
    if (errors > 0) {
      lines.add(new ReportLine(Level.INFO, "Errors while " + doing + " (" + errors + ")"));
    }
    if (warnings > 0) {
      lines.add(new ReportLine(Level.INFO, "Warnings while " + doing + " (" + warnings + ")"));
    }
    Level verdict = errors > 0 ? Level.ERROR : warnings > 0 ? Level.WARN : Level.OK;
    lines.add(new ReportLine(verdict, counts + " executing " + verb));
    return lines.build();
  }

  private static String verb(Intent intent) {
    return Words.of(intent);
  }
}
