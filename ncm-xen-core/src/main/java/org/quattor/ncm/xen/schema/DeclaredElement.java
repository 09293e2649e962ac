package org.quattor.ncm.xen.schema;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Element;

/**
 * An element of the type that is declared for it, made of one whose source did not know the type.
 *
 * @param value of a property; empty for a dict or a list
 * @param byName the children by key or index, in order
 */
record DeclaredElement(
    String path, String name, Type type, String value, ImmutableMap<String, Element> byName)
    implements Element {

  @Override
  public List<Element> children() {
    return byName.values().asList();
  }

  @Override
  public String text() {
    if (!type.isProperty()) {
      throw new IllegalStateException(path + " is a " + type.text() + ", which has no value");
    }
    return value;
  }

  @Override
  public Optional<Element> child(String step) {
    return Optional.ofNullable(byName.get(step));
  }

  @Override
  public String toString() {
    return path;
  }

  /** Reads an element, and all below it, as a type says. */
  static Element of(
      Element source, String path, String name, PanType type, Declarations declarations) {
    return type.accept(new Observed(source, path, name, declarations));
  }

  /** One element on its way to its type. */
  private record Observed(Element source, String path, String name, Declarations declarations)
      implements PanType.Visitor<Element> {

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,1000}");
    private static final Pattern WHOLE_AS_FRACTION =
        Pattern.compile("([+-]?[0-9]{1,30})\\.0{1,30}");
    private static final Pattern FRACTION =
        Pattern.compile("[+-]?[0-9]{1,30}(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?");

    /** The words that Commons Configuration takes for booleans, and the 1 and 0 of the CCM. */
    private static final ImmutableMap<String, String> BOOLEANS =
        ImmutableMap.<String, String>builder()
            .put("true", "true")
            .put("yes", "true")
            .put("on", "true")
            .put("1", "true")
            .put("false", "false")
            .put("no", "false")
            .put("off", "false")
            .put("0", "false")
            .buildOrThrow();

    @Override
    public Element basic(PanType.Basic type) {
      return switch (type.primitive()) {
        case STRING -> string();
        case LONG -> whole();
        case DOUBLE -> fraction();
        case NUMBER -> source.type() == Type.DOUBLE || !isWhole() ? fraction() : whole();
        case BOOLEAN -> bool();
        case LIST -> list(Observed::unchanged);
        case DICT, NLIST -> dict(Observed::unchanged);
        case ELEMENT, PROPERTY, RESOURCE -> unchanged();
      };
    }

    private Element string() {
      if (isNothing()) {
        return property(Type.STRING, "");
      }
      return source.type().isProperty() ? property(Type.STRING, source.text()) : unchanged();
    }

    private boolean isWhole() {
      return source.type().isProperty() && WHOLE.matcher(source.text()).matches();
    }

    private Element whole() {
      if (!source.type().isProperty()) {
        return unchanged();
      }
      Matcher fraction = WHOLE_AS_FRACTION.matcher(source.text());
      String digits = fraction.matches() ? fraction.group(1) : source.text();
      return WHOLE.matcher(digits).matches()
          ? property(Type.LONG, new BigInteger(digits).toString())
          : unchanged();
    }

    private Element fraction() {
      return source.type().isProperty() && FRACTION.matcher(source.text()).matches()
          ? property(Type.DOUBLE, source.text())
          : unchanged();
    }

    private Element bool() {
      @Nullable String word =
          source.type().isProperty() ? BOOLEANS.get(Ascii.toLowerCase(source.text())) : null;
      return word == null ? unchanged() : property(Type.BOOLEAN, word);
    }

    @Override
    public Element named(PanType.Named type) {
      return declarations.type(type.name()).type().accept(this);
    }

    @Override
    public Element choice(PanType.Choice type) {
      return string();
    }

    @Override
    public Element linkTo(PanType.LinkTo type) {
      return string();
    }

    @Override
    public Element checked(PanType.Checked type) {
      return type.base().accept(this);
    }

    @Override
    public Element fields(PanType.Fields type) {
      ImmutableMap<String, PanType.Field> fields = declarations.allFields(type);
      return dict(
          child -> {
            PanType.Field field = fields.get(child.name);
            return field == null ? child.unchanged() : field.type().accept(child);
          });
    }

    @Override
    public Element dictOf(PanType.DictOf type) {
      return dict(type.item()::accept);
    }

    @Override
    public Element listOf(PanType.ListOf type) {
      return list(type.item()::accept);
    }

    private Element dict(Function<Observed, Element> read) {
      return source.type() == Type.DICT || isNothing()
          ? resource(Type.DICT, source.children(), read)
          : unchanged();
    }

    private Element list(Function<Observed, Element> read) {
      if (source.type() == Type.LIST || isNothing()) {
        return resource(Type.LIST, source.children(), read);
      }
      Element only = read.apply(new Observed(source, path + "/0", "0", declarations));
      return new DeclaredElement(path, name, Type.LIST, "", ImmutableMap.of("0", only));
    }

    /** Returns whether there is neither text nor anything below. */
    private boolean isNothing() {
      return source.type().isProperty() ? source.text().isEmpty() : source.children().isEmpty();
    }

    private Element unchanged() {
      return source.type().isProperty()
          ? property(source.type(), source.text())
          : resource(source.type(), source.children(), Observed::unchanged);
    }

    private Element resource(
        Type type, Iterable<Element> sources, Function<Observed, Element> read) {
      ImmutableMap.Builder<String, Element> children = ImmutableMap.builder();
      for (Element child : sources) {
        children.put(
            child.name(),
            read.apply(new Observed(child, path + "/" + child.name(), child.name(), declarations)));
      }
      return new DeclaredElement(path, name, type, "", children.buildOrThrow());
    }

    private Element property(Type type, String text) {
      return new DeclaredElement(path, name, type, text, ImmutableMap.of());
    }
  }
}
