package org.quattor.ncm.xen.schema;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Severity;
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
    return error(
        "XEN001",
        parent,
        "the field " + field + " is missing",
        expected,
        "set " + Excerpt.plain(parent.path()) + "/" + field);
  }

  static Finding missingElement(String path, String expected) {
    return new Finding("XEN001", Severity.ERROR, path, "is missing", expected, "");
  }

  static Finding unexpectedField(Element parent, String field, Set<String> known) {
    Optional<String> nearest = NearestName.of(field, known);
    return error(
        "XEN002",
        parent,
        "the field " + Excerpt.of(field) + " is unknown",
        nearest.isPresent()
            ? ""
            : known.size() > MAX_FIELDS_SHOWN
                ? "one of the " + known.size() + " fields that ncm-xen schema lists"
                : "only " + String.join(", ", known),
        nearest.map(name -> "did you mean " + name + "?").orElse("remove it"));
  }

  static Finding wrongType(Element element, String expected) {
    return error(
        "XEN003",
        element,
        "is a " + element.type().text() + shown(element),
        expected,
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
        "is" + shown(element),
        expected.contains(range.words()) ? expected : range.words(),
        "");
  }

  static Finding noChoice(Element element, List<String> choices) {
    Optional<String> nearest =
        isSecret(element) ? Optional.empty() : NearestName.of(element.text(), choices);
    return error(
        "XEN005",
        element,
        "is" + shown(element),
        "one of " + String.join(", ", choices),
        nearest.map(name -> "did you mean " + name + "?").orElse(""));
  }

  static Finding noMatch(Element element, String expected) {
    return error("XEN006", element, "is" + shown(element), expected, "");
  }

  static Finding endlessPattern(Element element, Token.Place pattern) {
    return error(
        "XEN137",
        element,
        "whether" + shown(element) + " matches the pattern at " + pattern.text() + " is unknown",
        "a pattern that is decided within " + BoundedMatch.MAX_LOOKS + " steps",
        "write it so that each character can be matched in one way only");
  }

  static Finding size(Element element, Range range) {
    return error(
        "XEN007",
        element,
        "has " + counted(element.children().size(), "element"),
        range.words(),
        "");
  }

  private static String counted(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  static Finding length(Element element, Range range) {
    return error(
        "XEN007",
        element,
        "has " + counted(element.text().length(), "character"),
        range.words(),
        "");
  }

  static Finding tooLarge(Element element) {
    return error(
        "XEN008", element, "is" + shown(element), "a whole number that fits into 64 bits", "");
  }

  static Finding deadLink(Element element) {
    return error(
        "XEN009",
        element,
        "is" + shown(element) + ", which is not in this profile",
        "the path of an element of this profile",
        "remove it, or add what it names");
  }

  static Finding linkToWrongType(Element element, String expected) {
    return error("XEN009", element, "leads to" + shown(element), "the path of " + expected, "");
  }

  static Finding unknownComponent(Element element) {
    return error(
        "XEN010",
        element,
        "is" + shown(element) + ", which is not under /software/components of this profile",
        "a component of this profile",
        "remove it, or add the component");
  }

  static Finding badKey(Element parent, String key) {
    return error(
        "XEN011",
        parent,
        "the key " + Excerpt.of(key) + " is none that Pan allows",
        "ASCII letters, digits and _ + . -, beginning with a letter, a digit or _, and not digits only",
        "");
  }

  static Finding andMore(String path, int count) {
    return new Finding(
        "XEN012",
        Severity.ERROR,
        path,
        "has more than " + count + " mistakes, of which these are the first",
        "",
        "correct them and run again");
  }

  private static Finding error(
      String id, Element element, String found, String expected, String hint) {
    return new Finding(id, Severity.ERROR, Excerpt.plain(element.path()), found, expected, hint);
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
