package org.quattor.ncm.xen.cli;

import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.report.JsonReport;
import org.quattor.ncm.xen.report.NcmLines;
import org.quattor.ncm.xen.report.Palette;
import org.quattor.ncm.xen.report.PlanText;
import picocli.CommandLine.Model.OptionSpec;

/** {@code ncm-xen plan}. */
final class PlanCommand extends Command {

  private final ProfileOptions profile = new ProfileOptions(this);
  private final HostOptions host = new HostOptions(this);
  private final ModelOptions model = new ModelOptions(this);
  private final OutputOptions output = new OutputOptions(this);

  private final GuestSelection guests = new GuestSelection(this, "Plan for this guest only.");

  private final OptionSpec detailedExitCode =
      add(
          Declare.flag("--detailed-exitcode")
              .order(21)
              .description("Exit with 2 when configure would change something.")
              .build());

  PlanCommand(Session session) {
    super("plan", session);
    describe(
        "Print what configure would do, and change nothing.",
        "",
        "Lists the actions by guest, each with its reason and its effect on a running guest: +"
            + " creates, ~ changes, - removes, > starts, x stops. Then come the findings and a line"
            + " of counts.");
    examples(
        "ncm-xen plan --profile host.json",
        "ncm-xen plan --profile host.json --detailed-exitcode --quiet",
        "ncm-xen plan --profile host.json --host simulated:build/host --json");
  }

  @Override
  public Integer call() {
    return session.run(output, false, this::plan);
  }

  private Exit plan(Console console) {
    Profile read = profile.read(session.services(), session.in(), model.dialect());
    ComponentContext.Builder context =
        session.looking(read, console).option("guest", guests.names());
    host.addTo(context);
    model.addTo(context);
    ComponentPlan plan = session.services().component().plan(Intent.CONFIGURE, context.build());
    if (output.json()) {
      console.answer(JsonReport.plan(plan));
    } else if (output.quiet()) {
      plan.findings().forEach(finding -> console.line(NcmLines.finding(finding)));
    } else {
      print(console, plan);
    }
    return exit(plan);
  }

  private void print(Console console, ComponentPlan plan) {
    PlanText text =
        new PlanText(plan, session.surroundings().coloured() ? Palette.ANSI : Palette.PLAIN);
    text.steps().forEach(console::answerLine);
    text.findings().forEach(console::answerLine);
    console.answerLine(text.summary());
  }

  private Exit exit(ComponentPlan plan) {
    if (!plan.applicable()) {
      return Exit.INVALID;
    }
    if (plan.findings().stream().map(Finding::severity).anyMatch(Severity.ERROR::equals)) {
      return Exit.ERRORS;
    }
    return detailedExitCode.<Boolean>getValue() && !plan.actions().isEmpty()
        ? Exit.CHANGES
        : Exit.DONE;
  }
}
