package org.quattor.ncm.xen.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a run gets its locks. */
final class LockOptions {

  @Option(
      names = "--retries",
      order = 30,
      paramLabel = "N",
      defaultValue = "30",
      converter = Retries.class,
      description = {
        "How often to try again when another run has the lock.",
        "Default: ${DEFAULT-VALUE}"
      })
  int retries;

  @Option(
      names = "--timeout",
      order = 31,
      paramLabel = "S",
      defaultValue = "30",
      converter = Timeout.class,
      description = {"Seconds to wait at each further try.", "Default: ${DEFAULT-VALUE}"})
  int timeout;

  @Option(
      names = "--ignorelock",
      order = 32,
      description = "Do not take the lock of ncm-ncd; for a run that ncm-ncd itself has started.")
  boolean ignoreLock;

  @Option(
      names = "--forcelock",
      order = 33,
      description = "Go on, with a warning, when another run has the lock.")
  boolean forceLock;

  /** Reads the number of {@code --retries}. */
  static final class Retries implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return number("--retries takes a number", text);
    }
  }

  /** Reads the seconds of {@code --timeout}. */
  static final class Timeout implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return number("--timeout takes whole seconds", text);
    }
  }

  private static int number(String what, String text) {
    if (!text.matches("[0-9]{1,5}")) {
      throw new TypeConversionException(what + " from 0 to 99999, not '" + text + "'");
    }
    return Integer.parseInt(text);
  }
}
