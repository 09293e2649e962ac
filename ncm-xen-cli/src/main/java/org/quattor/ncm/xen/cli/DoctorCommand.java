package org.quattor.ncm.xen.cli;

import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.derive.HostVariables;
import org.quattor.ncm.xen.doctor.Diagnosis;
import org.quattor.ncm.xen.doctor.Expectations;
import org.quattor.ncm.xen.doctor.Verdict;
import org.quattor.ncm.xen.report.DoctorText;
import org.quattor.ncm.xen.report.JsonReport;
import picocli.CommandLine.Model.OptionSpec;

/** {@code ncm-xen doctor}. */
final class DoctorCommand extends Command {

  private static final String MEMORY = "XEN_DOM0_MEM";
  private static final String ROOT = "XEN_DOM0_ROOT_DEVICE";
  private static final String WALLCLOCK = "XEN_INDEPENDENT_WALLCLOCK";

  private final OptionSpec profile =
      add(
          Declare.text("--profile")
              .order(1)
              .paramLabel("FILE|-")
              .description(
                  "The compiled profile of the host, JSON or XML, also in gzip; - reads standard input."
                      + " Default: none")
              .build());

  private final VariableOptions variables =
      new VariableOptions(
          this,
          "The XEN_* variables of the host, as for derive. They set the expected memory and root"
              + " device of dom0, and the clocks of the guests.",
          MEMORY + ", " + ROOT + " or " + WALLCLOCK);

  private final HostOptions host = new HostOptions(this);
  private final ModelOptions model = new ModelOptions(this);
  private final OutputOptions output = new OutputOptions(this);

  DoctorCommand(Session session) {
    super("doctor", session);
    describe(
        "Check that a dom0 is ready for guests, and change nothing.",
        "",
        "Prints a line for each check: ok, problem or unknown; below a problem, the command that"
            + " fixes it. Checks Xen and its boot entry; dom0's memory, root device, kernel and"
            + " initrd (with LVM when the root is on LVM); autoballoon; xendomains and what it does"
            + " when the host shuts down; the clocks of guests.",
        "",
        "Exit code 0 when there is no problem, 1 when there is one. Unknown, often"
            + " because it needs root, is not a problem. No profile is needed; with one, its guests"
            + " are checked too.");
    examples(
        "ncm-xen doctor --set XEN_DOM0_MEM=2G --set XEN_DOM0_ROOT_DEVICE=/dev/vg0/root",
        "ncm-xen doctor --profile host.json --json");
  }

  @Override
  public Integer call() {
    return session.run(output, false, this::examine);
  }

  private Exit examine(Console console) {
    Expectations expected = expectations();
    String file = profile.getValue();
    ComponentContext.Builder context =
        session.looking(
            file == null
                ? session.services().noProfile()
                : InputFiles.read(session.services(), session.in(), file),
            console);
    host.addTo(context);
    model.addTo(context);
    Diagnosis diagnosis = session.services().examine(context.build(), file != null, expected);
    if (output.json()) {
      console.answer(JsonReport.doctor(diagnosis));
    } else {
      DoctorText.lines(diagnosis).forEach(console::answerLine);
    }
    return diagnosis.count(Verdict.PROBLEM) > 0 ? Exit.ERRORS : Exit.DONE;
  }

  private Expectations expectations() {
    HostVariables values = variables.read();
    for (Finding finding : values.findings()) {
      if (finding.severity() == Severity.ERROR) {
        throw new Failure(Exit.USAGE, finding.sentence());
      }
    }
    try {
      return new Expectations(
          values.sources().containsKey(MEMORY) ? values.dom0Memory() : null,
          values.sources().containsKey(ROOT) ? values.dom0RootDevice() : null,
          values.independentWallclock(),
          null);
    } catch (IllegalArgumentException e) {
      throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
    }
  }
}
