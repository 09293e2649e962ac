package org.quattor.ncm.xen.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.xen.finding.XenPaths;

/**
 * Writes declarations as a JSON Schema (plan 2020-12) of a whole profile. What JSON Schema cannot
 * say (a path that has to be there, a component that has to be known) it leaves out.
 */
final class JsonSchema {

  /** What may be a key in Pan, in the regular expressions of ECMA 262. */
  private static final String KEY = "^(?![0-9]*$)[A-Za-z0-9_][A-Za-z0-9_+.-]*$";

  /** Classes of characters; half surrogates are in no JSON text. */
  private static final ImmutableMap<String, String> CLASSES =
      ImmutableMap.of(
          "Cc", "\\u0000-\\u001f\\u007f-\\u009f",
          "Cs", "",
          "Zl", "\\u2028",
          "Zp", "\\u2029",
          "Z", "\\u0020\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000");

  private final Declarations declarations;

  JsonSchema(Declarations declarations) {
    this.declarations = declarations;
  }

  String document() {
    StringWriter text = new StringWriter();
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
      printer.indentObjectsWith(indenter);
      printer.indentArraysWith(indenter);
      json.setPrettyPrinter(printer);
      json.writeStartObject();
      json.writeStringField("$schema", "https://json-schema.org/draft/2020-12/schema");
      json.writeStringField("title", "The profile of a Xen host");
      root(json);
      json.writeObjectFieldStart("$defs");
      for (String name : declarations.names()) {
        PanType.Declared declared = declarations.type(name);
        json.writeObjectFieldStart(name);
        describe(json, declared.documentation());
        declared.type().accept(new Body(json)).write();
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  /** The steps down to the component, and what is bound there. */
  private void root(JsonGenerator json) throws IOException {
    ImmutableList<String> steps = ImmutableList.of("software", "components", "xen");
    for (String step : steps) {
      json.writeStringField("type", "object");
      json.writeArrayFieldStart("required");
      json.writeString(step);
      json.writeEndArray();
      json.writeObjectFieldStart("properties");
      json.writeObjectFieldStart(step);
    }
    json.writeArrayFieldStart("allOf");
    for (Declarations.Binding binding : declarations.bindings()) {
      if (binding.path().equals(XenPaths.COMPONENT)) {
        json.writeStartObject();
        binding.type().accept(new Body(json)).write();
        json.writeEndObject();
      }
    }
    json.writeEndArray();
    for (int i = 0; i < steps.size(); i++) {
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  private static void describe(JsonGenerator json, String documentation) throws IOException {
    if (!documentation.isEmpty()) {
      json.writeStringField("description", documentation);
    }
  }

  /** The members of the object that stands for a type; whoever writes opens and closes it. */
  private interface Members {
    void write() throws IOException;
  }

  /** Says what the members for a type are. */
  private final class Body implements PanType.Visitor<Members> {

    private final JsonGenerator json;

    Body(JsonGenerator json) {
      this.json = json;
    }

    @Override
    public Members basic(PanType.Basic type) {
      return () -> {
        switch (type.primitive()) {
          case ELEMENT -> {
            // Anything at all.
          }
          case PROPERTY -> types("string", "number", "boolean");
          case RESOURCE -> types("object", "array");
          case STRING -> json.writeStringField("type", "string");
          case LONG -> json.writeStringField("type", "integer");
          case DOUBLE, NUMBER -> json.writeStringField("type", "number");
          case BOOLEAN -> json.writeStringField("type", "boolean");
          case LIST -> json.writeStringField("type", "array");
          case DICT, NLIST -> json.writeStringField("type", "object");
        }
        bounds(type, type.range());
      };
    }

    @Override
    public Members named(PanType.Named type) {
      return () -> {
        json.writeStringField("$ref", "#/$defs/" + type.name());
        bounds(type, type.range());
      };
    }

    @Override
    public Members choice(PanType.Choice type) {
      return () -> {
        json.writeArrayFieldStart("enum");
        for (String value : type.values()) {
          json.writeString(value);
        }
        json.writeEndArray();
      };
    }

    @Override
    public Members fields(PanType.Fields type) {
      return () -> {
        ImmutableList<PanType.Field> all =
            ImmutableList.copyOf(declarations.allFields(type).values());
        json.writeStringField("type", "object");
        json.writeObjectFieldStart("properties");
        for (PanType.Field field : all) {
          json.writeObjectFieldStart(field.name());
          describe(json, field.documentation());
          field.type().accept(this).write();
          defaultValue(field.defaultValue());
          json.writeEndObject();
        }
        json.writeEndObject();
        json.writeArrayFieldStart("required");
        for (PanType.Field field : all) {
          if (field.mustBeThere()) {
            json.writeString(field.name());
          }
        }
        json.writeEndArray();
        if (!type.extensible()) {
          json.writeBooleanField("additionalProperties", false);
        }
        range(type.range(), "minProperties", "maxProperties");
      };
    }

    @Override
    public Members listOf(PanType.ListOf type) {
      return () -> {
        json.writeStringField("type", "array");
        json.writeObjectFieldStart("items");
        type.item().accept(this).write();
        json.writeEndObject();
        range(type.size(), "minItems", "maxItems");
      };
    }

    @Override
    public Members dictOf(PanType.DictOf type) {
      return () -> {
        json.writeStringField("type", "object");
        json.writeObjectFieldStart("propertyNames");
        json.writeStringField("pattern", KEY);
        json.writeEndObject();
        json.writeObjectFieldStart("additionalProperties");
        type.item().accept(this).write();
        json.writeEndObject();
        range(type.size(), "minProperties", "maxProperties");
      };
    }

    @Override
    public Members linkTo(PanType.LinkTo type) {
      return () -> json.writeStringField("type", "string");
    }

    @Override
    public Members checked(PanType.Checked type) {
      return () -> {
        type.base().accept(this).write();
        if (type.check() instanceof PanType.Check.Matches matches) {
          json.writeStringField("pattern", ecma(matches.pattern().pattern()));
        } else if (type.check() instanceof PanType.Check.Calls calls) {
          function(calls.function());
        }
      };
    }

    /** ECMA 262 has no \z, its $ is the very end; and not every reader has classes by name. */
    private static String ecma(String pattern) {
      String text = pattern.replaceFirst("\\\\z$", "\\$");
      for (Map.Entry<String, String> named : CLASSES.entrySet()) {
        text = text.replace("\\p{" + named.getKey() + "}", named.getValue());
      }
      return text;
    }

    private void function(CoreFunction function) throws IOException {
      switch (function) {
        case IS_HWADDR ->
            json.writeStringField(
                "pattern", "^[0-9a-fA-F]{2}([:-])[0-9a-fA-F]{2}(\\1[0-9a-fA-F]{2}){4}$");
        case IS_IPV4 -> json.writeStringField("format", "ipv4");
        case IS_IPV6 -> json.writeStringField("format", "ipv6");
        case IS_SHORTHOSTNAME, IS_FQDN, IS_HOSTNAME -> json.writeStringField("format", "hostname");
        case IS_ABSOLUTEURI -> json.writeStringField("format", "uri");
        case IS_IP -> {
          json.writeArrayFieldStart("anyOf");
          for (String format : ImmutableList.of("ipv4", "ipv6")) {
            json.writeStartObject();
            json.writeStringField("format", format);
            json.writeEndObject();
          }
          json.writeEndArray();
        }
        case IS_COMPONENT_LIST -> {
          // About the rest of the profile.
        }
      }
    }

    private void types(String... types) throws IOException {
      json.writeArrayFieldStart("type");
      for (String type : types) {
        json.writeString(type);
      }
      json.writeEndArray();
    }

    /** Each word bounds values of one kind only, and lets others pass. */
    private void bounds(PanType type, @Nullable Range range) throws IOException {
      if (admits(type, Element.Type.LONG) || admits(type, Element.Type.DOUBLE)) {
        range(range, "minimum", "maximum");
      }
      if (admits(type, Element.Type.STRING)) {
        range(range, "minLength", "maxLength");
      }
      if (admits(type, Element.Type.LIST)) {
        range(range, "minItems", "maxItems");
      }
      if (admits(type, Element.Type.DICT)) {
        range(range, "minProperties", "maxProperties");
      }
    }

    private boolean admits(PanType type, Element.Type value) {
      return Expected.admits(type, value, declarations);
    }

    private void range(@Nullable Range range, String least, String most) throws IOException {
      if (range != null && range.min() != null) {
        json.writeNumberField(least, range.min());
      }
      if (range != null && range.max() != null) {
        json.writeNumberField(most, range.max());
      }
    }

    private void defaultValue(String literal) throws IOException {
      if (literal.startsWith("'")) {
        json.writeStringField("default", literal.substring(1, literal.length() - 1));
      } else if (!literal.isEmpty() && !literal.endsWith("()")) {
        json.writeFieldName("default");
        json.writeRawValue(literal);
      }
    }
  }
}
