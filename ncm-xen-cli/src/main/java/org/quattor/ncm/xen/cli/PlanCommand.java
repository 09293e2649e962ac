package org.quattor.ncm.xen.cli;

import java.util.ArrayList;
import java.util.List;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ncm-xen plan}. */
@Command(
    name = "plan",
    description = {
      "Print what configure would do, and change nothing.",
      "",
      "The steps stand by guest, each with its reason and with what it means to a guest that"
          + " runs: + creates, ~ changes, - removes, > starts, x stops. Findings follow, then one"
          + " line of counts."
    },
    footer = {
      "",
      "Examples:",
      "  ncm-xen plan --profile host.json",
      "  ncm-xen plan --profile host.json --detailed-exitcode --quiet",
      "  ncm-xen plan --profile host.json --host simulated:build/host --json"
    })
final class PlanCommand implements Callable<Integer> {

  @Mixin private final ProfileOptions profile = new ProfileOptions();
  @Mixin private final HostOptions host = new HostOptions();
  @Mixin private final ModelOptions model = new ModelOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--guest",
      order = 20,
      paramLabel = "NAME",
      description = "Plan for this guest only; may be given several times.")
  private List<String> guests = new ArrayList<>();

  @Option(
      names = "--detailed-exitcode",
      order = 21,
      description = "Exit with 2 when something would change.")
  private boolean detailedExitCode;

  private final Session session;

  PlanCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return session.run(output, false, this::plan);
  }

  private Exit plan(Console console) {
    Profile read = profile.read(session.engine(), session.in(), model.dialect());
    ComponentContext.Builder context = session.looking(read, console).option("guest", guests);
    host.addTo(context);
    model.addTo(context);
    ComponentPlan plan = session.engine().component().plan(Intent.CONFIGURE, context.build());
    if (output.json) {
      console.answer(JsonReport.plan(plan));
    } else if (output.quiet) {
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
    return detailedExitCode && !plan.actions().isEmpty() ? Exit.CHANGES : Exit.DONE;
  }
}
