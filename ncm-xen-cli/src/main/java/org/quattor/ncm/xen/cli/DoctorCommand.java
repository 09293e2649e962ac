package org.quattor.ncm.xen.cli;

import java.util.concurrent.Callable;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.derive.HostVariables;
import org.quattor.ncm.xen.doctor.Diagnosis;
import org.quattor.ncm.xen.doctor.Expectations;
import org.quattor.ncm.xen.doctor.Verdict;
import org.quattor.ncm.xen.report.DoctorText;
import org.quattor.ncm.xen.report.JsonReport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code ncm-xen doctor}. */
final class DoctorCommand implements Callable<Integer> {

  private static final String MEMORY = "XEN_DOM0_MEM";
  private static final String ROOT = "XEN_DOM0_ROOT_DEVICE";
  private static final String WALLCLOCK = "XEN_INDEPENDENT_WALLCLOCK";

  private final OptionSpec profile =
      Declare.text("--profile")
          .order(1)
          .paramLabel("FILE|-")
          .description(
              "The host's compiled profile, JSON or XML, gzip allowed; - reads standard input."
                  + " Default: none")
          .build();

  private final OptionSpec files =
      Declare.texts("--vars")
          .order(6)
          .paramLabel("FILE")
          .description(
              "The XEN_* variables of the host, as for derive: what is expected of its memory, its root"
                  + " device and the clocks of its guests; may be given several times.")
          .build();

  private final OptionSpec assignments =
      Declare.texts("--set")
          .order(7)
          .paramLabel("NAME=VALUE")
          .description(
              "Set one variable, after all files: "
                  + MEMORY
                  + ", "
                  + ROOT
                  + " or "
                  + WALLCLOCK
                  + "; may be given several times.")
          .build();

  private final HostOptions host = new HostOptions();
  private final ModelOptions model = new ModelOptions();
  private final OutputOptions output = new OutputOptions();

  private final Session session;

  DoctorCommand(Session session) {
    this.session = session;
  }

  /** Returns the command as picocli is to know it. */
  CommandSpec spec() {
    CommandSpec spec = Declare.command("doctor", this);
    spec.addOption(profile);
    spec.addOption(files);
    spec.addOption(assignments);
    host.addTo(spec);
    model.addTo(spec);
    output.addTo(spec);
    spec.usageMessage()
        .description(
            "Tell whether a dom0 is ready for guests, and change nothing.",
            "",
            "One line for each thing: ok, problem or cannot tell; below a problem the command that mends"
                + " it. Looked at: Xen and its boot entry, dom0's memory, root device, kernel and initrd"
                + " (with LVM in it when the root is on LVM), autoballoon, xendomains and what it does when"
                + " the host goes down, and the clocks of guests.",
            "",
            "Exit code 0 when there is no problem, 1 when there is one; what cannot be told, often for lack"
                + " of rights, is none. No profile is needed; with one, its guests count.")
        .footer(
            "",
            "Examples:",
            "  ncm-xen doctor --set XEN_DOM0_MEM=2G --set XEN_DOM0_ROOT_DEVICE=/dev/vg0/root",
            "  ncm-xen doctor --profile host.json --json");
    return spec;
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
    HostVariables variables = DeriveOptions.variables(files.getValue(), assignments.getValue());
    for (Finding finding : variables.findings()) {
      if (finding.severity() == Severity.ERROR) {
        throw new Failure(Exit.USAGE, finding.sentence());
      }
    }
    try {
      return new Expectations(
          variables.sources().containsKey(MEMORY) ? variables.dom0Memory() : null,
          variables.sources().containsKey(ROOT) ? variables.dom0RootDevice() : null,
          variables.independentWallclock(),
          null);
    } catch (IllegalArgumentException e) {
      throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
    }
  }
}
