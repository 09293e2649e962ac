package org.quattor.ncm.xen.finding;

import com.google.common.base.Splitter;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.quattor.ncm.xen.text.Excerpt;

/**
 * Text with named placeholders.
 *
 * <p>{@code {name}} stands for a value on one line, and {@code "{name}"}, with the quotes, for the
 * beginning of a text that a person wrote. {@code {count:guest}} is a number and what it counts,
 * with an s unless it is one; {@code {count:entry|entries}} names another plural. Of alternatives,
 * which {@code ||} separates, the first is taken whose values are all present, or else the last.
 */
final class Template {

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{([a-z][A-Za-z0-9]*)(?::([^|}]*)(?:\\|([^}]*))?)?\\}");

  private static final Splitter ALTERNATIVES = Splitter.on("||").trimResults();

  private Template() {}

  /**
   * Returns the text with the values in it.
   *
   * @throws IllegalArgumentException if a placeholder has no value
   */
  static String render(String template, Map<String, Object> values) {
    if (template.indexOf('{') < 0) {
      return template;
    }
    for (Iterator<String> all = ALTERNATIVES.split(template).iterator(); ; ) {
      String alternative = all.next();
      if (!all.hasNext() || isComplete(alternative, values)) {
        return filled(alternative, values);
      }
    }
  }

  private static boolean isComplete(String template, Map<String, Object> values) {
    return PLACEHOLDER
        .matcher(template)
        .results()
        .allMatch(place -> isPresent(value(place.group(1), values)));
  }

  /** An empty text in an {@link Optional} is present, because a profile may have an empty value. */
  private static boolean isPresent(Object value) {
    return value instanceof Optional<?> maybe ? maybe.isPresent() : !plain(value).isEmpty();
  }

  private static String filled(String template, Map<String, Object> values) {
    StringBuilder text = new StringBuilder();
    int end = 0;
    for (Matcher place = PLACEHOLDER.matcher(template); place.find(); ) {
      Object value = value(place.group(1), values);
      boolean quoted =
          template.startsWith("\"", place.start() - 1) && template.startsWith("\"", place.end());
      text.append(template, end, quoted ? place.start() - 1 : place.start());
      text.append(quoted ? Excerpt.of(plain(value)) : Excerpt.plain(plain(value)));
      if (place.group(2) != null) {
        text.append(' ').append(noun(value, place.group(2), place.group(3)));
      }
      end = quoted ? place.end() + 1 : place.end();
    }
    return text.append(template, end, template.length()).toString();
  }

  private static Object value(String name, Map<String, Object> values) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no value for {" + name + "}");
    }
    return value;
  }

  private static String noun(Object count, String one, String many) {
    return count.toString().equals("1") ? one : many == null ? one + "s" : many;
  }

  private static String plain(Object value) {
    if (value instanceof Collection<?> several) {
      return several.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
    return value instanceof Optional<?> maybe
        ? maybe.map(String::valueOf).orElse("")
        : value.toString();
  }
}
