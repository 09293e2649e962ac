package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.plan.GuestText;
import org.quattor.ncm.xen.plan.ShownGuests;
import org.quattor.ncm.xen.report.JsonReport;
import org.quattor.ncm.xen.report.Level;
import org.quattor.ncm.xen.report.NcmLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code ncm-xen show}. */
@Command(
    name = "show",
    description = {
      "Print guest files as they would be written, without a host.",
      "",
      "A single file is printed byte for byte; several are set apart by a line ==> PATH <==."
          + " Findings go to standard error.",
      "",
      "Passwords are shown as ********, unless --secrets asks for them."
    },
    footer = {
      "",
      "Examples:",
      "  ncm-xen show --profile host.json vm1",
      "  ncm-xen show --profile host.json --dialect xm"
    })
final class ShowCommand implements Callable<Integer> {

  @Mixin private final ProfileOptions profile = new ProfileOptions();
  @Mixin private final ModelOptions model = new ModelOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--dialect",
      order = 20,
      paramLabel = "xl|xm",
      converter = Dialect.class,
      description = {
        "The language of the files.",
        "Default: what --toolstack names, xl when that is auto"
      })
  private @Nullable Toolstack dialect;

  @Option(
      names = "--guest",
      order = 21,
      paramLabel = "NAME",
      description = "Show this guest only; may be given several times.")
  private List<String> guests = new ArrayList<>();

  @Option(
      names = "--secrets",
      order = 22,
      description = "Show passwords too, so that the files are complete.")
  private boolean secrets;

  @Parameters(
      paramLabel = "GUEST",
      arity = "0..*",
      description = "Show these guests only; the same as --guest.")
  private List<String> arguments = new ArrayList<>();

  private final Session session;

  ShowCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return session.run(output, false, this::show);
  }

  private Exit show(Console console) {
    guests.addAll(arguments);
    ComponentContext.Builder context =
        ComponentContext.builder(profile.read(session.engine(), session.in(), dialect()))
            .noAction(true)
            .option("guest", guests);
    model.addTo(context);
    ShownGuests complete = session.engine().show(context.build(), dialect());
    ShownGuests shown = secrets ? complete : complete.masked();
    shown.findings().forEach(finding -> console.line(NcmLines.finding(finding)));
    if (!shown.equals(complete)) {
      console.line(Level.INFO, "passwords are not shown; --secrets shows them");
    }
    boolean errors =
        shown.findings().stream().map(Finding::severity).anyMatch(Severity.ERROR::equals);
    if (output.json) {
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
    if (dialect != null) {
      return dialect;
    }
    return model.dialect();
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
