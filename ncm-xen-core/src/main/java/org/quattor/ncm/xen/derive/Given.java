package org.quattor.ncm.xen.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Element;

/** The value of a variable as it was written, before it is validated. */
sealed interface Given {

  /**
   * A single value.
   *
   * @param text as it stood there
   * @param type its type; null where the source has none but text
   */
  record Value(String text, Element.@Nullable Type type) implements Given {}

  /** Several values in order. */
  record Items(ImmutableList<Given> items) implements Given {}

  /** Values by key. */
  record Entries(ImmutableSortedMap<String, Given> entries) implements Given {
    static final Entries NONE = new Entries(ImmutableSortedMap.of());

    /** Returns these entries with one more, which takes the place of an earlier one. */
    Entries with(List<String> steps, Given value) {
      TreeMap<String, Given> changed = new TreeMap<>(entries);
      String key = steps.get(0);
      if (steps.size() == 1) {
        changed.put(key, value);
      } else {
        Entries inner = entries.get(key) instanceof Entries there ? there : NONE;
        changed.put(key, inner.with(steps.subList(1, steps.size()), value));
      }
      return new Entries(ImmutableSortedMap.copyOfSorted(changed));
    }
  }

  /** Returns what has no type but text. */
  static Given text(String text) {
    return new Value(text, null);
  }

  /**
   * Returns an element.
   *
   * @param typed whether the types of its values count
   */
  static Given of(Element element, boolean typed) {
    return switch (element.type()) {
      case STRING, LONG, DOUBLE, BOOLEAN ->
          new Value(element.text(), typed ? element.type() : null);
      case LIST ->
          new Items(
              element.children().stream()
                  .map(item -> of(item, typed))
                  .collect(ImmutableList.toImmutableList()));
      case DICT -> {
        ImmutableSortedMap.Builder<String, Given> entries = ImmutableSortedMap.naturalOrder();
        element.children().forEach(child -> entries.put(child.name(), of(child, typed)));
        yield new Entries(entries.buildOrThrow());
      }
    };
  }
}
