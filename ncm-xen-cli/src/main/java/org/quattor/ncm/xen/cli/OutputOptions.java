package org.quattor.ncm.xen.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** What is printed, and how much. */
final class OutputOptions {

  private final OptionSpec json =
      Declare.flag("--json")
          .order(80)
          .description("Write one JSON document to standard output; lines go to standard error.")
          .build();

  private final OptionSpec quiet =
      Declare.flag("--quiet").order(81).description("Print warnings and errors only.").build();

  private final OptionSpec verbose =
      Declare.flag("--verbose")
          .order(82)
          .description("Also print what is looked at and which commands are executed.")
          .build();

  private final OptionSpec debug =
      Declare.value(int.class, "--debug")
          .order(83)
          .paramLabel("N")
          .arity("0..1")
          .fallbackValue("1")
          .defaultValue("0")
          .converters(new DebugLevel())
          .description(
              "Print debug lines up to level N, 0 to 5 (1 without a number); implies --verbose.")
          .build();

  private final OptionSpec help =
      Declare.flag("-h", "--help")
          .order(90)
          .usageHelp(true)
          .description("Print this text.")
          .build();

  void addTo(CommandSpec spec) {
    spec.addOption(json);
    spec.addOption(quiet);
    spec.addOption(verbose);
    spec.addOption(debug);
    spec.addOption(help);
  }

  boolean json() {
    return json.getValue();
  }

  boolean quiet() {
    return quiet.getValue();
  }

  Verbosity verbosity() {
    return new Verbosity(quiet(), verbose.getValue(), debug.getValue());
  }

  /** Reads the number of {@code --debug}. */
  static final class DebugLevel implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("[0-5]")) {
        throw new TypeConversionException("--debug takes a number from 0 to 5, not '" + text + "'");
      }
      return Integer.valueOf(text);
    }
  }
}
