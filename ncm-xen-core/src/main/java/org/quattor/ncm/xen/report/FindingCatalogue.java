package org.quattor.ncm.xen.report;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.quattor.ncm.component.Severity;

/** What every finding means: read from {@code findings.txt}, which has a paragraph for each id. */
public final class FindingCatalogue {

  private final ImmutableSortedMap<String, Entry> entries;

  private FindingCatalogue(ImmutableSortedMap<String, Entry> entries) {
    this.entries = entries;
  }

  /**
   * What one finding means.
   *
   * @param id such as {@code XEN001}
   * @param severity that it is reported with
   * @param title in a few words
   * @param cause why it is reported
   * @param example what brings it about
   * @param fix what to do
   */
  public record Entry(
      String id, Severity severity, String title, String cause, String example, String fix) {

    /** Returns the lines for a terminal. */
    public ImmutableList<String> lines() {
      return ImmutableList.of(
          id + " (" + JsonReport.word(severity) + "): " + title,
          "",
          "Cause:   " + cause,
          "Example: " + example,
          "Fix:     " + fix);
    }
  }

  /** Reads the catalogue. */
  public static FindingCatalogue read() {
    try (InputStream in = FindingCatalogue.class.getResourceAsStream("findings.txt")) {
      if (in == null) {
        throw new IllegalStateException("findings.txt is not in the jar");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      ImmutableSortedMap.Builder<String, Entry> entries = ImmutableSortedMap.naturalOrder();
      for (String paragraph : Splitter.on("\n\n").trimResults().omitEmptyStrings().split(text)) {
        if (!paragraph.startsWith("#")) {
          Entry entry = entry(Splitter.on('\n').splitToList(paragraph));
          entries.put(entry.id(), entry);
        }
      }
      return new FindingCatalogue(entries.buildOrThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Entry entry(List<String> lines) {
    List<String> head = Splitter.on(' ').limit(3).splitToList(lines.get(0));
    return new Entry(
        head.get(0),
        Severity.valueOf(head.get(1).toUpperCase(Locale.ROOT)),
        head.get(2),
        after("cause: ", lines.get(1)),
        after("example: ", lines.get(2)),
        after("fix: ", lines.get(3)));
  }

  private static String after(String word, String line) {
    if (!line.startsWith(word)) {
      throw new IllegalStateException("findings.txt: expected " + word + "in: " + line);
    }
    return line.substring(word.length());
  }

  /** Returns what a finding means; empty for an unknown id. Capitals do not count. */
  public Optional<Entry> find(String id) {
    return Optional.ofNullable(entries.get(id.toUpperCase(Locale.ROOT)));
  }

  /** Returns all, by id. */
  public ImmutableList<Entry> all() {
    return entries.values().asList();
  }

  /** Returns all as a page in Markdown. */
  public String markdown() {
    StringBuilder text =
        new StringBuilder(
            """
            # Findings

            Every finding has an id that stays. `ncm-xen explain ID` prints the same at a terminal.

            | id | severity | what |
            |---|---|---|
            """);
    for (Entry entry : all()) {
      text.append(
          String.format(
              "| [%s](#%s) | %s | %s |\n",
              entry.id(),
              entry.id().toLowerCase(Locale.ROOT),
              JsonReport.word(entry.severity()),
              entry.title()));
    }
    for (Entry entry : all()) {
      text.append("\n## ").append(entry.id()).append("\n\n**").append(entry.title());
      text.append("** (").append(JsonReport.word(entry.severity())).append(")\n\n");
      text.append(entry.cause()).append("\n\n");
      text.append("For example: ").append(entry.example()).append("\n\n");
      text.append("What to do: ").append(entry.fix()).append('\n');
    }
    return text.toString();
  }
}
