package org.quattor.ncm.xen.cli;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.xen.doctor.Diagnosis;
import org.quattor.ncm.xen.doctor.Expectations;
import org.quattor.ncm.xen.doctor.Verdict;
import org.quattor.ncm.xen.report.DoctorText;
import org.quattor.ncm.xen.report.JsonReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ncm-xen doctor}. */
@Command(
    name = "doctor",
    description = {
      "Tell whether a dom0 is ready for guests, and change nothing.",
      "",
      "One line for each thing: ok, problem or cannot tell; below a problem the command that mends"
          + " it. Looked at: Xen and its boot entry, dom0's memory, root device, kernel and initrd"
          + " (with LVM in it when the root is on LVM), autoballoon, xendomains and what it does when"
          + " the host goes down, and the clocks of guests.",
      "",
      "Exit code 0 when there is no problem, 1 when there is one; what cannot be told, often for lack"
          + " of rights, is none. No profile is needed; with one, its guests count."
    },
    footer = {
      "",
      "Examples:",
      "  ncm-xen doctor --set XEN_DOM0_MEM=2G --set XEN_DOM0_ROOT_DEVICE=/dev/vg0/root",
      "  ncm-xen doctor --profile host.json --json"
    })
final class DoctorCommand implements Callable<Integer> {

  private static final String MEMORY = "XEN_DOM0_MEM";
  private static final String ROOT = "XEN_DOM0_ROOT_DEVICE";
  private static final String WALLCLOCK = "XEN_INDEPENDENT_WALLCLOCK";

  @Option(
      names = "--profile",
      order = 1,
      paramLabel = "FILE|-",
      description =
          "The host's compiled profile, JSON or XML, gzip allowed; - reads standard input."
              + " Default: none")
  private @Nullable String profile;

  @Option(
      names = "--set",
      order = 5,
      paramLabel = "NAME=VALUE",
      description =
          "What is expected: "
              + MEMORY
              + ", "
              + ROOT
              + " or "
              + WALLCLOCK
              + " (true, false); may be given several times.")
  private List<String> settings = new ArrayList<>();

  @Mixin private final HostOptions host = new HostOptions();
  @Mixin private final ModelOptions model = new ModelOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  private final Session session;

  DoctorCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return session.run(output, false, this::examine);
  }

  private Exit examine(Console console) {
    Expectations expected = expectations();
    ComponentContext.Builder context =
        ComponentContext.builder(
                profile == null
                    ? session.engine().noProfile()
                    : InputFiles.read(session.engine(), session.in(), profile))
            .noAction(true)
            .listener(new LiveListener(console, true, plan -> {}, InstantSource.system()));
    host.addTo(context);
    model.addTo(context);
    Diagnosis diagnosis = session.engine().examine(context.build(), profile != null, expected);
    if (output.json) {
      console.answer(JsonReport.doctor(diagnosis));
    } else {
      DoctorText.lines(diagnosis).forEach(console::answerLine);
    }
    return diagnosis.count(Verdict.PROBLEM) > 0 ? Exit.ERRORS : Exit.DONE;
  }

  private Expectations expectations() {
    String memory = null;
    String root = null;
    boolean wallclock = false;
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      String name = equals < 0 ? setting : setting.substring(0, equals);
      String value = equals < 0 ? "" : setting.substring(equals + 1);
      switch (name) {
        case MEMORY -> memory = value;
        case ROOT -> root = value;
        case WALLCLOCK -> wallclock = truth(value);
        default ->
            throw new Failure(
                Exit.USAGE,
                "--set knows "
                    + MEMORY
                    + ", "
                    + ROOT
                    + " and "
                    + WALLCLOCK
                    + " here, not '"
                    + name
                    + "'");
      }
    }
    try {
      return new Expectations(memory, root, wallclock, null);
    } catch (IllegalArgumentException e) {
      throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private static boolean truth(String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new Failure(Exit.USAGE, WALLCLOCK + " takes true or false, not '" + value + "'");
    };
  }
}
