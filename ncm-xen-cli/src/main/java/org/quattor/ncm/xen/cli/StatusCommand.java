package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.plan.HostStatus;
import org.quattor.ncm.xen.report.JsonReport;
import org.quattor.ncm.xen.report.NagiosLine;
import org.quattor.ncm.xen.report.NcmLines;
import org.quattor.ncm.xen.report.StatusText;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** {@code ncm-xen status}. */
final class StatusCommand implements Callable<Integer> {

  private static final ImmutableList<String> FORMATS = ImmutableList.of("table", "nagios");

  /** The finding that names the disks that ncm-xen made and no guest has any more. */
  private static final String LEFT_DISKS = "XEN319";

  private final ProfileOptions profile = new ProfileOptions();
  private final HostOptions host = new HostOptions();
  private final ModelOptions model = new ModelOptions();
  private final OutputOptions output = new OutputOptions();

  private final OptionSpec guests =
      Declare.texts("--guest")
          .order(20)
          .paramLabel("NAME")
          .description("Tell about this guest only; may be given several times.")
          .build();

  private final OptionSpec format =
      Declare.text("--format")
          .order(21)
          .paramLabel("table|nagios")
          .defaultValue("table")
          .converters(new Format())
          .description(
              "How to tell: a table for people, or one line for a monitoring system.",
              "Default: ${DEFAULT-VALUE}")
          .build();

  private final Session session;

  StatusCommand(Session session) {
    this.session = session;
  }

  /** Returns the command as picocli is to know it. */
  CommandSpec spec() {
    CommandSpec spec = Declare.command("status", this);
    profile.addTo(spec);
    host.addTo(spec);
    model.addTo(spec);
    output.addTo(spec);
    spec.addOption(guests);
    spec.addOption(format);
    spec.usageMessage()
        .description(
            "Tell how each guest stands, and change nothing.",
            "",
            "A table: whether the guest is to run, its file, autostart, whether it runs, its disks, and"
                + " what it takes until a running guest is as declared: live, next reboot (pending once"
                + " it is stored for that), restart. Below it what differs, and what configure would do."
                + " Domains that the profile does not declare are listed as such, and disks that were"
                + " made by ncm-xen and that no guest has any more.",
            "",
            "With --format nagios: one line with performance data; exit code 0 when all is as declared,"
                + " 1 when something differs, 2 when a guest that is to run does not or something is in"
                + " error, 3 when it cannot be told.")
        .footer(
            "",
            "Examples:",
            "  ncm-xen status --profile host.json",
            "  ncm-xen status --profile host.json --guest vm1 --json",
            "  ncm-xen status --format nagios");
    return spec;
  }

  @Override
  public Integer call() {
    if (!format.getValue().equals("nagios") || output.json()) {
      return session.run(output, false, this::status);
    }
    List<NagiosLine> told = new ArrayList<>();
    session.run(
        output,
        false,
        console -> {
          told.add(nagios(console));
          console.answerLine(told.get(0).text());
          return Exit.DONE;
        });
    return told.isEmpty() ? NagiosLine.State.UNKNOWN.code() : told.get(0).code();
  }

  /** Whoever asks for one line gets one, whatever happens. */
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

  /** Other notes are about what the table shows already, or about the profile. */
  private static boolean isWorthALine(Finding finding) {
    return finding.severity() != Severity.NOTE || finding.id().equals(LEFT_DISKS);
  }

  private HostStatus read(Console console) {
    ComponentContext.Builder context =
        session
            .looking(profile.read(session.services(), session.in(), model.dialect()), console)
            .option("guest", guests.getValue());
    host.addTo(context);
    model.addTo(context);
    return session.services().status(context.build());
  }

  /** Reads the value of {@code --format}. */
  static final class Format implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (FORMATS.contains(text)) {
        return text;
      }
      throw new TypeConversionException("--format takes table or nagios, not '" + text + "'");
    }
  }
}
