package org.quattor.ncm.xen.cli;

import java.io.PrintWriter;
import org.quattor.ncm.xen.report.Level;
import org.quattor.ncm.xen.report.ReportLine;
import org.quattor.ncm.xen.text.Printable;

/**
 * Where a command writes: the answer to standard output, lines in NCM's form to standard output or
 * standard error, and on a terminal one status line that is gone before anything else is written.
 */
final class Console {

  private static final String ERASE_LINE = "\r\u001b[K";

  // A line that a terminal has wrapped cannot be erased; nobody's is narrower than this.
  private static final int STATUS_WIDTH = 79;

  private final PrintWriter out;
  private final PrintWriter err;
  private final PrintWriter lines;
  private final Verbosity verbosity;
  private final boolean liveStatus;
  private boolean statusShown;

  /**
   * Makes one.
   *
   * @param linesToOutput whether lines are the answer, as in a run of NCM
   * @param liveStatus whether standard error is a terminal that can show a status line
   */
  Console(
      PrintWriter out,
      PrintWriter err,
      Verbosity verbosity,
      boolean linesToOutput,
      boolean liveStatus) {
    this.out = out;
    this.err = err;
    this.lines = linesToOutput ? out : err;
    this.verbosity = verbosity;
    this.liveStatus = liveStatus && !verbosity.quiet();
  }

  /** Writes part of the answer as it is. */
  void answer(String text) {
    clearStatus();
    out.print(text);
    out.flush();
  }

  /** Writes a line of the answer. */
  void answerLine(String text) {
    answer(text + "\n");
  }

  /** Writes a line if its level is wanted. */
  void line(ReportLine line) {
    if (verbosity.shows(line.level())) {
      clearStatus();
      lines.print(line.level().prefix() + line.text() + "\n");
      lines.flush();
    }
  }

  /** Writes a line if its level is wanted. */
  void line(Level level, String text) {
    line(new ReportLine(level, text));
  }

  /** Returns whether status lines are shown. */
  boolean hasLiveStatus() {
    return liveStatus;
  }

  /** Returns how much is to be said. */
  Verbosity verbosity() {
    return verbosity;
  }

  /** Shows what is going on now, in place of what was shown before; on a terminal only. */
  void status(String text) {
    if (liveStatus) {
      String line = Printable.line(text);
      int end =
          line.offsetByCodePoints(0, Math.min(STATUS_WIDTH, line.codePointCount(0, line.length())));
      err.print(ERASE_LINE + line.substring(0, end));
      err.flush();
      statusShown = true;
    }
  }

  /** Removes the status line. */
  void clearStatus() {
    if (statusShown) {
      err.print(ERASE_LINE);
      err.flush();
      statusShown = false;
    }
  }
}
