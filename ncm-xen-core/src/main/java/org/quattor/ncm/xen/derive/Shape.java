package org.quattor.ncm.xen.derive;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.text.NearestName;

/**
 * What a variable may hold: how it is written in each kind of file, and how it is read. Text that
 * has no types, as in properties, is taken for what is expected.
 */
sealed interface Shape<T> {

  /** Returns what is expected, as a noun phrase. */
  String expected();

  /** Returns the value; empty if it is not what is expected, which is reported. */
  Optional<T> read(Given given, String path, Findings findings);

  /** Returns what a text of properties stands for. */
  default Given given(String text) {
    return Given.text(text);
  }

  /** Returns what a line of properties stands for, below a name; empty when it can have no such. */
  Optional<Placed> place(String dotted, String text);

  /**
   * A value and the keys that lead to it.
   *
   * @param steps the keys
   * @param value what stands there
   */
  record Placed(ImmutableList<String> steps, Given value) {
    Placed below(String step) {
      return new Placed(ImmutableList.<String>builder().add(step).addAll(steps).build(), value);
    }
  }

  /** Returns whether there is nothing below it. */
  default boolean leaf() {
    return true;
  }

  private static <T> Optional<T> wrong(
      Shape<?> shape, Given given, String path, Findings findings) {
    String expected = shape.expected();
    if (!(given instanceof Given.Value value)) {
      String type = given instanceof Given.Items ? "list" : "dict";
      findings.add("XEN501.collection", path, "type", type, "expected", expected);
    } else if (value.type() == null || value.type() == Element.Type.STRING) {
      findings.add(
          isOnlyQuoted(shape, value) ? "XEN501.quoted" : "XEN501",
          path,
          "value",
          value.text(),
          "expected",
          expected);
    } else {
      findings.add(
          "XEN501.typed",
          path,
          "type",
          value.type().text(),
          "value",
          value.text(),
          "expected",
          expected);
    }
    return Optional.empty();
  }

  private static boolean isOnlyQuoted(Shape<?> shape, Given.Value value) {
    return value.type() == Element.Type.STRING
        && shape instanceof Scalar<?> scalar
        && scalar.type != Element.Type.STRING
        && scalar.parse.apply(value.text()).isPresent();
  }

  /** Returns text that matches. */
  static Shape<String> text(String pattern, String expected) {
    Pattern compiled = Pattern.compile(pattern);
    return new Scalar<>(
        Element.Type.STRING,
        expected,
        text -> Optional.of(text).filter(t -> compiled.matcher(t).matches()));
  }

  /** Returns true or false. */
  static Shape<Boolean> bool() {
    return new Scalar<>(
        Element.Type.BOOLEAN,
        "true or false",
        text -> text.matches("true|false") ? Optional.of(text.equals("true")) : Optional.empty());
  }

  /** Returns a whole number of at most nine digits. */
  static Shape<Long> number(long min, String expected) {
    return new Scalar<>(
        Element.Type.LONG,
        expected,
        text ->
            text.matches("-?[0-9]{1,9}")
                ? Optional.of(Long.valueOf(text)).filter(number -> number >= min)
                : Optional.empty());
  }

  /** A single value. */
  record Scalar<T>(Element.Type type, String expected, Function<String, Optional<T>> parse)
      implements Shape<T> {

    @Override
    public Optional<T> read(Given given, String path, Findings findings) {
      if (given instanceof Given.Value value && (value.type() == null || value.type() == type)) {
        Optional<T> read = parse.apply(value.text());
        if (read.isPresent()) {
          return read;
        }
      }
      return wrong(this, given, path, findings);
    }

    @Override
    public Optional<Placed> place(String dotted, String text) {
      return Optional.empty();
    }
  }

  /** Values in order; in properties with commas between them. */
  record ListOf<T>(Shape<T> item) implements Shape<ImmutableList<T>> {

    private static final Splitter COMMA = Splitter.on(',').trimResults().omitEmptyStrings();

    @Override
    public String expected() {
      return "a list, each item " + item.expected();
    }

    @Override
    public Optional<ImmutableList<T>> read(Given given, String path, Findings findings) {
      if (given instanceof Given.Value value && value.type() == null) {
        // Where there are no types, a single value is a list of one.
        return read(given(value.text()), path, findings);
      }
      if (!(given instanceof Given.Items list)) {
        return wrong(this, given, path, findings);
      }
      ImmutableList.Builder<T> items = ImmutableList.builder();
      for (int i = 0; i < list.items().size(); i++) {
        item.read(list.items().get(i), path + "/" + i, findings).ifPresent(items::add);
      }
      return Optional.of(items.build());
    }

    @Override
    public Given given(String text) {
      return new Given.Items(
          COMMA.splitToStream(text).map(Given::text).collect(ImmutableList.toImmutableList()));
    }

    @Override
    public Optional<Placed> place(String dotted, String text) {
      return Optional.empty();
    }
  }

  /** Values by name. */
  record DictOf<T>(String keys, Shape<String> key, Shape<T> item)
      implements Shape<ImmutableSortedMap<String, T>> {

    @Override
    public String expected() {
      return "a dict by " + keys + ", each entry " + item.expected();
    }

    @Override
    public Optional<ImmutableSortedMap<String, T>> read(
        Given given, String path, Findings findings) {
      if (!(given instanceof Given.Entries dict)) {
        // Text without types cannot tell an empty dict from an empty text.
        return given instanceof Given.Value value && value.type() == null && value.text().isEmpty()
            ? Optional.of(ImmutableSortedMap.of())
            : wrong(this, given, path, findings);
      }
      ImmutableSortedMap.Builder<String, T> entries = ImmutableSortedMap.naturalOrder();
      dict.entries()
          .forEach(
              (name, value) -> {
                if (key.read(Given.text(name), path, findings).isPresent()) {
                  item.read(value, path + "/" + name, findings)
                      .ifPresent(read -> entries.put(name, read));
                }
              });
      return Optional.of(entries.buildOrThrow());
    }

    /** A name may have dots itself, so that as much as possible is taken for it. */
    @Override
    public Optional<Placed> place(String dotted, String text) {
      if (item.leaf()) {
        return Optional.of(new Placed(ImmutableList.of(dotted), item.given(text)));
      }
      for (int dot = dotted.lastIndexOf('.'); dot > 0; dot = dotted.lastIndexOf('.', dot - 1)) {
        Optional<Placed> rest = item.place(dotted.substring(dot + 1), text);
        if (rest.isPresent()) {
          return Optional.of(rest.get().below(dotted.substring(0, dot)));
        }
      }
      return Optional.empty();
    }

    @Override
    public boolean leaf() {
      return false;
    }
  }

  /**
   * Values under names that are fixed.
   *
   * @param open whether further names are passed over instead of being an error
   */
  record RecordOf<T>(ImmutableMap<String, Shape<?>> fields, boolean open, Function<Fields, T> make)
      implements Shape<T> {

    @Override
    public String expected() {
      return "a dict of " + String.join(", ", fields.keySet());
    }

    @Override
    public Optional<T> read(Given given, String path, Findings findings) {
      if (!(given instanceof Given.Entries dict)) {
        return given instanceof Given.Value value && value.type() == null && value.text().isEmpty()
            ? Optional.of(make.apply(new Fields(Given.Entries.NONE, path, findings)))
            : wrong(this, given, path, findings);
      }
      for (String name : dict.entries().keySet()) {
        if (!open && !fields.containsKey(name)) {
          findings.add(
              "XEN501.field",
              path,
              "field",
              name,
              "expected",
              expected(),
              "nearest",
              NearestName.of(name, fields.keySet()));
        }
      }
      return Optional.of(make.apply(new Fields(dict, path, findings)));
    }

    @Override
    public Optional<Placed> place(String dotted, String text) {
      int dot = dotted.indexOf('.');
      Shape<?> field = fields.get(dot < 0 ? dotted : dotted.substring(0, dot));
      if (dot >= 0) {
        return field == null
            ? Optional.empty()
            : field
                .place(dotted.substring(dot + 1), text)
                .map(placed -> placed.below(dotted.substring(0, dot)));
      }
      return field != null || open
          ? Optional.of(
              new Placed(
                  ImmutableList.of(dotted), field == null ? Given.text(text) : field.given(text)))
          : Optional.empty();
    }

    @Override
    public boolean leaf() {
      return false;
    }
  }

  /** The fields of one record. */
  record Fields(Given.Entries entries, String path, Findings findings) {

    /** Returns a field; empty when it is absent or wrong. */
    <T> Optional<T> get(String name, Shape<T> shape) {
      Given given = entries.entries().get(name);
      return given == null ? Optional.empty() : shape.read(given, path + "/" + name, findings);
    }
  }
}
