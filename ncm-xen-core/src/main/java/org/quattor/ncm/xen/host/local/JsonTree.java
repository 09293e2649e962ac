package org.quattor.ncm.xen.host.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.HostFailure;

/**
 * A value in a JSON document, with its place for messages.
 *
 * @param place where it stands, such as {@code host.json: volumes/xenvg/vm1}
 * @param value a {@code Map<String, JsonTree>}, a {@code List<JsonTree>}, a String, a Long, a
 *     Double, a Boolean, or null
 */
public record JsonTree(String place, @Nullable Object value) {

  /** Tools and people write some levels, and texts of some lines. */
  private static final StreamReadConstraints BOUNDS =
      StreamReadConstraints.builder()
          .maxNestingDepth(100)
          .maxStringLength(1 << 20)
          .maxNameLength(1 << 16)
          .maxNumberLength(1_000)
          .build();

  private static final JsonFactory LENIENT = factory().build();
  private static final JsonFactory STRICT =
      factory().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * Reads what a program has written; of a field given twice the last counts.
   *
   * @param source what to call it in messages
   * @throws HostFailure when it is not JSON, deeper than 100 levels, or has a text of more than a
   *     million characters; with line and column
   */
  public static JsonTree parse(String source, String text) throws HostFailure {
    return parse(source, text, LENIENT);
  }

  /** Reads what people have written: as {@link #parse}, but a field given twice is a failure. */
  public static JsonTree parseStrictly(String source, String text) throws HostFailure {
    return parse(source, text, STRICT);
  }

  private static JsonFactoryBuilder factory() {
    // Names are those of domains and files; interned, they would stay for good.
    return (JsonFactoryBuilder)
        JsonFactory.builder()
            .streamReadConstraints(BOUNDS)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES);
  }

  private static JsonTree parse(String source, String text, JsonFactory factory)
      throws HostFailure {
    try (JsonParser parser = factory.createParser(text)) {
      parser.nextToken();
      JsonTree tree = value(source, source + ": ", parser);
      if (parser.nextToken() != null) {
        throw new HostFailure(source + " goes on after the end of its JSON value");
      }
      return tree;
    } catch (StreamConstraintsException e) {
      throw new HostFailure(source + " is larger than it may be: " + e.getOriginalMessage(), e);
    } catch (JsonProcessingException e) {
      throw new HostFailure(
          String.format(
              "%s is not JSON: line %d, column %d: %s",
              source,
              e.getLocation().getLineNr(),
              e.getLocation().getColumnNr(),
              e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw IoCause.failure("read " + source, e);
    }
  }

  private static JsonTree value(String place, String prefix, JsonParser parser)
      throws IOException, HostFailure {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new HostFailure(place + " is not JSON: it is empty");
    }
    return switch (token) {
      case START_OBJECT -> {
        Map<String, JsonTree> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          fields.put(name, value(prefix + name, prefix + name + "/", parser));
        }
        yield new JsonTree(place, Collections.unmodifiableMap(fields));
      }
      case START_ARRAY -> {
        List<JsonTree> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          String name = prefix + items.size();
          items.add(value(name, name + "/", parser));
        }
        yield new JsonTree(place, Collections.unmodifiableList(items));
      }
      case VALUE_STRING -> new JsonTree(place, parser.getText());
      case VALUE_NUMBER_INT ->
          // libxl writes "unlimited" as 2^64 - 1, which nobody here asks for.
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? new JsonTree(place, parser.getDoubleValue())
              : new JsonTree(place, parser.getLongValue());
      case VALUE_NUMBER_FLOAT -> new JsonTree(place, parser.getDoubleValue());
      case VALUE_TRUE -> new JsonTree(place, true);
      case VALUE_FALSE -> new JsonTree(place, false);
      case VALUE_NULL -> new JsonTree(place, null);
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new HostFailure(place + " is not JSON: unexpected " + token);
    };
  }

  /** Returns a field of an object; empty when this is no object or has no such field. */
  public Optional<JsonTree> field(String name) {
    return value instanceof Map<?, ?> fields && fields.get(name) instanceof JsonTree tree
        ? Optional.of(tree)
        : Optional.empty();
  }

  /** Returns the fields in their order; fails when this is no object. */
  public Map<String, JsonTree> fields() throws HostFailure {
    if (value instanceof Map<?, ?> map) {
      Map<String, JsonTree> fields = new LinkedHashMap<>();
      map.forEach((name, tree) -> fields.put((String) name, (JsonTree) tree));
      return fields;
    }
    throw expected("an object");
  }

  /** Returns the items; fails when this is no array. */
  public List<JsonTree> items() throws HostFailure {
    if (value instanceof List<?> list) {
      return list.stream().map(JsonTree.class::cast).toList();
    }
    throw expected("an array");
  }

  /** Returns the text; fails when this is no string. */
  public String string() throws HostFailure {
    if (value instanceof String string) {
      return string;
    }
    throw expected("a string");
  }

  /** Returns the number; fails when this is not a whole number from the lowest value on. */
  public long number(long lowest) throws HostFailure {
    if (value instanceof Long number && number >= lowest) {
      return number;
    }
    throw expected("a whole number, at least " + lowest);
  }

  /** Returns the truth value; fails when this is none. */
  public boolean bool() throws HostFailure {
    if (value instanceof Boolean bool) {
      return bool;
    }
    throw expected("true or false");
  }

  /** Returns the failure that says what should stand here. */
  public HostFailure expected(String what) {
    return new HostFailure(place + ": expected " + what);
  }
}
