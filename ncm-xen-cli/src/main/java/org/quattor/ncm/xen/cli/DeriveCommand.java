package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.concurrent.Callable;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.ProfileCheck;
import org.quattor.ncm.xen.derive.DerivedProfile;
import org.quattor.ncm.xen.derive.DerivedText;
import org.quattor.ncm.xen.derive.GuestInstallation;
import org.quattor.ncm.xen.report.NcmLines;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/** {@code ncm-xen derive}. */
final class DeriveCommand implements Callable<Integer> {

  private final ProfileOptions profile = new ProfileOptions();
  private final ModelOptions model = new ModelOptions();
  private final OutputOptions output = new OutputOptions();

  private final OptionSpec format =
      Declare.text("--format")
          .order(20)
          .paramLabel("json|pan")
          .converters(new Format())
          .description("How it is written; --json stands for json.", "Default: json")
          .build();

  private final PositionalParamSpec paths =
      Declare.arguments()
          .paramLabel("PATH")
          .description("Folders or files of guests' profiles; the same as --derive-from.")
          .build();

  private final OptionSpec guests =
      Declare.texts("--guest")
          .order(21)
          .paramLabel("NAME")
          .description(
              "Derive instead what being a Xen guest changes in the profile of this guest: the version"
                  + " of its kernel, label, kernel and initrd of the install server, its host; may be"
                  + " given several times.")
          .build();

  private final Session session;

  DeriveCommand(Session session) {
    this.session = session;
  }

  /** Returns the command as picocli is to know it. */
  CommandSpec spec() {
    CommandSpec spec = Declare.command("derive", this);
    profile.addTo(spec);
    model.addTo(spec);
    output.addTo(spec);
    spec.addOption(format);
    spec.addPositional(paths);
    spec.addOption(guests);
    spec.usageMessage()
        .description(
            "Derive a host's /software/components/xen from its guests' own profiles.",
            "",
            "Each guest is described like any machine, by the hardware in its own compiled profile; the"
                + " XEN_* variables say which guests the host has and how they are made. Printed is a"
                + " profile with the component, or a Pan template that sets it; findings go to standard"
                + " error, and nothing is printed with an error among them. plan, configure, status and"
                + " show take the same options and derive by themselves.")
        .footer(
            "",
            "Examples:",
            "  ncm-xen derive profiles --vars xen.properties --hostname xen1.example.org",
            "  ncm-xen derive profiles --profile host.json --set XEN_GUESTS=vm1,vm2 --format pan",
            "  ncm-xen derive profiles --guest vm1.example.org --vars xen.properties --format pan",
            "  ncm-xen plan --derive-from profiles --vars xen.properties --hostname xen1.example.org");
    return spec;
  }

  @Override
  public Integer call() {
    return session.run(output, false, this::derive);
  }

  private Exit derive(Console console) {
    profile.derive.addPaths(paths.getValue());
    if (profile.derive.paths().isEmpty()) {
      throw new Failure(
          Exit.USAGE,
          "derive needs the guests' profiles; expected ncm-xen derive FOLDER --vars FILE");
    }
    List<String> named = guests.getValue();
    if (!named.isEmpty()) {
      return deriveGuests(named, console);
    }
    Profile read = profile.read(session.services(), session.in(), model.dialect());
    ProfileCheck.Checked checked =
        session.services().checker(model.schemaFile(), model.dialect()).apply(read);
    checked.findings().forEach(finding -> console.line(NcmLines.finding(finding)));
    if (checked.findings().stream().map(Finding::severity).anyMatch(Severity.ERROR::equals)
        || !(read instanceof DerivedProfile derived)) {
      return Exit.INVALID;
    }
    console.answer(pan() ? DerivedText.pan(derived) : DerivedText.json(derived));
    return Exit.DONE;
  }

  private boolean pan() {
    return "pan".equals(format.getValue()) && !output.json();
  }

  private Exit deriveGuests(List<String> named, Console console) {
    ImmutableList<GuestInstallation> derived = profile.derive.guests(named);
    boolean valid = true;
    for (GuestInstallation guest : derived) {
      guest.findings().forEach(finding -> console.line(NcmLines.finding(finding)));
      valid &= guest.findings().stream().noneMatch(f -> f.severity() == Severity.ERROR);
    }
    if (!valid) {
      return Exit.INVALID;
    }
    if (pan()) {
      derived.forEach(guest -> console.answer("# " + guest.guest() + "\n" + guest.pan()));
    } else {
      console.answer(GuestInstallation.json(derived));
    }
    return Exit.DONE;
  }

  /** Reads the value of {@code --format}. */
  static final class Format implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (text.equals("json") || text.equals("pan")) {
        return text;
      }
      throw new TypeConversionException("--format takes json or pan, not '" + text + "'");
    }
  }
}
