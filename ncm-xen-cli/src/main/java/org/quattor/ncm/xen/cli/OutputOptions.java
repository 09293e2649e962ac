package org.quattor.ncm.xen.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What is printed, and how much. */
final class OutputOptions {

  @Option(
      names = "--json",
      order = 80,
      description = "Write one JSON document to standard output; lines go to standard error.")
  boolean json;

  @Option(names = "--quiet", order = 81, description = "Print warnings and errors only.")
  boolean quiet;

  @Option(
      names = "--verbose",
      order = 82,
      description = "Also print what is looked at and which commands are executed.")
  boolean verbose;

  @Option(
      names = "--debug",
      order = 83,
      paramLabel = "N",
      arity = "0..1",
      fallbackValue = "1",
      defaultValue = "0",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      converter = DebugLevel.class,
      description =
          "Print debug lines up to level N, 0 to 5 (1 without a number); implies --verbose.")
  int debug;

  @Option(
      names = {"-h", "--help"},
      order = 90,
      usageHelp = true,
      description = "Print this text.")
  boolean help;

  Verbosity verbosity() {
    return new Verbosity(quiet, verbose, debug);
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
