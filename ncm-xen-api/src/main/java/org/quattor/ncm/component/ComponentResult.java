package org.quattor.ncm.component;

import java.util.List;

/**
 * How a configure or unconfigure ended, as data. Success is decided by counters, as in NCM: no
 * errors means success, warnings are allowed.
 *
 * @param plan the plan that was executed
 * @param actions every action of the plan with its outcome, in the order of the plan
 * @param refusal why nothing was executed although the plan has actions; empty otherwise
 * @param commands how many external commands the run used, reading ones included
 */
public record ComponentResult(
    ComponentPlan plan, List<ActionResult> actions, String refusal, int commands) {

  /** Copies the list. */
  public ComponentResult {
    actions = List.copyOf(actions);
  }

  /** Returns the number of errors: error findings, failed actions, and a refusal. */
  public int errors() {
    return count(Severity.ERROR) + count(Outcome.FAILED) + (refusal.isEmpty() ? 0 : 1);
  }

  /** Returns the number of warning findings. */
  public int warnings() {
    return count(Severity.WARNING);
  }

  /** Returns how many actions ended in the outcome. */
  public int count(Outcome outcome) {
    return (int) actions.stream().filter(result -> result.outcome() == outcome).count();
  }

  private int count(Severity severity) {
    return (int) plan.findings().stream().filter(f -> f.severity() == severity).count();
  }
}
