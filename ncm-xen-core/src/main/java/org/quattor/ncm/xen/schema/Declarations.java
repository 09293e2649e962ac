package org.quattor.ncm.xen.schema;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.finding.XenPaths;
import org.quattor.ncm.xen.schema.PanType.Declared;
import org.quattor.ncm.xen.text.NearestName;

/** What the templates declare, while they are read and after. */
final class Declarations {

  /** The template that the component's own schema is. */
  static final String OWN_TEMPLATE = "components/xen/schema";

  /** The template that binds the component's type to its path. */
  static final String OWN_CONFIG = "components/xen/config";

  /**
   * Other names and included records of one type; it bounds the stack at each step down a profile,
   * and the time for records that include each other twice.
   */
  private static final int MAX_ENDS = 30;

  private final Map<String, Integer> ends = new HashMap<>();
  private final Map<String, Declared> types = new LinkedHashMap<>();
  private final Map<String, Token.Place> places = new LinkedHashMap<>();
  private final List<Binding> bindings = new ArrayList<>();
  private boolean ownIncluded;
  private boolean ownBound;

  /** A type that a path has to be of. */
  record Binding(String path, PanType type) {}

  /** Makes declarations that know the types of the template library. */
  static Declarations withCoreTypes() {
    Declarations declarations = new Declarations();
    PanParser.read("core.pan", resource("core.pan"), declarations);
    return declarations;
  }

  /** Adds the component's own schema and binds its type, once. */
  void bindOwn() {
    if (!ownBound) {
      ownBound = true;
      String file = OWN_CONFIG + ".pan";
      PanParser.readOurs(file, resource(file), this);
    }
  }

  /** Returns the text of the component's own schema. */
  static String ownText() {
    return resource(OWN_TEMPLATE + ".pan");
  }

  /** Returns the names of the declared types, in the order of their declarations. */
  ImmutableList<String> names() {
    return ImmutableList.copyOf(types.keySet());
  }

  /** Returns the fields of a record by name: those that it includes, then its own, as written. */
  ImmutableMap<String, PanType.Field> allFields(PanType.Fields type) {
    Map<String, PanType.Field> all = new LinkedHashMap<>();
    for (PanType.Named include : type.includes()) {
      all.putAll(allFields(fields(include)));
    }
    for (PanType.Field field : type.own()) {
      all.put(field.name(), field);
    }
    return ImmutableMap.copyOf(all);
  }

  /** Adds the component's own schema, once. */
  void includeOwn() {
    if (!ownIncluded) {
      ownIncluded = true;
      String file = OWN_TEMPLATE + ".pan";
      PanParser.read(file, resource(file), this);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Declarations.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void declare(Token name, Declared type) {
    if (PanType.Primitive.named(type.name()).isPresent()
        || types.putIfAbsent(type.name(), type) != null) {
      throw name.refused("a name that is not declared already");
    }
    places.put(type.name(), name.place());
  }

  void bind(Token path, PanType type) {
    if (!path.text().equals(XenPaths.COMPONENT)
        && !path.text().startsWith(XenPaths.COMPONENT + "/")) {
      throw path.refused(XenPaths.COMPONENT + " or a path below it");
    }
    Binding binding = new Binding(path.text(), type);
    if (!bindings.contains(binding)) {
      bindings.add(binding);
    }
  }

  List<Binding> bindings() {
    return bindings;
  }

  /** Returns a type whose name was checked. */
  Declared type(String name) {
    Declared type = types.get(name);
    if (type == null) {
      throw new IllegalStateException("type " + name + " was not checked");
    }
    return type;
  }

  /** Returns the record behind aliases. */
  PanType.Fields fields(PanType.Named name) {
    PanType type = type(name.name()).type();
    while (type instanceof PanType.Named alias) {
      type = type(alias.name()).type();
    }
    if (type instanceof PanType.Fields fields) {
      return fields;
    }
    throw name.place().refused("found " + name.name() + "; expected a record type");
  }

  /**
   * Checks that every name is declared and no type is made of itself.
   *
   * @throws Refusal otherwise
   */
  void check() {
    Resolver resolver = new Resolver();
    for (String name : ImmutableSortedSet.copyOf(types.keySet())) {
      type(name).type().accept(resolver);
    }
    for (Binding binding : bindings) {
      binding.type().accept(resolver);
    }
    ImmutableSortedSet.copyOf(types.keySet()).forEach(this::checkEnds);
  }

  /** Follows what has to be looked up before any step down the profile. */
  private void checkEnds(String name) {
    checkEnds(name, new LinkedHashSet<>());
  }

  /** Returns how many types that is, one that is there several times as often as it is. */
  private int checkEnds(String name, Set<String> open) {
    Integer known = ends.get(name);
    if (known != null) {
      return known;
    }
    Token.Place place = requireNonNull(places.get(name));
    if (!open.add(name)) {
      throw place.refused("the type " + name + " is made of itself");
    }
    int number = open.size() > MAX_ENDS ? MAX_ENDS : checkEnds(type(name).type(), open);
    if (number >= MAX_ENDS) {
      throw place.refused("the type " + name + " is made of more than " + MAX_ENDS + " others");
    }
    open.remove(name);
    ends.put(name, number + 1);
    return number + 1;
  }

  private int checkEnds(PanType type, Set<String> open) {
    if (type instanceof PanType.Named named) {
      return checkEnds(named.name(), open);
    }
    if (type instanceof PanType.Checked checked) {
      return checkEnds(checked.base(), open);
    }
    if (type instanceof PanType.LinkTo link) {
      return checkEnds(link.target(), open);
    }
    int number = 0;
    if (type instanceof PanType.Fields fields) {
      for (PanType.Named include : fields.includes()) {
        number = Math.min(MAX_ENDS, number + checkEnds(include.name(), open));
        fields(include);
      }
    }
    return number;
  }

  /** Visits every type in a declaration and looks its names up. */
  private final class Resolver implements PanType.Visitor<Boolean> {

    @Override
    public Boolean basic(PanType.Basic type) {
      return true;
    }

    @Override
    public Boolean named(PanType.Named type) {
      if (!types.containsKey(type.name())) {
        throw type.place()
            .refused(
                "found the type "
                    + type.name()
                    + ", which is not declared"
                    + NearestName.hint(type.name(), types.keySet()));
      }
      return true;
    }

    @Override
    public Boolean choice(PanType.Choice type) {
      return true;
    }

    @Override
    public Boolean fields(PanType.Fields type) {
      type.includes().forEach(this::named);
      type.own().forEach(field -> field.type().accept(this));
      return true;
    }

    @Override
    public Boolean listOf(PanType.ListOf type) {
      return type.item().accept(this);
    }

    @Override
    public Boolean dictOf(PanType.DictOf type) {
      return type.item().accept(this);
    }

    @Override
    public Boolean linkTo(PanType.LinkTo type) {
      return type.target().accept(this);
    }

    @Override
    public Boolean checked(PanType.Checked type) {
      return type.base().accept(this);
    }
  }
}
