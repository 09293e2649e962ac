package org.quattor.ncm.xen.cli;

import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.report.Level;
import org.quattor.ncm.xen.report.ReportLine;
import org.quattor.ncm.xen.text.Printable;

/**
 * Where a command writes: the answer to standard output, lines in NCM's form to standard output or
 * standard error, and on a terminal one status line that is gone before anything else is written.
 */
final class Console {

  private static final String ERASE_LINE = "\r\u001b[K";

  // A line that a terminal has wrapped cannot be erased; terminals have 80 columns or more.
  private static final int STATUS_WIDTH = 79;

  private final PrintWriter out;
  private final PrintWriter err;
  private final PrintWriter lines;
  private final Verbosity verbosity;
  private final boolean liveStatus;
  private boolean statusShown;
  private @Nullable RunLog log;
  private int warnings;

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

  /** Writes a line as part of the answer, if its level is wanted. */
  void answerLine(ReportLine line) {
    if (verbosity.shows(line.level())) {
      answerLine(line.printed());
    }
  }

  /** Writes a line of the answer. */
  void answerLine(String text) {
    answer(text + "\n");
  }

  /** Writes a line if its level is wanted. */
  void line(ReportLine line) {
    boolean shown = verbosity.shows(line.level());
    if (shown) {
      clearStatus();
      lines.print(line.printed() + "\n");
      lines.flush();
    }
    RunLog open = log;
    // As in CAF: the console may be quiet and the log is not.
    if (open != null && (shown || line.level() != Level.DEBUG)) {
      try {
        open.line(line);
      } catch (IOException e) {
        closeLog();
        warning("the log cannot be written, the run goes on without it: " + e.getMessage());
      }
    }
  }

  /** Writes a warning that no finding stands for, and counts it. */
  void warning(String text) {
    warnings++;
    line(Level.WARN, text);
  }

  /** Returns how many warnings there were that no finding stands for. */
  int warnings() {
    return warnings;
  }

  /** Writes every line from now on to the log too; closes it with {@link #closeLog}. */
  void logTo(RunLog open) {
    log = open;
  }

  /** Closes the log, if there is one. */
  void closeLog() {
    RunLog open = log;
    log = null;
    if (open != null) {
      open.close();
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

  /** Returns how much is printed. */
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
