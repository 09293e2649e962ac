package org.quattor.ncm.xen.cli;

import picocli.CommandLine.Model.OptionSpec;

/** How a run gets its locks. */
final class LockOptions extends Command.Group {

  private static final int MAX = 99_999;

  private final OptionSpec retries =
      add(
          Declare.number("--retries", 0, MAX)
              .order(30)
              .defaultValue("30")
              .description(
                  "How often to try again when another run has the lock.",
                  "Default: ${DEFAULT-VALUE}")
              .build());

  private final OptionSpec timeout =
      add(
          Declare.seconds("--timeout", 0, MAX)
              .order(31)
              .defaultValue("30")
              .description("Seconds to wait before each new try.", "Default: ${DEFAULT-VALUE}")
              .build());

  private final OptionSpec ignoreLock =
      add(
          Declare.flag("--ignorelock")
              .order(32)
              .description("Do not take the lock of ncm-ncd, because ncm-ncd started this run.")
              .build());

  private final OptionSpec forceLock =
      add(
          Declare.flag("--forcelock")
              .order(33)
              .description("Run, with a warning, even when another run has the lock.")
              .build());

  LockOptions(Command command) {
    super(command);
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
}
