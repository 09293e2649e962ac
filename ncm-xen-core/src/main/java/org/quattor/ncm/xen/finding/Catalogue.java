package org.quattor.ncm.xen.finding;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quattor.ncm.component.Finding;

/**
 * Every finding that ncm-xen can report, from {@code findings.txt}: its severity, its texts, and
 * what {@code explain} says of it. The file is read when the first finding is made, and only the
 * paragraphs that are asked for are parsed.
 */
public final class Catalogue {

  private static final Pattern ID = Pattern.compile("XEN[0-9]{3}");
  private static final Pattern HEAD = Pattern.compile("(?m)^(XEN[0-9]{3}) ");

  private final String text;
  private final Map<String, Entry> parsed = new ConcurrentHashMap<>();

  private Catalogue(String text) {
    this.text = text;
  }

  private static final class Holder {
    static final Catalogue INSTANCE = new Catalogue(text());

    private static String text() {
      try (InputStream in = Catalogue.class.getResourceAsStream("findings.txt")) {
        if (in == null) {
          throw new IllegalStateException("findings.txt is not in the jar");
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Returns the catalogue. */
  public static Catalogue get() {
    return Holder.INSTANCE;
  }

  /**
   * Makes a finding.
   *
   * @param form the id, such as {@code XEN109}; where the id has several texts, with a dot and the
   *     name of one behind it, such as {@code XEN109.reserved}
   * @param path where: a Pan path, or a path on the host
   * @param values the names of the template's placeholders, each followed by its value: a text, a
   *     number, a collection of texts, or an {@link Optional} of one
   * @throws IllegalArgumentException if the catalogue has no such form, or its placeholders are
   *     others
   */
  public static Finding finding(String form, String path, Object... values) {
    int dot = form.indexOf('.');
    Entry entry = get().entry(dot < 0 ? form : form.substring(0, dot));
    Entry.Form texts = entry.form(dot < 0 ? "" : form.substring(dot + 1));
    ImmutableMap.Builder<String, Object> named = ImmutableMap.builder();
    for (int i = 0; i < values.length; i += 2) {
      named.put((String) values[i], values[i + 1]);
    }
    ImmutableMap<String, Object> all = named.buildOrThrow();
    return new Finding(
        entry.id(),
        entry.severity(),
        path,
        Template.render(texts.found(), all),
        Template.render(texts.expected(), all),
        Template.render(texts.hint(), all));
  }

  /** Returns what a finding means; empty for an unknown id. Capitals do not count. */
  public Optional<Entry> find(String id) {
    String upper = id.toUpperCase(Locale.ROOT);
    return ID.matcher(upper).matches() && text.contains("\n" + upper + " ")
        ? Optional.of(entry(upper))
        : Optional.empty();
  }

  /** Returns all, by id. */
  public ImmutableList<Entry> all() {
    ImmutableList.Builder<Entry> all = ImmutableList.builder();
    for (Matcher head = HEAD.matcher(text); head.find(); ) {
      all.add(entry(head.group(1)));
    }
    return all.build();
  }

  private Entry entry(String id) {
    return parsed.computeIfAbsent(
        id,
        unknown -> {
          int start = text.indexOf("\n" + id + " ");
          if (start < 0) {
            throw new IllegalArgumentException("findings.txt has no " + id);
          }
          int end = text.indexOf("\n\n", start);
          return Entry.parse(text.substring(start + 1, end < 0 ? text.length() : end).strip());
        });
  }
}
