package org.quattor.ncm.xen.profile;

import com.google.common.collect.Lists;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Element;

/**
 * How a Pan tree is laid out in the nodes of Commons Configuration.
 *
 * <p>A property is a node with a value: {@link String}, {@link Long} ({@link BigInteger} beyond 64
 * bits), {@link Double} or {@link Boolean}. A dict is a node without one, whose children are sorted
 * by name (code units). A list is the same with the attribute {@value #TYPE} and nameless children.
 */
final class PanTree {

  /** The attribute that tells a list from a dict, so that an empty one keeps its type. */
  private static final String TYPE = "type";

  /** The attribute that holds the text of a number that Java would write in another way. */
  private static final String TEXT = "text";

  private static final String LIST = "list";

  private PanTree() {}

  static ImmutableNode dict(@Nullable String name, Collection<ImmutableNode> sorted) {
    return new ImmutableNode.Builder(sorted.size()).name(name).addChildren(sorted).create();
  }

  static ImmutableNode list(@Nullable String name, Collection<ImmutableNode> items) {
    return new ImmutableNode.Builder(items.size())
        .name(name)
        .addChildren(items)
        .addAttribute(TYPE, LIST)
        .create();
  }

  static ImmutableNode string(@Nullable String name, String value) {
    return property(name, value);
  }

  static ImmutableNode bool(@Nullable String name, boolean value) {
    return property(name, value);
  }

  /** Makes a long of text that is an optional minus and digits, however many. */
  static ImmutableNode wholeNumber(@Nullable String name, String text) {
    return number(name, text.length() < 19 ? parse(text) : parseAnyLength(text), text);
  }

  private static Number parse(String text) {
    return Long.parseLong(text);
  }

  private static Number parseAnyLength(String text) {
    BigInteger value = new BigInteger(text);
    return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
  }

  /** Makes a double of text that {@link Double#parseDouble} understands. */
  static ImmutableNode fraction(@Nullable String name, String text) {
    return number(name, Double.valueOf(text), text);
  }

  private static ImmutableNode number(@Nullable String name, Number value, String text) {
    ImmutableNode node = property(name, value);
    return value.toString().equals(text) ? node : node.setAttribute(TEXT, text);
  }

  private static ImmutableNode property(@Nullable String name, Object value) {
    return new ImmutableNode.Builder().name(name).value(value).create();
  }

  /** Returns the node of an element that may be anybody's. */
  static ImmutableNode copy(Element element, @Nullable String name) {
    return switch (element.type()) {
      case STRING -> string(name, element.text());
      case LONG -> wholeNumber(name, element.text());
      case DOUBLE -> fraction(name, element.text());
      case BOOLEAN -> bool(name, element.asBoolean());
      case DICT ->
          dict(name, Lists.transform(element.children(), child -> copy(child, child.name())));
      case LIST -> list(name, Lists.transform(element.children(), child -> copy(child, null)));
    };
  }

  static Element.Type type(ImmutableNode node) {
    Object value = node.getValue();
    if (value == null) {
      return node.getAttributes().containsKey(TYPE) ? Element.Type.LIST : Element.Type.DICT;
    }
    return typeOf(value);
  }

  static Element.Type typeOf(Object value) {
    if (value instanceof Boolean) {
      return Element.Type.BOOLEAN;
    }
    if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte
        || value instanceof BigInteger) {
      return Element.Type.LONG;
    }
    return value instanceof Double || value instanceof Float || value instanceof BigDecimal
        ? Element.Type.DOUBLE
        : Element.Type.STRING;
  }

  /** Returns the value of a property as it stood in the profile. */
  static String text(ImmutableNode property) {
    Object text = property.getAttributes().get(TEXT);
    return String.valueOf(text == null ? property.getValue() : text);
  }

  /** Returns where the child of a dict is, or a negative number. */
  static int indexOf(List<ImmutableNode> sorted, String name) {
    int low = 0;
    int high = sorted.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = sorted.get(middle).getNodeName().compareTo(name);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** Returns the number that a path step is, or a negative number when it is no list index. */
  static int listIndex(String step) {
    boolean digits = !step.isEmpty() && step.length() < 10;
    for (int i = 0; digits && i < step.length(); i++) {
      digits = step.charAt(i) >= '0' && step.charAt(i) <= '9';
    }
    boolean plain = digits && (step.length() == 1 || step.charAt(0) != '0');
    return plain ? Integer.parseInt(step) : -1;
  }
}
