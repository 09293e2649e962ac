package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.concurrent.Callable;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.plan.GuestText;
import org.quattor.ncm.xen.plan.ShownGuests;
import org.quattor.ncm.xen.report.JsonReport;
import org.quattor.ncm.xen.report.Level;
import org.quattor.ncm.xen.report.NcmLines;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/** {@code ncm-xen show}. */
final class ShowCommand implements Callable<Integer> {

  private final ProfileOptions profile = new ProfileOptions();
  private final ModelOptions model = new ModelOptions();
  private final OutputOptions output = new OutputOptions();

  private final OptionSpec dialect =
      Declare.value(Toolstack.class, "--dialect")
          .order(20)
          .paramLabel("xl|xm")
          .converters(new Dialect())
          .description(
              "The language of the files.", "Default: what --toolstack names, xl when that is auto")
          .build();

  private final OptionSpec guests =
      Declare.texts("--guest")
          .order(21)
          .paramLabel("NAME")
          .description("Show this guest only; may be given several times.")
          .build();

  private final OptionSpec secrets =
      Declare.flag("--secrets")
          .order(22)
          .description("Show passwords too, so that the files are complete.")
          .build();

  private final PositionalParamSpec arguments =
      Declare.arguments()
          .paramLabel("GUEST")
          .description("Show these guests only; the same as --guest.")
          .build();

  private final Session session;

  ShowCommand(Session session) {
    this.session = session;
  }

  /** Returns the command as picocli is to know it. */
  CommandSpec spec() {
    CommandSpec spec = Declare.command("show", this);
    profile.addTo(spec);
    model.addTo(spec);
    output.addTo(spec);
    spec.addOption(dialect);
    spec.addOption(guests);
    spec.addOption(secrets);
    spec.addPositional(arguments);
    spec.usageMessage()
        .description(
            "Print guest files as they would be written, without a host.",
            "",
            "A single file is printed byte for byte; several are set apart by a line ==> PATH <==."
                + " Findings go to standard error.",
            "",
            "Passwords are shown as ********, unless --secrets asks for them.")
        .footer(
            "",
            "Examples:",
            "  ncm-xen show --profile host.json vm1",
            "  ncm-xen show --profile host.json --dialect xm");
    return spec;
  }

  @Override
  public Integer call() {
    return session.run(output, false, this::show);
  }

  private Exit show(Console console) {
    List<String> options = guests.getValue();
    List<String> named = arguments.getValue();
    ComponentContext.Builder context =
        ComponentContext.builder(profile.read(session.services(), session.in(), dialect()))
            .noAction(true)
            .option("guest", ImmutableList.<String>builder().addAll(options).addAll(named).build());
    model.addTo(context);
    ShownGuests complete = session.services().show(context.build(), dialect());
    ShownGuests shown = secrets.<Boolean>getValue() ? complete : complete.masked();
    shown.findings().forEach(finding -> console.line(NcmLines.finding(finding)));
    if (!shown.equals(complete)) {
      console.line(Level.INFO, "passwords are not shown; --secrets shows them");
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

  /** Reads the value of {@code --dialect}. */
  static final class Dialect implements ITypeConverter<Toolstack> {
    @Override
    public Toolstack convert(String text) {
      for (Toolstack toolstack : Toolstack.values()) {
        if (toolstack.command().equals(text)) {
          return toolstack;
        }
      }
      throw new TypeConversionException("--dialect takes xl or xm, not '" + text + "'");
    }
  }
}
