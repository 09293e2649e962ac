package org.quattor.ncm.xen.cli;

import java.time.InstantSource;
import java.util.function.Consumer;
import org.quattor.ncm.component.Component;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.report.JsonReport;
import org.quattor.ncm.xen.report.Level;
import org.quattor.ncm.xen.report.NcmLines;
import org.quattor.ncm.xen.report.Palette;
import org.quattor.ncm.xen.report.PlanText;

/** A configure or unconfigure: first the plan is told, then what is done, then how it ended. */
record ComponentRun(Session session, RunOptions options, Intent intent, Console console) {

  /** Runs it. */
  Exit execute() {
    String command = intent == Intent.CONFIGURE ? "configure" : "unconfigure";
    if (options.host.local() && !options.noAction && !session.surroundings().root()) {
      throw new Failure(
          Exit.NOT_ROOT,
          command
              + " changes this host and must run as root; expected sudo ncm-xen "
              + command
              + " ..., or --noaction to see what would be done");
    }
    Profile profile = options.profile.read(session.engine(), session.in(), options.model.dialect());
    console.line(Level.VERB, "using profile " + profile.source());
    return options.noAction
        ? execute(profile)
        : session.interruption().during(() -> execute(profile));
  }

  private Exit execute(Profile profile) {
    Component component = session.engine().component();
    boolean inactive = intent == Intent.CONFIGURE && inactive(profile, component);
    ComponentContext context =
        context(
            profile,
            plan -> {
              tellFindings(plan, inactive);
              tellPlan(plan);
            });
    ComponentResult result =
        switch (intent) {
          case CONFIGURE -> component.configure(context);
          case UNCONFIGURE -> component.unconfigure(context);
        };
    ComponentPlan plan = result.plan();
    int stopped = stopped(result);
    // What is left undone must not end with OK; a line that says ERROR counts as one.
    int errors = result.errors() + (stopped > 0 ? 1 : 0);
    tellEnd(result, stopped);
    if (plan.actions().isEmpty() && plan.applicable() && !inactive) {
      console.line(Level.INFO, nothingToDo(profile, component, result));
    }
    NcmLines.closing(intent, component.name(), errors, result.warnings()).forEach(console::line);
    if (options.output.json) {
      console.answer(JsonReport.result(result, options.noAction));
    }
    if (!plan.applicable()) {
      return Exit.INVALID;
    }
    return errors > 0 ? Exit.ERRORS : Exit.DONE;
  }

  private ComponentContext context(Profile profile, Consumer<ComponentPlan> plans) {
    ComponentContext.Builder context =
        ComponentContext.builder(profile)
            .noAction(options.noAction)
            .listener(new LiveListener(console, options.noAction, plans, InstantSource.system()))
            .cancellation(session.interruption()::requested);
    options.addTo(context);
    return context.build();
  }

  private void tellFindings(ComponentPlan plan, boolean inactive) {
    for (Finding finding : plan.findings()) {
      boolean quietNote =
          finding.severity() == Severity.NOTE && plan.actions().isEmpty() && !inactive;
      // A run that changes nothing says nothing at INFO; notes would come back at every run.
      if (quietNote) {
        console.line(Level.VERB, finding.id() + " " + finding.sentence());
      } else {
        console.line(NcmLines.finding(finding));
      }
    }
  }

  private void tellPlan(ComponentPlan plan) {
    if (!plan.actions().isEmpty()) {
      PlanText text = new PlanText(plan, Palette.PLAIN);
      text.steps().forEach(line -> console.line(Level.INFO, line));
      console.line(Level.INFO, text.summary());
    }
  }

  /** Returns how many steps a signal has kept from being done. */
  private int stopped(ComponentResult result) {
    return session.interruption().requested()
        ? result.count(Outcome.NOT_RUN) + result.count(Outcome.SKIPPED)
        : 0;
  }

  private void tellEnd(ComponentResult result, int stopped) {
    console.clearStatus();
    if (!result.refusal().isEmpty()) {
      console.line(Level.ERROR, result.refusal());
    } else if (stopped > 0) {
      console.line(Level.ERROR, "stopped by a signal; " + stopped + " steps were not done");
    } else if (options.noAction && !result.actions().isEmpty()) {
      console.line(Level.INFO, "nothing was changed, as --noaction says");
    }
  }

  private static boolean inactive(Profile profile, Component component) {
    return profile
        .find(component.profilePath() + "/active")
        .filter(active -> active.type() == Element.Type.BOOLEAN)
        .map(active -> !active.asBoolean())
        .orElse(false);
  }

  private String nothingToDo(Profile profile, Component component, ComponentResult result) {
    String did = intent == Intent.CONFIGURE ? "nothing to change" : "nothing to withdraw";
    if (result.errors() > 0) {
      did = "nothing was changed";
    }
    int guests =
        options.guests.isEmpty()
            ? profile
                .find(component.profilePath() + "/domains")
                .map(domains -> domains.children().size())
                .orElse(0)
            : options.guests.size();
    return did
        + ": looked at "
        + guests
        + (guests == 1 ? " guest" : " guests")
        + " (file, disks, autostart, running) with "
        + result.commands()
        + (result.commands() == 1 ? " command" : " commands");
  }
}
