package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.quattor.ncm.component.ActionResult;
import org.quattor.ncm.component.ComponentListener;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.xen.report.Level;
import org.quattor.ncm.xen.report.NcmLines;

/**
 * Shows progress: a line for each action that has ended; during a long one, a bar on a terminal, or
 * a line from time to time.
 */
final class LiveListener implements ComponentListener {

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
  private static final int BAR_WIDTH = 20;
  private static final ImmutableSet<String> FILE_ACTIONS =
      ImmutableSet.of("write-file", "remove-file");

  private final Console console;
  private final boolean noAction;
  private final Consumer<ComponentPlan> plans;
  private final LongSupplier nanoTime;
  private long lastLine;
  private int shownPercent = -1;

  /**
   * Makes one.
   *
   * @param noAction whether actions that were not run need no line
   * @param plans prints a plan before it is executed
   * @param nanoTime as {@link System#nanoTime}: setting the clock must not hide a long action
   */
  LiveListener(
      Console console, boolean noAction, Consumer<ComponentPlan> plans, LongSupplier nanoTime) {
    this.console = console;
    this.noAction = noAction;
    this.plans = plans;
    this.nanoTime = nanoTime;
    this.lastLine = nanoTime.getAsLong();
  }

  @Override
  public void stage(String description) {
    console.line(Level.VERB, description);
    console.status(description + " ...");
  }

  @Override
  public void planned(ComponentPlan plan) {
    console.clearStatus();
    plans.accept(plan);
  }

  @Override
  public void command(String commandLine) {
    console.line(Level.VERB, "Executing command: " + commandLine);
  }

  @Override
  public void started(PlannedAction action) {
    console.line(Level.VERB, NcmLines.name(action));
    console.status(NcmLines.name(action) + " ...");
    lastLine = nanoTime.getAsLong();
    shownPercent = -1;
  }

  @Override
  public void progress(PlannedAction action, long done, long total) {
    int percent = (int) (100.0 * Math.max(0, Math.min(done, total)) / Math.max(1, total));
    if (percent == shownPercent) {
      return;
    }
    if (console.hasLiveStatus()) {
      shownPercent = percent;
      console.status(bar(percent) + " " + NcmLines.name(action));
    } else if (nanoTime.getAsLong() - lastLine >= BETWEEN_LINES.toNanos()) {
      shownPercent = percent;
      lastLine = nanoTime.getAsLong();
      console.line(Level.INFO, NcmLines.name(action) + ": " + percent + "%");
    }
  }

  /** Returns a bar with the number behind it. */
  static String bar(int percent) {
    int full = BAR_WIDTH * percent / 100;
    return String.format("[%s%s] %3d%%", "#".repeat(full), ".".repeat(BAR_WIDTH - full), percent);
  }

  @Override
  public void finished(ActionResult result) {
    console.clearStatus();
    if (!noAction || result.outcome() != Outcome.NOT_RUN) {
      console.line(NcmLines.action(result));
    }
    if (result.outcome() == Outcome.DONE && FILE_ACTIONS.contains(result.action().type())) {
      // In the words of ncm-ncd, because the Perl component passes it on.
      console.line(Level.VERB, "EVENT: xen modified file " + result.action().target());
    }
  }
}
