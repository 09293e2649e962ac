package org.quattor.ncm.xen.model;

import com.google.common.base.Ascii;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Element;

/** The fields of a valid record by name, in the types of Java. */
final class Fields {

  private final Element element;

  Fields(Element element) {
    this.element = element;
  }

  static String lowerCase(String text) {
    return Ascii.toLowerCase(text);
  }

  String path() {
    return element.path();
  }

  boolean has(String name) {
    return element.child(name).isPresent();
  }

  List<Element> all() {
    return element.children();
  }

  List<Element> children(String name) {
    return element.child(name).map(Element::children).orElse(List.of());
  }

  @Nullable Fields record(String name) {
    return element.child(name).map(Fields::new).orElse(null);
  }

  Fields mandatoryRecord(String name) {
    return new Fields(mandatory(name));
  }

  String text(String name) {
    return mandatory(name).text();
  }

  @Nullable String optionalText(String name) {
    return element.child(name).map(Element::text).orElse(null);
  }

  /** Returns the text, or null when it is absent or empty: templates write "" for "not set". */
  @Nullable String filledText(String name) {
    String text = optionalText(name);
    return text == null || text.isEmpty() ? null : text;
  }

  long number(String name) {
    return mandatory(name).asLong();
  }

  long number(String name, long absent) {
    return element.child(name).map(Element::asLong).orElse(absent);
  }

  /** Returns the constant that a word of a choice names, dashes as underscores. */
  <E extends Enum<E>> E constant(String name, Class<E> type, E absent) {
    return choice(optionalText(name), type, absent);
  }

  static <E extends Enum<E>> E choice(@Nullable String word, Class<E> type, E absent) {
    return word == null ? absent : Enum.valueOf(type, Ascii.toUpperCase(word).replace('-', '_'));
  }

  @Nullable Long optionalNumber(String name) {
    return element.child(name).map(Element::asLong).orElse(null);
  }

  boolean flag(String name, boolean absent) {
    return element.child(name).map(Element::asBoolean).orElse(absent);
  }

  @Nullable Boolean optionalFlag(String name) {
    return element.child(name).map(Element::asBoolean).orElse(null);
  }

  private Element mandatory(String name) {
    return element
        .child(name)
        .orElseThrow(() -> new IllegalStateException(path() + "/" + name + " passed the schema"));
  }
}
