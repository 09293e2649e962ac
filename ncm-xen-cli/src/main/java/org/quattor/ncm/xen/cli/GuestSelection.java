package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** The only guests that a command is to work on. */
final class GuestSelection extends Command.Group {

  private final OptionSpec guests;

  /**
   * Makes one.
   *
   * @param description what the command does with such a guest
   */
  GuestSelection(Command command, String description) {
    super(command);
    guests =
        add(
            Declare.texts("--guest")
                .order(20)
                .paramLabel("NAME")
                .description(description + " Can be given several times.")
                .build());
  }

  /** Returns their names; empty when the option is not given. */
  ImmutableList<String> names() {
    return ImmutableList.copyOf(guests.<List<String>>getValue());
  }
}
