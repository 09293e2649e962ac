package org.quattor.ncm.xen.schema;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the records below the component as tables in Markdown, a record after those that use it.
 */
public final class FieldTables {

  private final Declarations declarations;
  private final StringBuilder text = new StringBuilder();
  private final Deque<Place> open = new ArrayDeque<>();
  private final Map<String, String> seen = new LinkedHashMap<>();

  /** A record type and where in a profile it is first met. */
  private record Place(PanType.Fields type, String name, String path) {}

  private FieldTables(Declarations declarations) {
    this.declarations = declarations;
  }

  /** Returns the tables: fields, types, defaults and meanings. */
  public static String of(Schema schema) {
    return new FieldTables(schema.declarations()).document();
  }

  private String document() {
    for (Declarations.Binding binding : declarations.bindings()) {
      meet(binding.type(), binding.path());
    }
    while (!open.isEmpty()) {
      table(open.removeFirst());
    }
    return text.toString();
  }

  private void table(Place place) {
    String about =
        declarations.names().contains(place.name())
            ? declarations.type(place.name()).documentation()
            : "";
    text.append("## `").append(place.path()).append("`\n\n");
    if (!about.isEmpty()) {
      text.append(escaped(about)).append("\n\n");
    }
    text.append("| field | type | default | meaning |\n|---|---|---|---|\n");
    for (PanType.Field field : declarations.allFields(place.type()).values()) {
      meet(field.type(), place.path() + "/" + field.name());
      text.append("| `").append(field.name()).append(field.mustBeThere() ? "` **required**" : "`");
      text.append(" | ").append(escaped(words(field.type()))).append(" | ");
      text.append(field.defaultValue().isEmpty() ? "" : "`" + field.defaultValue() + "`");
      text.append(" | ").append(escaped(field.documentation())).append(" |\n");
    }
    text.append('\n');
  }

  private String words(PanType type) {
    String words = Expected.of(type, declarations);
    String name = recordName(type);
    return name.isEmpty() ? words : words.replace("a dict", "a record").concat(": " + seenAt(name));
  }

  private String seenAt(String name) {
    return "`" + seen.getOrDefault(name, name) + "`";
  }

  /** Returns the name of the record behind a type; empty when there is none. */
  private String recordName(PanType type) {
    if (type instanceof PanType.ListOf list) {
      return recordName(list.item());
    }
    if (type instanceof PanType.DictOf dict) {
      return recordName(dict.item());
    }
    return type instanceof PanType.Named named
            && declarations.type(named.name()).type() instanceof PanType.Fields
        ? named.name()
        : "";
  }

  private void meet(PanType type, String path) {
    if (type instanceof PanType.ListOf list) {
      meet(list.item(), path + "/*");
    } else if (type instanceof PanType.DictOf dict) {
      meet(dict.item(), path + "/*");
    } else if (type instanceof PanType.Checked checked) {
      meet(checked.base(), path);
    } else if (type instanceof PanType.Named named) {
      PanType declared = declarations.type(named.name()).type();
      if (!(declared instanceof PanType.Fields fields)) {
        meet(declared, path);
      } else if (seen.putIfAbsent(named.name(), path) == null) {
        open.addLast(new Place(fields, named.name(), path));
      }
    } else if (type instanceof PanType.Fields fields) {
      open.addLast(new Place(fields, "", path));
    }
  }

  private static final ImmutableMap<Character, String> ESCAPES =
      ImmutableMap.of('|', "\\|", '<', "&lt;", '*', "\\*", '_', "\\_");

  /** Returns a text that Markdown shows as it is; what stands between backticks is left alone. */
  private static String escaped(String plain) {
    boolean[] code = {true};
    return Splitter.on('`')
        .splitToStream(plain)
        .map(
            part -> {
              code[0] = !code[0];
              return code[0]
                  ? part
                  : part.chars()
                      .mapToObj(c -> ESCAPES.getOrDefault((char) c, String.valueOf((char) c)))
                      .collect(Collectors.joining());
            })
        .collect(Collectors.joining("`"));
  }
}
