package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.ProfileCheck;
import org.quattor.ncm.xen.derive.DerivedProfile;
import org.quattor.ncm.xen.derive.DerivedText;
import org.quattor.ncm.xen.derive.GuestInstallation;
import org.quattor.ncm.xen.report.JsonReport;
import org.quattor.ncm.xen.report.NcmLines;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ncm-xen derive}. */
final class DeriveCommand extends Command {

  private final ProfileOptions profile = new ProfileOptions(this);
  private final ModelOptions model = new ModelOptions(this);
  private final OutputOptions output = new OutputOptions(this);

  private final OptionSpec format =
      add(
          Declare.choice("--format", "json", "pan")
              .order(21)
              .description(
                  "The output: a profile in JSON or a template in Pan. With --json it is part of the"
                      + " document.",
                  "Default: json")
              .build());

  private final PositionalParamSpec paths =
      add(
          Declare.arguments()
              .paramLabel("PATH")
              .description("Directories or files with the guests' profiles, as --derive-from.")
              .build());

  private final GuestSelection guests =
      new GuestSelection(
          this,
          "Derive instead what changes in this guest's own profile because it is a Xen guest: kernel"
              + " version, label, kernel and initrd of the install server, its host.");

  DeriveCommand(Session session) {
    super("derive", session);
    describe(
        "Derive a host's /software/components/xen from its guests' own profiles.",
        "",
        "The hardware in its own compiled profile describes each guest, as it describes any other"
            + " computer. The XEN_* variables name the guests of the host and say how they are"
            + " created. Prints a profile with the component, or a Pan template that sets it."
            + " Findings go to standard error; after an error nothing but the document of --json is printed. plan, configure,"
            + " status and show have the same options and derive the profile themselves.");
    examples(
        "ncm-xen derive profiles --vars xen.properties --hostname xen1.example.org",
        "ncm-xen derive profiles --profile host.json --set XEN_GUESTS=vm1,vm2 --format pan",
        "ncm-xen derive profiles --guest vm1.example.org --vars xen.properties --format pan",
        "ncm-xen plan --derive-from profiles --vars xen.properties --hostname xen1.example.org");
  }

  @Override
  public Integer call() {
    return session.run(output, false, this::derive);
  }

  private Exit derive(Console console) {
    profile.derive.addPaths(paths.getValue());
    if (profile.derive.paths().isEmpty()) {
      throw new Failure(
          Exit.USAGE, "derive needs the guests' profiles; expected ncm-xen derive DIR --vars FILE");
    }
    ImmutableList<String> named = guests.names();
    if (!named.isEmpty()) {
      return deriveGuests(named, console);
    }
    Profile read = profile.read(session.services(), session.in(), model.dialect());
    ProfileCheck.Checked checked =
        session.services().checker(model.schemaFile(), model.dialect()).apply(read);
    boolean valid = tell(checked.findings(), console);
    DerivedProfile derived = valid && read instanceof DerivedProfile made ? made : null;
    if (output.json()) {
      console.answer(JsonReport.derive(checked.findings(), derived, ImmutableList.of()));
    } else if (derived != null) {
      console.answer(pan() ? DerivedText.pan(derived) : DerivedText.json(derived));
    }
    return derived == null ? Exit.INVALID : Exit.DONE;
  }

  private boolean pan() {
    return "pan".equals(format.getValue());
  }

  private static boolean tell(ImmutableList<Finding> findings, Console console) {
    findings.forEach(finding -> console.line(NcmLines.finding(finding)));
    return findings.stream().map(Finding::severity).noneMatch(Severity.ERROR::equals);
  }

  private Exit deriveGuests(ImmutableList<String> named, Console console) {
    ImmutableList<GuestInstallation> derived = profile.derive.guests(named);
    ImmutableList<Finding> findings =
        derived.stream()
            .flatMap(guest -> guest.findings().stream())
            .collect(ImmutableList.toImmutableList());
    boolean valid = tell(findings, console);
    if (output.json() || (valid && !pan())) {
      console.answer(JsonReport.derive(findings, null, valid ? derived : ImmutableList.of()));
    } else if (valid) {
      derived.forEach(guest -> console.answer("# " + guest.guest() + "\n" + guest.pan()));
    }
    return valid ? Exit.DONE : Exit.INVALID;
  }
}
