package org.quattor.ncm.xen.apply;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.Map;
import org.quattor.ncm.component.ActionResult;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentListener;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.plan.Action;
import org.quattor.ncm.xen.plan.XenPlan;

/**
 * Executes the actions of a plan one after the other. When an action fails, those that depend on it
 * are skipped, and no others.
 */
public final class Applier {

  private final ComponentContext context;
  private final ComponentListener listener;
  private final ActionExecutor executor;
  private final Map<String, ActionResult> results = new HashMap<>();

  private Applier(ComponentContext context, ActionExecutor executor) {
    this.context = context;
    this.listener = context.listener();
    this.executor = executor;
  }

  /**
   * Returns the outcome of each action, in the order of the plan.
   *
   * @param seen what the plan was made from
   */
  public static ImmutableList<ActionResult> apply(
      XenPlan plan, XenHost host, Observation seen, ComponentContext context, Pause pause) {
    ActionExecutor executor =
        new ActionExecutor(host, host.domains(seen.toolstack()), seen, context, pause);
    Applier applier = new Applier(context, executor);
    return plan.actions().stream().map(applier::one).collect(ImmutableList.toImmutableList());
  }

  private ActionResult one(Action action) {
    ActionResult result = outcome(action);
    results.put(action.id(), result);
    listener.finished(result);
    return result;
  }

  private ActionResult outcome(Action action) {
    if (context.noAction()) {
      return new ActionResult(action, Outcome.NOT_RUN, "this run changes nothing");
    }
    for (String id : action.dependsOn()) {
      ActionResult before = results.get(id);
      if (before != null && before.outcome() != Outcome.DONE) {
        return new ActionResult(action, Outcome.SKIPPED, because(before));
      }
    }
    if (context.stopRequested()) {
      return new ActionResult(action, Outcome.NOT_RUN, "the run ended before it");
    }
    listener.started(action);
    try {
      return executor.execute(action);
    } catch (HostFailure e) {
      return new ActionResult(action, Outcome.FAILED, String.valueOf(e.getMessage()));
    }
  }

  /** Names the first cause, however long the chain of skipped actions is. */
  private static String because(ActionResult before) {
    return before.outcome() == Outcome.FAILED
        ? before.action().summary() + " failed"
        : before.cause();
  }
}
