package org.quattor.ncm.xen.cli;

import java.io.Serial;

/** Ends a command with an exit code and a message that says what was expected. */
final class Failure extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final Exit exit;

  Failure(Exit exit, String message) {
    super(message);
    this.exit = exit;
  }

  Exit exit() {
    return exit;
  }
}
