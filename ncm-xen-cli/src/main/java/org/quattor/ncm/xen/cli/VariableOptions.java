package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.derive.HostVariables;
import org.quattor.ncm.xen.derive.VariablesReader;
import picocli.CommandLine.Model.OptionSpec;

/** The {@code XEN_*} variables, from files and from the command line. */
final class VariableOptions extends Command.Group {

  private final OptionSpec files;
  private final OptionSpec assignments;

  /**
   * Makes one.
   *
   * @param use what the variables are for
   * @param examples variables that can be set
   */
  VariableOptions(Command command, String use, String examples) {
    super(command);
    files =
        add(
            Declare.texts("--vars")
                .order(6)
                .paramLabel("FILE")
                .description(use + " Can be given several times.")
                .build());
    assignments =
        add(
            Declare.texts("--set")
                .order(7)
                .paramLabel("NAME=VALUE")
                .description(
                    "Set one variable, after all files: "
                        + examples
                        + ". Can be given several times.")
                .build());
  }

  /** Returns the first of the options that is given; null when neither is. */
  @Nullable String given() {
    for (OptionSpec option : ImmutableList.of(files, assignments)) {
      if (!option.<List<String>>getValue().isEmpty()) {
        return option.longestName();
      }
    }
    return null;
  }

  /** Reads the variables. */
  HostVariables read() {
    VariablesReader reader = new VariablesReader();
    for (String file : files.<List<String>>getValue()) {
      reader.file(InputFiles.path(file, "--vars"));
    }
    for (String assignment : assignments.<List<String>>getValue()) {
      int equals = assignment.indexOf('=');
      if (equals <= 0) {
        throw new Failure(
            Exit.USAGE, "--set expects NAME=VALUE, such as XEN_VG=vg1, not \"" + assignment + "\"");
      }
      reader.set(assignment.substring(0, equals).strip(), assignment.substring(equals + 1));
    }
    return reader.read();
  }
}
