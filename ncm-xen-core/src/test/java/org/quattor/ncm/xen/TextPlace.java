package org.quattor.ncm.xen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.JsonTree;
import org.quattor.ncm.xen.schema.Schema;

/**
 * A place for text below the component: a field of type string, an item of a list of strings, a
 * dict's key. They are read from the schema, so that a field that is added to it is among them.
 *
 * @param steps below the component; {@code *} for a key, {@code 0} for an item
 * @param isKey whether the text is the key itself
 */
public record TextPlace(List<String> steps, boolean isKey) {

  static final String KEY = "*";
  static final String ITEM = "0";
  private static final String COMPONENT = "component_xen_type";

  /** Returns the Pan path that findings name, up to what the text itself is part of. */
  public String path() {
    List<String> named = isKey ? steps.subList(0, steps.size() - 1) : steps;
    return "/software/components/xen/" + String.join("/", named).replace(KEY, "g");
  }

  @Override
  public String toString() {
    return String.join("/", steps).replace(KEY, isKey ? "KEY" : "*");
  }

  /** Returns every place for text. */
  public static List<TextPlace> all() {
    try {
      JsonTree document = JsonTree.parseStrictly("schema", Schema.builtIn().jsonSchema());
      Map<String, JsonTree> types = document.field("$defs").orElseThrow().fields();
      List<TextPlace> places = new ArrayList<>();
      walk(types, types.get(COMPONENT), List.of(), places);
      return places;
    } catch (HostFailure e) {
      throw new AssertionError(e);
    }
  }

  private static void walk(
      Map<String, JsonTree> types, JsonTree type, List<String> steps, List<TextPlace> places)
      throws HostFailure {
    Optional<JsonTree> ref = type.field("$ref");
    if (ref.isPresent()) {
      String name = ref.get().string();
      walk(types, types.get(name.substring(name.lastIndexOf('/') + 1)), steps, places);
    }
    Optional<JsonTree> parts = type.field("allOf");
    if (parts.isPresent()) {
      for (JsonTree part : parts.get().items()) {
        walk(types, part, steps, places);
      }
    }
    Optional<JsonTree> properties = type.field("properties");
    if (properties.isPresent()) {
      for (Map.Entry<String, JsonTree> field : properties.get().fields().entrySet()) {
        walk(types, field.getValue(), with(steps, field.getKey()), places);
      }
    }
    Optional<JsonTree> items = type.field("items");
    if (items.isPresent()) {
      walk(types, items.get(), with(steps, ITEM), places);
    }
    Optional<JsonTree> values = type.field("additionalProperties");
    if (values.isPresent() && !(values.get().value() instanceof Boolean)) {
      places.add(new TextPlace(with(steps, KEY), true));
      walk(types, values.get(), with(steps, KEY), places);
    }
    boolean text = type.field("type").map(JsonTree::value).filter("string"::equals).isPresent();
    boolean any = type.fields().keySet().stream().allMatch("description"::equals);
    if (text || any || type.field("enum").isPresent()) {
      TextPlace place = new TextPlace(steps, false);
      if (!places.contains(place)) {
        places.add(place);
      }
    }
  }

  private static List<String> with(List<String> steps, String step) {
    List<String> all = new ArrayList<>(steps);
    all.add(step);
    return List.copyOf(all);
  }
}
