package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.ProfileCheck;
import org.quattor.ncm.xen.derive.DerivedProfile;
import org.quattor.ncm.xen.derive.DerivedText;
import org.quattor.ncm.xen.derive.GuestInstallation;
import org.quattor.ncm.xen.report.NcmLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code ncm-xen derive}. */
@Command(
    name = "derive",
    description = {
      "Derive a host's /software/components/xen from its guests' own profiles.",
      "",
      "Each guest is described like any machine, by the hardware in its own compiled profile; the"
          + " XEN_* variables say which guests the host has and how they are made. Printed is a"
          + " profile with the component, or a Pan template that sets it; findings go to standard"
          + " error, and nothing is printed with an error among them. plan, configure, status and"
          + " show take the same options and derive by themselves."
    },
    footer = {
      "",
      "Examples:",
      "  ncm-xen derive profiles --vars xen.properties --hostname xen1.example.org",
      "  ncm-xen derive profiles --profile host.json --set XEN_GUESTS=vm1,vm2 --format pan",
      "  ncm-xen derive profiles --guest vm1.example.org --vars xen.properties --format pan",
      "  ncm-xen plan --derive-from profiles --vars xen.properties --hostname xen1.example.org"
    })
final class DeriveCommand implements Callable<Integer> {

  @Mixin private final ProfileOptions profile = new ProfileOptions();
  @Mixin private final ModelOptions model = new ModelOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--format",
      order = 20,
      paramLabel = "json|pan",
      converter = Format.class,
      description = {"How it is written; --json stands for json.", "Default: json"})
  private @Nullable String format;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = "Folders or files of guests' profiles; the same as --derive-from.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = "--guest",
      order = 21,
      paramLabel = "NAME",
      description =
          "Derive instead what being a Xen guest changes in the profile of this guest: the version"
              + " of its kernel, label, kernel and initrd of the install server, its host; may be"
              + " given several times.")
  private List<String> guests = new ArrayList<>();

  private final Session session;

  DeriveCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return session.run(output, false, this::derive);
  }

  private Exit derive(Console console) {
    profile.derive.paths.addAll(paths);
    if (profile.derive.paths.isEmpty()) {
      throw new Failure(
          Exit.USAGE,
          "derive needs the guests' profiles; expected ncm-xen derive FOLDER --vars FILE");
    }
    if (!guests.isEmpty()) {
      return deriveGuests(console);
    }
    Profile read = profile.read(session.engine(), session.in(), model.dialect());
    ProfileCheck.Checked checked =
        session.engine().checker(model.schemaFile(), model.dialect()).apply(read);
    checked.findings().forEach(finding -> console.line(NcmLines.finding(finding)));
    if (checked.findings().stream().map(Finding::severity).anyMatch(Severity.ERROR::equals)
        || !(read instanceof DerivedProfile derived)) {
      return Exit.INVALID;
    }
    boolean pan = "pan".equals(format) && !output.json;
    console.answer(pan ? DerivedText.pan(derived) : DerivedText.json(derived));
    return Exit.DONE;
  }

  private Exit deriveGuests(Console console) {
    ImmutableList<GuestInstallation> derived = profile.derive.guests(guests);
    boolean valid = true;
    for (GuestInstallation guest : derived) {
      guest.findings().forEach(finding -> console.line(NcmLines.finding(finding)));
      valid &= guest.findings().stream().noneMatch(f -> f.severity() == Severity.ERROR);
    }
    if (!valid) {
      return Exit.INVALID;
    }
    if ("pan".equals(format) && !output.json) {
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
