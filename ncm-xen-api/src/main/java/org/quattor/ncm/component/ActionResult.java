package org.quattor.ncm.component;

/**
 * One action and what became of it.
 *
 * @param action the action as it was planned
 * @param outcome what became of it
 * @param cause why it was not done, as a sentence; empty when it was
 */
public record ActionResult(PlannedAction action, Outcome outcome, String cause) {

  /** Checks that a failure has a cause. */
  public ActionResult {
    if (outcome != Outcome.DONE && cause.isEmpty()) {
      throw new IllegalArgumentException(action.id() + " is " + outcome + " without a cause");
    }
  }
}
