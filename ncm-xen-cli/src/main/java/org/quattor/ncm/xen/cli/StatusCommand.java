package org.quattor.ncm.xen.cli;

import java.util.ArrayList;
import java.util.List;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.report.JsonReport;
import org.quattor.ncm.xen.report.NagiosLine;
import org.quattor.ncm.xen.report.NcmLines;
import org.quattor.ncm.xen.report.StatusText;
import org.quattor.ncm.xen.status.HostStatus;
import picocli.CommandLine.Model.OptionSpec;

/** {@code ncm-xen status}. */
final class StatusCommand extends Command {

  /** The finding that names the disks that were created by ncm-xen and that no guest uses. */
  private static final String LEFT_DISKS = "XEN319";

  private final ProfileOptions profile = new ProfileOptions(this);
  private final HostOptions host = new HostOptions(this);
  private final ModelOptions model = new ModelOptions(this);
  private final OutputOptions output = new OutputOptions(this);

  private final GuestSelection guests = new GuestSelection(this, "Show this guest only.");

  private final OptionSpec format =
      add(
          Declare.choice("--format", "table", "nagios")
              .order(21)
              .defaultValue("table")
              .description(
                  "The output: a table for people, or one line for a monitoring system.",
                  "Default: ${DEFAULT-VALUE}")
              .build());

  StatusCommand(Session session) {
    super("status", session);
    describe(
        "Show the state of each guest, and change nothing.",
        "",
        "A table with, for each guest: its declared state, its file, autostart, its domain, its"
            + " disks, and what it takes until the guest is as declared: nothing, configure, live,"
            + " next-reboot, pending (already stored for the next reboot), or errors. Then come the"
            + " differences, and what configure would do. Domains that the profile does not declare"
            + " are listed too, and disks that were created by ncm-xen and that no guest uses any"
            + " more.",
        "",
        "With --format nagios: one line with performance data. Exit code 0 when everything is as"
            + " declared, 1 when something differs, 2 when a guest that should run does not, or on an"
            + " error, 3 when the state is unknown.");
    examples(
        "ncm-xen status --profile host.json",
        "ncm-xen status --profile host.json --guest vm1 --json",
        "ncm-xen status --format nagios");
  }

  @Override
  public Integer call() {
    if (!format.getValue().equals("nagios") || output.json()) {
      return session.run(output, false, this::status);
    }
    List<NagiosLine> lines = new ArrayList<>();
    session.run(
        output,
        false,
        console -> {
          lines.add(nagios(console));
          console.answerLine(lines.get(0).text());
          return Exit.DONE;
        });
    return lines.isEmpty() ? NagiosLine.State.UNKNOWN.code() : lines.get(0).code();
  }

  /** A monitoring system gets its one line, whatever happens. */
  private NagiosLine nagios(Console console) {
    try {
      return NagiosLine.of(read(console));
    } catch (RuntimeException e) {
      return NagiosLine.unknown(String.valueOf(e.getMessage()));
    }
  }

  private Exit status(Console console) {
    HostStatus status = read(console);
    if (output.json()) {
      console.answer(JsonReport.status(status));
    } else {
      StatusText.lines(status).forEach(console::answerLine);
      status.plan().findings().stream()
          .filter(StatusCommand::isWorthALine)
          .forEach(finding -> console.line(NcmLines.finding(finding)));
    }
    return status.plan().applicable() ? Exit.DONE : Exit.INVALID;
  }

  /** Other notes repeat the table, or are about the profile. */
  private static boolean isWorthALine(Finding finding) {
    return finding.severity() != Severity.NOTE || finding.id().equals(LEFT_DISKS);
  }

  private HostStatus read(Console console) {
    ComponentContext.Builder context =
        session
            .looking(profile.read(session.services(), session.in(), model.dialect()), console)
            .option("guest", guests.names());
    host.addTo(context);
    model.addTo(context);
    return session.services().status(context.build());
  }
}
