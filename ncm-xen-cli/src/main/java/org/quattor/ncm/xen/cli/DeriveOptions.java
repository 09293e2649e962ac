package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.derive.Derivation;
import org.quattor.ncm.xen.derive.GuestInstallation;
import org.quattor.ncm.xen.derive.GuestProfiles;
import org.quattor.ncm.xen.derive.HostVariables;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.text.NearestName;
import picocli.CommandLine.Model.OptionSpec;

/** The guests' own profiles, and the variables, from which the component's part is derived. */
final class DeriveOptions extends Command.Group {

  private final OptionSpec paths =
      add(
          Declare.texts("--derive-from")
              .order(5)
              .paramLabel("PATH")
              .description(
                  "Derive /software/components/xen from the guests' own compiled profiles in this"
                      + " directory or file. Can be given several times.")
              .build());

  private final VariableOptions variables;

  private final OptionSpec hostName =
      add(
          Declare.text("--hostname")
              .order(8)
              .paramLabel("NAME")
              .description(
                  "With --derive-from: the full name of the host; its own profile is then read from"
                      + " there too. Default: the host of --profile")
              .build());

  DeriveOptions(Command command) {
    super(command);
    variables =
        new VariableOptions(
            command,
            "The XEN_* variables for --derive-from, as properties or JSON.",
            "XEN_VG=vg1, XEN_GUESTS=vm1,vm2, XEN_BOOTLOADER.vm1=pygrub");
  }

  List<String> paths() {
    return paths.getValue();
  }

  @Nullable String hostName() {
    return hostName.getValue();
  }

  /** Adds directories and files that are named as arguments. */
  void addPaths(List<String> more) {
    paths.setValue(ImmutableList.<String>builder().addAll(paths()).addAll(more).build());
  }

  /** Returns the first of these options that is given; null when none is. */
  @Nullable String given() {
    if (!paths().isEmpty()) {
      return paths.longestName();
    }
    String variable = variables.given();
    return variable != null ? variable : hostName() == null ? null : hostName.longestName();
  }

  private GuestProfiles profiles() {
    return GuestProfiles.in(
        paths().stream()
            .map(path -> InputFiles.path(path, "--derive-from"))
            .collect(ImmutableList.toImmutableList()));
  }

  /** Derives what changes in the guests' own profiles, in the order of their names. */
  ImmutableList<GuestInstallation> guests(List<String> names) {
    HostVariables values = variables.read();
    GuestProfiles profiles = profiles();
    ImmutableList.Builder<GuestInstallation> guests = ImmutableList.builder();
    for (String name : names) {
      Profile profile =
          profiles
              .find(values.profilePrefix() + name)
              .orElseThrow(
                  () ->
                      new Failure(
                          Exit.NO_INPUT,
                          "no profile "
                              + values.profilePrefix()
                              + name
                              + " in the given directories and files"
                              + NearestName.hint(name, profiles.names())));
      guests.add(GuestInstallation.of(name, profile, values));
    }
    return guests.build();
  }

  /** Derives for the host with this name. */
  Profile derive(String host, Toolstack dialect) {
    return new Derivation(variables.read(), dialect).derive(host, profiles());
  }

  /** Derives for the host of the profile. */
  Profile derive(Profile host, Toolstack dialect) {
    return new Derivation(variables.read(), dialect).derive(host, profiles());
  }
}
