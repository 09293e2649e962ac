package org.quattor.ncm.xen.schema;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.xen.finding.Catalogue;
import org.quattor.ncm.xen.text.BoundedMatch;
import org.quattor.ncm.xen.text.Excerpt;
import org.quattor.ncm.xen.text.NearestName;
import org.quattor.ncm.xen.text.Secrets;

/** The findings of this stage, one method per kind. */
final class Violations {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

  /** The options of a guest would fill the screen. */
  private static final int MAX_FIELDS_SHOWN = 30;

  private Violations() {}

  static Finding missingField(Element parent, String field, String expected) {
    return error("XEN001", parent, "field", field, "expected", expected, "path", parent.path());
  }

  static Finding missingElement(String path, String expected) {
    return Catalogue.finding("XEN001.element", path, "expected", expected);
  }

  static Finding unexpectedField(Element parent, String field, Set<String> known) {
    Optional<String> nearest = NearestName.of(field, known);
    if (nearest.isPresent()) {
      return error("XEN002", parent, "field", field, "nearest", nearest);
    }
    return known.size() > MAX_FIELDS_SHOWN
        ? error("XEN002.of-many", parent, "field", field, "count", known.size())
        : error("XEN002.of-few", parent, "field", field, "known", known);
  }

  static Finding wrongType(Element element, String expected) {
    Optional<String> value = value(element);
    return element.type() == Element.Type.STRING
        ? error(
            isOnlyQuoted(element.text(), expected) ? "XEN003.quoted" : "XEN003.string",
            element,
            "value",
            value,
            "expected",
            expected)
        : error(
            "XEN003", element, "type", element.type().text(), "value", value, "expected", expected);
  }

  private static boolean isOnlyQuoted(String text, String expected) {
    return (expected.startsWith("a long") && NUMBER.matcher(text).matches())
        || (expected.startsWith("a boolean") && text.matches("true|false"));
  }

  static Finding outOfRange(Element element, Range range, String expected) {
    return error(
        "XEN004",
        element,
        "value",
        value(element),
        "expected",
        expected.contains(range.words()) ? expected : range.words());
  }

  static Finding noChoice(Element element, List<String> choices) {
    return error(
        "XEN005",
        element,
        "value",
        value(element),
        "choices",
        choices,
        "nearest",
        value(element).flatMap(text -> NearestName.of(text, choices)));
  }

  static Finding noMatch(Element element, String expected) {
    return error("XEN006", element, "value", value(element), "expected", expected);
  }

  static Finding endlessPattern(Element element, Token.Place pattern) {
    return error(
        "XEN137",
        element,
        "value",
        value(element),
        "pattern",
        pattern.text(),
        "steps",
        BoundedMatch.MAX_LOOKS);
  }

  static Finding size(Element element, Range range) {
    return error("XEN007", element, "count", element.children().size(), "range", range.words());
  }

  static Finding length(Element element, Range range) {
    return error(
        "XEN007.string", element, "count", element.text().length(), "range", range.words());
  }

  static Finding tooLarge(Element element) {
    return error("XEN008", element, "value", value(element));
  }

  static Finding deadLink(Element element) {
    return error("XEN009", element, "value", value(element));
  }

  static Finding linkToWrongType(Element element, String expected) {
    return error("XEN009.other-type", element, "value", value(element), "expected", expected);
  }

  static Finding unknownComponent(Element element) {
    return error("XEN010", element, "value", value(element));
  }

  static Finding badKey(Element parent, String key) {
    return error("XEN011", parent, "key", key);
  }

  static Finding andMore(String path, int count) {
    return Catalogue.finding("XEN012", path, "count", count);
  }

  private static Finding error(String form, Element element, Object... values) {
    return Catalogue.finding(form, Excerpt.plain(element.path()), values);
  }

  /** Returns the value; empty when it is a secret, or not one value. */
  private static Optional<String> value(Element element) {
    return element.type().isProperty() && !Secrets.isSecret(element.path(), element.text())
        ? Optional.of(element.text())
        : Optional.empty();
  }
}
