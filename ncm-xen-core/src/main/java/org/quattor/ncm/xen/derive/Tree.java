package org.quattor.ncm.xen.derive;

import java.util.List;
import java.util.Optional;
import org.quattor.ncm.component.Element;

/** Looks into profiles, which may hold anything. */
final class Tree {

  private Tree() {}

  /** Returns a child of a dict; empty when it is none, or has no such child. */
  static Optional<Element> child(Element element, String name) {
    return element.type() == Element.Type.DICT ? element.child(name) : Optional.empty();
  }

  /** Returns the text of a child that is a string and not empty. */
  static Optional<String> text(Element element, String name) {
    return child(element, name).flatMap(Tree::text);
  }

  /** Returns the text of a string that is not empty. */
  static Optional<String> text(Element element) {
    return element.type() == Element.Type.STRING && !element.text().isEmpty()
        ? Optional.of(element.text())
        : Optional.empty();
  }

  /** Returns whether a child is true. */
  static boolean isTrue(Element element, String name) {
    return child(element, name)
        .filter(child -> child.type() == Element.Type.BOOLEAN)
        .map(Element::asBoolean)
        .orElse(false);
  }

  /** Returns the members of a dict in natural order of their keys; none of anything else. */
  static List<Element> members(Optional<Element> dict) {
    return dict.filter(element -> element.type() == Element.Type.DICT)
        .map(
            element ->
                element.children().stream()
                    .sorted((one, other) -> NaturalOrder.INSTANCE.compare(one.name(), other.name()))
                    .toList())
        .orElse(List.of());
  }

  /** Returns the members of a list or a dict in their order. */
  static List<Element> items(Optional<Element> resource) {
    return resource.map(Element::children).orElse(List.of());
  }
}
