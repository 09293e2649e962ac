package org.quattor.ncm.xen.report;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.Effect;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.text.Printable;

/**
 * A plan for people: the steps by guest, each with its reason and what it means to what runs, then
 * the findings, then one line of counts.
 */
public final class PlanText {

  private static final String WHOLE_HOST = "host";

  private final ComponentPlan plan;
  private final Palette palette;

  /** Makes the text of a plan in the colours of the palette. */
  public PlanText(ComponentPlan plan, Palette palette) {
    this.plan = plan;
    this.palette = palette;
  }

  /**
   * Returns the steps as lines: the name of a guest (or {@code host}), below it its steps. Groups
   * stand in the order of their first step, steps in the order of execution.
   */
  public ImmutableList<String> steps() {
    Map<String, List<PlannedAction>> groups = new LinkedHashMap<>();
    for (PlannedAction action : plan.actions()) {
      String subject = action.subject().isEmpty() ? WHOLE_HOST : action.subject();
      groups.computeIfAbsent(subject, key -> new ArrayList<>()).add(action);
    }
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    groups.forEach(
        (subject, actions) -> {
          lines.add(palette.bold(Printable.line(subject)));
          actions.forEach(action -> lines.add("  " + step(action)));
        });
    return lines.build();
  }

  /** Returns the findings as lines: errors first, then warnings, then notes. */
  public ImmutableList<String> findings() {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    for (Severity severity : Severity.values()) {
      for (Finding finding : plan.findings()) {
        if (finding.severity() == severity) {
          ReportLine line = NcmLines.finding(finding);
          lines.add(palette.severity(severity, line.level().prefix().strip()) + " " + line.text());
        }
      }
    }
    return lines.build();
  }

  /** Returns the counts as a sentence, such as {@code Plan: 3 to create, 1 to change.} */
  public String summary() {
    Map<Effect, Integer> counts = new EnumMap<>(Effect.class);
    plan.actions().forEach(action -> counts.merge(action.effect(), 1, Integer::sum));
    List<String> parts = new ArrayList<>();
    counts.forEach((effect, count) -> parts.add(count + " to " + effect.verb()));
    String steps =
        !plan.applicable()
            ? "Plan: none, the profile is not valid"
            : parts.isEmpty() ? "Plan: nothing to change" : "Plan: " + String.join(", ", parts);
    List<String> remarks = new ArrayList<>();
    count(Severity.ERROR, "error", remarks);
    count(Severity.WARNING, "warning", remarks);
    String incomplete =
        plan.complete()
            ? ""
            : " The plan is not complete: steps that need what could not be seen are left out.";
    return steps + (remarks.isEmpty() ? "" : "; " + String.join(", ", remarks)) + "." + incomplete;
  }

  private String step(PlannedAction action) {
    Effect effect = action.effect();
    StringBuilder line = new StringBuilder(action.summary());
    if (!action.reason().isEmpty()) {
      line.append(", because ").append(action.reason());
    }
    line.append(impact(action.impact()));
    return palette.effect(effect, symbol(effect)) + " " + Printable.line(line.toString());
  }

  private static String symbol(Effect effect) {
    return switch (effect) {
      case CREATE -> "+";
      case CHANGE -> "~";
      case REMOVE -> "-";
      case START -> ">";
      case STOP -> "x";
    };
  }

  private static String impact(Impact impact) {
    return switch (impact) {
      case NONE -> "";
      case LIVE -> "; takes effect at once in what is running";
      case NEXT_REBOOT -> "; takes effect when the running domain next reboots";
      case RESTART -> "; takes effect when the running domain is stopped and started";
    };
  }

  private void count(Severity severity, String word, List<String> remarks) {
    long count = plan.findings().stream().filter(f -> f.severity() == severity).count();
    if (count > 0) {
      remarks.add(count + " " + word + (count == 1 ? "" : "s"));
    }
  }
}
