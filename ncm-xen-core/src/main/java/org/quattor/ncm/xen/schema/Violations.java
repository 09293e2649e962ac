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
    return Catalogue.finding("XEN001.missing-element", path, "expected", expected);
  }

  static Finding unexpectedField(Element parent, String field, Set<String> known) {
    Optional<String> nearest = NearestName.of(field, known);
    return error(
        "XEN002",
        parent,
        "field",
        field,
        "detail",
        nearest.isPresent()
            ? ""
            : known.size() > MAX_FIELDS_SHOWN
                ? "one of the " + known.size() + " fields that ncm-xen schema lists"
                : "only " + String.join(", ", known),
        "nearest",
        nearest);
  }

  static Finding wrongType(Element element, String expected) {
    return error(
        "XEN003",
        element,
        "type",
        element.type().text(),
        "shown",
        shown(element),
        "expected",
        expected,
        "hint",
        hint(element, expected));
  }

  private static String hint(Element element, String expected) {
    if (element.type() != Element.Type.STRING) {
      return "";
    }
    boolean quoted =
        (expected.startsWith("a long") && NUMBER.matcher(element.text()).matches())
            || (expected.startsWith("a boolean") && element.text().matches("true|false"));
    return quoted ? "write " + element.text() + " without quotes" : "";
  }

  static Finding outOfRange(Element element, Range range, String expected) {
    return error(
        "XEN004",
        element,
        "shown",
        shown(element),
        "detail",
        expected.contains(range.words()) ? expected : range.words());
  }

  static Finding noChoice(Element element, List<String> choices) {
    Optional<String> nearest =
        isSecret(element) ? Optional.empty() : NearestName.of(element.text(), choices);
    return error(
        "XEN005", element, "shown", shown(element), "choices", choices, "nearest", nearest);
  }

  static Finding noMatch(Element element, String expected) {
    return error("XEN006", element, "shown", shown(element), "expected", expected);
  }

  static Finding endlessPattern(Element element, Token.Place pattern) {
    return error(
        "XEN137",
        element,
        "shown",
        shown(element),
        "pattern",
        pattern.text(),
        "maxLooks",
        BoundedMatch.MAX_LOOKS);
  }

  static Finding size(Element element, Range range) {
    return error(
        "XEN007",
        element,
        "counted",
        counted(element.children().size(), "element"),
        "range",
        range.words());
  }

  private static String counted(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  static Finding length(Element element, Range range) {
    return error(
        "XEN007",
        element,
        "counted",
        counted(element.text().length(), "character"),
        "range",
        range.words());
  }

  static Finding tooLarge(Element element) {
    return error("XEN008", element, "shown", shown(element));
  }

  static Finding deadLink(Element element) {
    return error("XEN009", element, "shown", shown(element));
  }

  static Finding linkToWrongType(Element element, String expected) {
    return error(
        "XEN009.link-to-wrong-type", element, "shown", shown(element), "expected", expected);
  }

  static Finding unknownComponent(Element element) {
    return error("XEN010", element, "shown", shown(element));
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

  /** Returns a blank and the value, unless it is a secret or there is none. */
  private static String shown(Element element) {
    if (!element.type().isProperty()) {
      return "";
    }
    if (isSecret(element)) {
      return " (a value that is not shown)";
    }
    return element.type() == Element.Type.STRING
        ? " " + Excerpt.of(element.text())
        : " " + Excerpt.plain(element.text());
  }

  private static boolean isSecret(Element element) {
    return Secrets.isSecret(element.path(), element.text());
  }
}
