package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.derive.Derivation;
import org.quattor.ncm.xen.derive.GuestInstallation;
import org.quattor.ncm.xen.derive.GuestProfiles;
import org.quattor.ncm.xen.derive.HostVariables;
import org.quattor.ncm.xen.derive.VariablesReader;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.text.NearestName;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** From what the component's part of a profile is derived. */
final class DeriveOptions {

  private final OptionSpec paths =
      Declare.texts("--derive-from")
          .order(5)
          .paramLabel("PATH")
          .description(
              "Derive /software/components/xen from the guests' own compiled profiles in this folder,"
                  + " or in this file; may be given several times.")
          .build();

  private final OptionSpec files =
      Declare.texts("--vars")
          .order(6)
          .paramLabel("FILE")
          .description(
              "The XEN_* variables that steer it: properties, JSON or XML; may be given several times.")
          .build();

  private final OptionSpec assignments =
      Declare.texts("--set")
          .order(7)
          .paramLabel("NAME=VALUE")
          .description(
              "Set one variable, after all files: XEN_VG=vg1, XEN_GUESTS=vm1,vm2,"
                  + " XEN_BOOTLOADER.vm1=pygrub; may be given several times.")
          .build();

  private final OptionSpec hostName =
      Declare.text("--hostname")
          .order(8)
          .paramLabel("NAME")
          .description(
              "With --derive-from: the full name of the host, whose own profile is then taken from"
                  + " there too. Default: the host of --profile")
          .build();

  void addTo(CommandSpec spec) {
    spec.addOption(paths);
    spec.addOption(files);
    spec.addOption(assignments);
    spec.addOption(hostName);
  }

  List<String> paths() {
    return paths.getValue();
  }

  @Nullable String hostName() {
    return hostName.getValue();
  }

  /** Adds folders and files that are named in another way. */
  void addPaths(List<String> more) {
    paths.setValue(ImmutableList.<String>builder().addAll(paths()).addAll(more).build());
  }

  /** Returns the first of these options that is given; null when none is. */
  @Nullable String given() {
    for (OptionSpec option : ImmutableList.of(paths, files, assignments)) {
      List<String> values = option.getValue();
      if (!values.isEmpty()) {
        return option.longestName();
      }
    }
    return hostName() == null ? null : hostName.longestName();
  }

  HostVariables variables() {
    return variables(files.getValue(), assignments.getValue());
  }

  /** Reads the variables of files and assignments. */
  static HostVariables variables(List<String> files, List<String> assignments) {
    VariablesReader reader = new VariablesReader();
    files.forEach(file -> reader.file(InputFiles.path(file, "--vars")));
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals <= 0) {
        throw new Failure(
            Exit.USAGE, "--set expects NAME=VALUE, such as XEN_VG=vg1, not '" + assignment + "'");
      }
      reader.set(assignment.substring(0, equals).strip(), assignment.substring(equals + 1));
    }
    return reader.read();
  }

  private GuestProfiles profiles() {
    return GuestProfiles.in(
        paths().stream()
            .map(path -> InputFiles.path(path, "--derive-from"))
            .collect(ImmutableList.toImmutableList()));
  }

  /** Derives what changes in the guests' own profiles, in the order of their names. */
  ImmutableList<GuestInstallation> guests(List<String> names) {
    HostVariables variables = variables();
    GuestProfiles profiles = profiles();
    ImmutableList.Builder<GuestInstallation> guests = ImmutableList.builder();
    for (String name : names) {
      Profile profile =
          profiles
              .find(variables.profilePrefix() + name)
              .orElseThrow(
                  () ->
                      new Failure(
                          Exit.NO_INPUT,
                          "there is no profile "
                              + variables.profilePrefix()
                              + name
                              + " among those that are given"
                              + NearestName.hint(name, profiles.names())));
      guests.add(GuestInstallation.of(name, profile, variables));
    }
    return guests.build();
  }

  /** Derives for the host that is named. */
  Profile derive(String host, Toolstack dialect) {
    return new Derivation(variables(), dialect).derive(host, profiles());
  }

  /** Derives for the host that a profile is of. */
  Profile derive(Profile host, Toolstack dialect) {
    return new Derivation(variables(), dialect).derive(host, profiles());
  }
}
