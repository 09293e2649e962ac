package org.quattor.ncm.xen.schema;

import com.google.common.collect.ImmutableList;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Element;

/** A type as it is written in a declaration. */
sealed interface PanType {

  /** Calls the method for the kind; a new kind breaks every place that has to decide. */
  <T> T accept(Visitor<T> visitor);

  /** Decides by the kind of type. */
  interface Visitor<T> {
    T basic(Basic type);

    T named(Named type);

    T choice(Choice type);

    T fields(Fields type);

    T listOf(ListOf type);

    T dictOf(DictOf type);

    T linkTo(LinkTo type);

    T checked(Checked type);
  }

  /** The types that the language begins with. */
  enum Primitive {
    ELEMENT,
    PROPERTY,
    RESOURCE,
    STRING,
    LONG,
    DOUBLE,
    NUMBER,
    BOOLEAN,
    LIST,
    DICT,
    NLIST;

    static Optional<Primitive> named(String name) {
      for (Primitive primitive : values()) {
        if (primitive.word().equals(name)) {
          return Optional.of(primitive);
        }
      }
      return Optional.empty();
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean admits(Element.Type type) {
      return switch (this) {
        case ELEMENT -> true;
        case PROPERTY -> type.isProperty();
        case RESOURCE -> !type.isProperty();
        case STRING -> type == Element.Type.STRING;
        case LONG -> type == Element.Type.LONG;
        case DOUBLE -> type == Element.Type.DOUBLE;
        case NUMBER -> type == Element.Type.LONG || type == Element.Type.DOUBLE;
        case BOOLEAN -> type == Element.Type.BOOLEAN;
        case LIST -> type == Element.Type.LIST;
        case DICT, NLIST -> type == Element.Type.DICT;
      };
    }
  }

  /**
   * A type of the language.
   *
   * @param range of a number's value, a string's length or a resource's size; null when not given
   */
  record Basic(Primitive primitive, @Nullable Range range) implements PanType {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.basic(this);
    }
  }

  /**
   * A type that is declared elsewhere.
   *
   * @param place where it is mentioned
   */
  record Named(String name, @Nullable Range range, Token.Place place) implements PanType {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.named(this);
    }
  }

  /** One of some strings. */
  record Choice(ImmutableList<String> values) implements PanType {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.choice(this);
    }
  }

  /**
   * A record.
   *
   * @param own the fields in the order of the text
   * @param includes the records whose fields it has too
   * @param extensible whether other fields may be there
   */
  record Fields(
      ImmutableList<Field> own,
      ImmutableList<Named> includes,
      boolean extensible,
      @Nullable Range range)
      implements PanType {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.fields(this);
    }
  }

  /** A list of one type. */
  record ListOf(PanType item, @Nullable Range size) implements PanType {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.listOf(this);
    }
  }

  /** A dict of one type. */
  record DictOf(PanType item, @Nullable Range size) implements PanType {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.dictOf(this);
    }
  }

  /** A string that is the path of an element of that type in the same profile. */
  record LinkTo(PanType target) implements PanType {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.linkTo(this);
    }
  }

  /** A type whose elements pass a check as well. */
  record Checked(PanType base, Check check) implements PanType {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.checked(this);
    }
  }

  /** What follows {@code with}. */
  sealed interface Check {

    /**
     * A pattern of {@link java.util.regex}, looked for anywhere in the text, as Pan does.
     *
     * @param place where it stands
     */
    record Matches(Pattern pattern, Token.Place place) implements Check {}

    /** A validation function of the template library. */
    record Calls(CoreFunction function) implements Check {}
  }

  /**
   * A field of a record.
   *
   * @param required whether it has to be there, unless it has a default
   * @param defaultValue the default as it is written; empty when there is none
   * @param documentation what its annotation says; empty when there is none
   */
  record Field(
      String name, boolean required, PanType type, String defaultValue, String documentation) {

    /** Returns whether a record without the field is wrong. */
    boolean mustBeThere() {
      return required && defaultValue.isEmpty();
    }
  }

  /**
   * A declared type.
   *
   * @param documentation what its annotation says: a noun clause; empty when there is none
   */
  record Declared(String name, PanType type, String documentation) {}
}
