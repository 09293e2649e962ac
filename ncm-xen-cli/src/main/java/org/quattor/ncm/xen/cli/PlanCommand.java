package org.quattor.ncm.xen.cli;

import java.util.concurrent.Callable;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code ncm-xen plan}. */
final class PlanCommand implements Callable<Integer> {

  private final ProfileOptions profile = new ProfileOptions();
  private final HostOptions host = new HostOptions();
  private final ModelOptions model = new ModelOptions();
  private final OutputOptions output = new OutputOptions();

  private final OptionSpec guests =
      Declare.texts("--guest")
          .order(20)
          .paramLabel("NAME")
          .description("Plan for this guest only; may be given several times.")
          .build();

  private final OptionSpec detailedExitCode =
      Declare.flag("--detailed-exitcode")
          .order(21)
          .description("Exit with 2 when something would change.")
          .build();

  private final Session session;

  PlanCommand(Session session) {
    this.session = session;
  }

  /** Returns the command as picocli is to know it. */
  CommandSpec spec() {
    CommandSpec spec = Declare.command("plan", this);
    profile.addTo(spec);
    host.addTo(spec);
    model.addTo(spec);
    output.addTo(spec);
    spec.addOption(guests);
    spec.addOption(detailedExitCode);
    spec.usageMessage()
        .description(
            "Print what configure would do, and change nothing.",
            "",
            "The steps stand by guest, each with its reason and with what it means to a guest that"
                + " runs: + creates, ~ changes, - removes, > starts, x stops. Findings follow, then one"
                + " line of counts.")
        .footer(
            "",
            "Examples:",
            "  ncm-xen plan --profile host.json",
            "  ncm-xen plan --profile host.json --detailed-exitcode --quiet",
            "  ncm-xen plan --profile host.json --host simulated:build/host --json");
    return spec;
  }

  @Override
  public Integer call() {
    return session.run(output, false, this::plan);
  }

  private Exit plan(Console console) {
    Profile read = profile.read(session.services(), session.in(), model.dialect());
    ComponentContext.Builder context =
        session.looking(read, console).option("guest", guests.getValue());
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
