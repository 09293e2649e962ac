package org.quattor.ncm.xen;

import java.util.Locale;
import org.quattor.ncm.xen.finding.Catalogue;
import org.quattor.ncm.xen.finding.Entry;
import org.quattor.ncm.xen.text.Words;

/** The page {@code docs/findings.md}, made of the catalogue. */
final class FindingsPage {

  private FindingsPage() {}

  static String markdown() {
    StringBuilder text =
        new StringBuilder(
            """
            # Findings

            Every finding has an id that stays. `ncm-xen explain ID` prints the same at a terminal.

            | id | severity | what |
            |---|---|---|
            """);
    for (Entry entry : Catalogue.get().all()) {
      text.append(
          String.format(
              "| [%s](#%s) | %s | %s |\n",
              entry.id(),
              entry.id().toLowerCase(Locale.ROOT),
              Words.of(entry.severity()),
              entry.title()));
    }
    for (Entry entry : Catalogue.get().all()) {
      text.append("\n## ").append(entry.id()).append("\n\n**").append(entry.title());
      text.append("** (").append(Words.of(entry.severity())).append(")\n\n");
      text.append(entry.cause()).append("\n\n");
      text.append("For example: ").append(entry.example()).append("\n\n");
      text.append("What to do: ").append(entry.fix()).append('\n');
    }
    return text.toString();
  }
}
