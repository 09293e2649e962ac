package org.quattor.ncm.xen.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** How a run gets its locks. */
final class LockOptions {

  private final OptionSpec retries =
      Declare.value(int.class, "--retries")
          .order(30)
          .paramLabel("N")
          .defaultValue("30")
          .converters(new Retries())
          .description(
              "How often to try again when another run has the lock.", "Default: ${DEFAULT-VALUE}")
          .build();

  private final OptionSpec timeout =
      Declare.value(int.class, "--timeout")
          .order(31)
          .paramLabel("S")
          .defaultValue("30")
          .converters(new Timeout())
          .description("Seconds to wait at each further try.", "Default: ${DEFAULT-VALUE}")
          .build();

  private final OptionSpec ignoreLock =
      Declare.flag("--ignorelock")
          .order(32)
          .description(
              "Do not take the lock of ncm-ncd; for a run that ncm-ncd itself has started.")
          .build();

  private final OptionSpec forceLock =
      Declare.flag("--forcelock")
          .order(33)
          .description("Go on, with a warning, when another run has the lock.")
          .build();

  void addTo(CommandSpec spec) {
    spec.addOption(retries);
    spec.addOption(timeout);
    spec.addOption(ignoreLock);
    spec.addOption(forceLock);
  }

  int retries() {
    return retries.getValue();
  }

  int timeout() {
    return timeout.getValue();
  }

  boolean ignoreLock() {
    return ignoreLock.getValue();
  }

  boolean forceLock() {
    return forceLock.getValue();
  }

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
