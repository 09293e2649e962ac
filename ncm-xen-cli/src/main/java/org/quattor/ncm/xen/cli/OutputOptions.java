package org.quattor.ncm.xen.cli;

import picocli.CommandLine.Model.OptionSpec;

/** What is printed, and how much. */
final class OutputOptions extends Command.Group {

  private final OptionSpec json =
      Declare.flag("--json")
          .order(80)
          .description(
              "Print one JSON document to standard output, also when the command fails, and lines to"
                  + " standard error.")
          .build();

  private final OptionSpec quiet =
      Declare.flag("--quiet").order(81).description("Print only warnings and errors.").build();

  private final OptionSpec verbose =
      Declare.flag("--verbose")
          .order(82)
          .description("Also print what is read and which commands are executed.")
          .build();

  private final OptionSpec debug =
      Declare.number("--debug", 0, 5)
          .order(83)
          .arity("0..1")
          .fallbackValue("1")
          .defaultValue("0")
          .description(
              "Print debug lines up to level N, 0 to 5; 1 when N is missing. Implies --verbose.")
          .build();

  private final String command;

  OutputOptions(Command command) {
    this(command, true);
  }

  /**
   * Adds the options to a command.
   *
   * @param documents whether the command has a JSON document
   */
  OutputOptions(Command command, boolean documents) {
    super(command);
    if (documents) {
      add(json);
    }
    add(quiet);
    add(verbose);
    add(debug);
    this.command = command.spec().name();
    add(
        Declare.flag("-h", "--help")
            .order(90)
            .usageHelp(true)
            .description("Print this help and exit.")
            .build());
  }

  /** Returns the name of the command that has these options. */
  String command() {
    return command;
  }

  boolean json() {
    return Boolean.TRUE.equals(json.getValue());
  }

  boolean quiet() {
    return quiet.getValue();
  }

  Verbosity verbosity() {
    return new Verbosity(quiet(), verbose.getValue(), debug.getValue());
  }
}
