package org.quattor.ncm.xen.schema;

import org.quattor.ncm.component.Element;

/** Says in words what a type admits. */
final class Expected implements PanType.Visitor<String> {

  private final Declarations declarations;

  private Expected(Declarations declarations) {
    this.declarations = declarations;
  }

  /** Returns a noun clause, such as {@code a long, at least 1}. */
  static String of(PanType type, Declarations declarations) {
    return type.accept(new Expected(declarations));
  }

  /** Returns whether elements of a type of Pan can be of a declared type, seen from outside. */
  static boolean admits(PanType declared, Element.Type type, Declarations declarations) {
    if (declared instanceof PanType.Basic basic) {
      return basic.primitive().admits(type);
    }
    if (declared instanceof PanType.Named named) {
      return admits(declarations.type(named.name()).type(), type, declarations);
    }
    if (declared instanceof PanType.Checked checked) {
      return admits(checked.base(), type, declarations);
    }
    boolean text = declared instanceof PanType.Choice || declared instanceof PanType.LinkTo;
    if (text) {
      return type == Element.Type.STRING;
    }
    return type == (declared instanceof PanType.ListOf ? Element.Type.LIST : Element.Type.DICT);
  }

  @Override
  public String basic(PanType.Basic type) {
    String word = type.primitive().word();
    String noun = (word.equals("element") ? "an " : "a ") + word;
    return type.range() == null ? noun : noun + ", " + unit(type.primitive(), type.range());
  }

  private static String unit(PanType.Primitive primitive, Range range) {
    return switch (primitive) {
      case STRING, PROPERTY -> range.words() + " characters";
      case LIST, DICT, NLIST, RESOURCE -> range.words() + " elements";
      case LONG, DOUBLE, NUMBER, BOOLEAN, ELEMENT -> range.words();
    };
  }

  /** The comment above a checked type says what it admits; above others, what it is for. */
  @Override
  public String named(PanType.Named type) {
    PanType.Declared declared = declarations.type(type.name());
    boolean clause =
        declared.type() instanceof PanType.Checked && !declared.documentation().isEmpty();
    return clause ? declared.documentation() : declared.type().accept(this);
  }

  @Override
  public String choice(PanType.Choice type) {
    return "one of " + String.join(", ", type.values());
  }

  @Override
  public String fields(PanType.Fields type) {
    return "a dict";
  }

  @Override
  public String listOf(PanType.ListOf type) {
    return "a list, each item " + type.item().accept(this);
  }

  @Override
  public String dictOf(PanType.DictOf type) {
    return "a dict, each value " + type.item().accept(this);
  }

  @Override
  public String linkTo(PanType.LinkTo type) {
    return "the path of an element of this profile";
  }

  @Override
  public String checked(PanType.Checked type) {
    if (type.check() instanceof PanType.Check.Calls calls
        && calls.function() != CoreFunction.IS_COMPONENT_LIST) {
      return calls.function().expected();
    }
    return type.check() instanceof PanType.Check.Matches matches
        ? type.base().accept(this) + " that matches " + matches.pattern()
        : type.base().accept(this);
  }
}
