package org.quattor.ncm.xen.report;

import org.quattor.ncm.xen.text.Printable;

/**
 * One line of a report.
 *
 * @param level its weight
 * @param text the line without prefix and line end, fit for a terminal
 */
public record ReportLine(Level level, String text) {

  /** Makes the text printable. */
  public ReportLine {
    text = Printable.line(text);
  }

  /** Returns the line with the prefix of its level. */
  public String printed() {
    return level.prefix() + text;
  }
}
