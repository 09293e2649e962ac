package org.quattor.ncm.xen.cli;

import org.quattor.ncm.xen.report.Level;

/**
 * How much is printed.
 *
 * @param quiet only warnings and errors
 * @param verbose also what is read and executed
 * @param debug 0 to 5; more than 0 means verbose too, and stack traces
 */
record Verbosity(boolean quiet, boolean verbose, int debug) {

  /** Returns whether lines of the level are printed. */
  boolean shows(Level level) {
    return switch (level) {
      case ERROR, WARN -> true;
      case INFO, OK -> !quiet;
      case VERB -> verbose || debug > 0;
      case DEBUG -> debug > 0;
    };
  }
}
