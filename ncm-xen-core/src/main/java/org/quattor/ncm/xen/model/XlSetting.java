package org.quattor.ncm.xen.model;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.Element;

/**
 * A key of a guest file that is written as it is declared, because nothing else depends on it.
 *
 * @param path the Pan path of the element, for findings
 * @param key as {@code xl.cfg(5)} has it
 * @param extra whether it comes from {@code extra_config} and not from a field of the schema
 * @param value as declared
 */
public record XlSetting(String path, String key, boolean extra, Value value) {

  /** What is declared for a key. */
  public sealed interface Value {}

  /**
   * A string.
   *
   * @param text may be empty, which leaves the key out
   */
  public record Text(String text) implements Value {}

  /**
   * A long.
   *
   * @param number may be negative
   */
  public record Whole(long number) implements Value {}

  /**
   * A boolean.
   *
   * @param on true or false
   */
  public record Flag(boolean on) implements Value {}

  /**
   * A list of strings.
   *
   * @param texts in order
   */
  public record Texts(ImmutableList<String> texts) implements Value {}

  /**
   * Anything else; no key is of such a type.
   *
   * @param type the type's name in Pan
   */
  public record Unfit(String type) implements Value {}

  /** Reads a field of {@code options}, or a key of {@code extra_config}. */
  static XlSetting of(Element element, boolean extra) {
    return new XlSetting(element.path(), element.name(), extra, value(element));
  }

  private static Value value(Element element) {
    return switch (element.type()) {
      case STRING -> new Text(element.text());
      case LONG -> new Whole(element.asLong());
      case BOOLEAN -> new Flag(element.asBoolean());
      case DOUBLE, DICT -> new Unfit(element.type().text());
      case LIST ->
          element.children().stream().allMatch(item -> item.type() == Element.Type.STRING)
              ? new Texts(
                  element.children().stream()
                      .map(Element::text)
                      .collect(ImmutableList.toImmutableList()))
              : new Unfit("list of other things than strings");
    };
  }
}
