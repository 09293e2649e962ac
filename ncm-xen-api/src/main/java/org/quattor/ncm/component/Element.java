package org.quattor.ncm.component;

import java.util.List;
import java.util.Optional;

/**
 * One element of a profile: a property (string, long, double, boolean) or a resource (dict, list).
 *
 * <p>A profile has neither null nor undef. Text is data: nothing in it is interpolated.
 */
public interface Element {

  /** The types of Pan, by the names that the compiler uses in messages. */
  enum Type {
    /** Text. */
    STRING("string"),
    /** A whole number; see {@link Element#asLong} for its range. */
    LONG("long"),
    /** A number with a fraction or an exponent. */
    DOUBLE("double"),
    /** True or false. */
    BOOLEAN("boolean"),
    /** Named elements, sorted by key. */
    DICT("dict"),
    /** Elements by index. */
    LIST("list");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    /** Returns Pan's name of the type. */
    public String text() {
      return text;
    }

    /** Returns whether elements of this type have a value instead of children. */
    public boolean isProperty() {
      return this != DICT && this != LIST;
    }
  }

  /** Returns the absolute path. */
  String path();

  /** Returns the last step of the path: the key, or the index in a list; empty for the root. */
  String name();

  /** Returns the type. */
  Type type();

  /**
   * Returns the value as it stood in the profile, for a property.
   *
   * @throws IllegalStateException for a dict or a list
   */
  String text();

  /**
   * Returns the value of a long.
   *
   * @throws IllegalStateException when the element is not a long within 64 bits
   */
  default long asLong() {
    try {
      if (type() == Type.LONG) {
        return Long.parseLong(text());
      }
    } catch (NumberFormatException e) {
      throw new IllegalStateException(path() + " does not fit into 64 bits: " + text(), e);
    }
    throw new IllegalStateException(path() + " is a " + type().text() + ", not a long");
  }

  /**
   * Returns the value of a boolean.
   *
   * @throws IllegalStateException when the element is not a boolean
   */
  default boolean asBoolean() {
    if (type() != Type.BOOLEAN) {
      throw new IllegalStateException(path() + " is a " + type().text() + ", not a boolean");
    }
    return text().equals("true");
  }

  /** Returns the children: of a dict sorted by key (code units), of a list by index; else none. */
  List<Element> children();

  /** Returns the child of a dict by key, or of a list by index. */
  Optional<Element> child(String name);
}
