package org.quattor.ncm.example;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.quattor.ncm.component.ActionResult;
import org.quattor.ncm.component.Component;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.component.Severity;

/** A component of one action: makes a notice board say what {@code .../motd/text} says. */
final class MessageOfTheDay implements Component {

  static final String NAME = "motd";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ComponentPlan plan(Intent intent, ComponentContext context) {
    String shown = board(context).read();
    String wanted = intent == Intent.UNCONFIGURE ? "" : text(context);
    List<Finding> findings =
        intent == Intent.CONFIGURE && wanted.isEmpty()
            ? List.of(
                new Finding(
                    "MOTD001", Severity.ERROR, profilePath(), "has no text", "the field text", ""))
            : List.of();
    return new Plan(
        intent,
        findings,
        wanted.equals(shown) || !findings.isEmpty() ? List.of() : List.of(new Write(wanted)),
        digest(wanted),
        digest(shown));
  }

  @Override
  public ComponentResult apply(ComponentPlan plan, ComponentContext context) {
    ComponentPlan now = plan(plan.intent(), context);
    if (!now.profileDigest().equals(plan.profileDigest())
        || !now.hostDigest().equals(plan.hostDigest())) {
      return new ComponentResult(plan, List.of(), "the board or the profile has changed", 0);
    }
    context.listener().planned(now);
    return new ComponentResult(
        now,
        now.actions().stream()
            .map(Write.class::cast)
            .map(
                write -> {
                  if (context.noAction() || context.stopRequested()) {
                    return new ActionResult(write, Outcome.NOT_RUN, "nothing is to be changed");
                  }
                  board(context).write(write.text());
                  return new ActionResult(write, Outcome.DONE, "");
                })
            .toList(),
        "",
        0);
  }

  private static NoticeBoard board(ComponentContext context) {
    return context
        .operations(NoticeBoard.class)
        .orElseThrow(() -> new IllegalStateException("the runner offers no notice board"));
  }

  private String text(ComponentContext context) {
    return context.profile().find(profilePath() + "/text").map(Element::text).orElse("");
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Plan(
      Intent intent,
      List<Finding> findings,
      List<Write> actions,
      String profileDigest,
      String hostDigest)
      implements ComponentPlan {

    @Override
    public String component() {
      return NAME;
    }

    @Override
    public boolean complete() {
      return true;
    }

    @Override
    public boolean applicable() {
      return findings.isEmpty();
    }
  }

  private record Write(String text) implements PlannedAction {

    @Override
    public String id() {
      return "write";
    }

    @Override
    public String type() {
      return "change-notice";
    }

    @Override
    public String target() {
      return "the notice board";
    }

    @Override
    public String summary() {
      return "write " + text;
    }

    @Override
    public String reason() {
      return "it says something else";
    }

    @Override
    public Impact impact() {
      return Impact.NONE;
    }

    @Override
    public List<String> dependsOn() {
      return List.of();
    }
  }
}
