package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.plan.GuestText;
import org.quattor.ncm.xen.plan.ShownGuests;
import org.quattor.ncm.xen.report.JsonReport;
import org.quattor.ncm.xen.report.Level;
import org.quattor.ncm.xen.report.NcmLines;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ncm-xen show}. */
final class ShowCommand extends Command {

  private final ProfileOptions profile = new ProfileOptions(this);
  private final ModelOptions model = new ModelOptions(this);
  private final OutputOptions output = new OutputOptions(this);

  private final OptionSpec dialect =
      add(
          Declare.choice(
                  Toolstack.class,
                  "--dialect",
                  ImmutableMap.of("xl", Toolstack.XL, "xm", Toolstack.XM))
              .order(21)
              .description(
                  "The toolstack that the files are written for.",
                  "Default: the value of --toolstack, xl for auto")
              .build());

  private final GuestSelection guests = new GuestSelection(this, "Show this guest only.");

  private final OptionSpec secrets =
      add(
          Declare.flag("--secrets")
              .order(22)
              .description("Show passwords instead of ********.")
              .build());

  private final PositionalParamSpec arguments =
      add(
          Declare.arguments()
              .paramLabel("GUEST")
              .description("Show these guests only, as --guest.")
              .build());

  ShowCommand(Session session) {
    super("show", session);
    describe(
        "Print guest files as they would be written, without a host.",
        "",
        "A single file is printed byte for byte; before each of several files is a line ==> PATH"
            + " <==. Findings go to standard error.",
        "",
        "Passwords are shown as ********, except with --secrets.");
    examples(
        "ncm-xen show --profile host.json vm1", "ncm-xen show --profile host.json --dialect xm");
  }

  @Override
  public Integer call() {
    return session.run(output, false, this::show);
  }

  private Exit show(Console console) {
    List<String> named = arguments.getValue();
    ComponentContext.Builder context =
        ComponentContext.builder(profile.read(session.services(), session.in(), dialect()))
            .noAction(true)
            .option(
                "guest",
                ImmutableList.<String>builder().addAll(guests.names()).addAll(named).build());
    model.addTo(context);
    ShownGuests complete = session.services().show(context.build(), dialect());
    ShownGuests shown = secrets.<Boolean>getValue() ? complete : complete.masked();
    shown.findings().forEach(finding -> console.line(NcmLines.finding(finding)));
    if (!shown.equals(complete)) {
      console.line(Level.INFO, "passwords are masked; --secrets shows them");
    }
    boolean errors =
        shown.findings().stream().map(Finding::severity).anyMatch(Severity.ERROR::equals);
    if (output.json()) {
      console.answer(JsonReport.show(shown));
    } else if (!errors) {
      print(console, shown.files());
    }
    return errors ? Exit.INVALID : Exit.DONE;
  }

  private static void print(Console console, ImmutableList<GuestText> texts) {
    if (texts.isEmpty()) {
      console.line(Level.INFO, "the profile declares no guests");
    }
    for (GuestText text : texts) {
      if (texts.size() > 1) {
        console.answerLine("==> " + text.path() + " <==");
      }
      console.answer(text.text());
    }
  }

  private Toolstack dialect() {
    Toolstack named = dialect.getValue();
    return named != null ? named : model.dialect();
  }
}
