package org.quattor.ncm.xen.derive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.google.common.base.Strings;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.quattor.ncm.component.Element;

/** Writes a derived component for others: as a profile in JSON, or as a Pan template. */
public final class DerivedText {

  private static final JsonFactory JSON = new JsonFactory();

  private DerivedText() {}

  /** Returns the whole profile in JSON, as the Pan compiler would lay it out. */
  public static String json(DerivedProfile profile) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
      json.setPrettyPrinter(
          new DefaultPrettyPrinter(
                  Separators.createDefaultInstance()
                      .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                      .withObjectEmptySeparator("")
                      .withArrayEmptySeparator(""))
              .withObjectIndenter(indenter)
              .withArrayIndenter(indenter));
      write(json, profile.find("/").orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  /** Writes an element and all below it as JSON. */
  public static void write(JsonGenerator json, Element element) throws IOException {
    switch (element.type()) {
      case STRING -> json.writeString(element.text());
      case LONG, DOUBLE, BOOLEAN -> json.writeRawValue(element.text());
      case LIST -> {
        json.writeStartArray();
        for (Element item : element.children()) {
          write(json, item);
        }
        json.writeEndArray();
      }
      case DICT -> {
        json.writeStartObject();
        for (Element child : element.children()) {
          json.writeFieldName(child.name());
          write(json, child);
        }
        json.writeEndObject();
      }
    }
  }

  /**
   * Returns a Pan template that sets the component's fields, to be included by the host's own. It
   * is named after the host where that can be part of a template's name.
   */
  public static String pan(DerivedProfile profile) {
    String host = profile.hostName();
    boolean named = host.matches("[A-Za-z0-9_][A-Za-z0-9_.+-]*");
    StringBuilder pan =
        new StringBuilder("# Derived by ncm-xen from the profiles of the host's guests.\n\n")
            .append("unique template xen/derived/")
            .append(named ? host : "host")
            .append(";\n");
    for (Element field : profile.component().children()) {
      pan.append('\n').append(quoted(field.path())).append(" = ");
      write(pan, field, 0);
      pan.append(";\n");
    }
    return pan.toString();
  }

  private static void write(StringBuilder pan, Element element, int depth) {
    switch (element.type()) {
      case STRING -> pan.append(quoted(element.text()));
      case LONG, DOUBLE, BOOLEAN -> pan.append(element.text());
      case LIST -> call(pan, "list", element, depth);
      case DICT -> call(pan, "dict", element, depth);
    }
  }

  private static void call(StringBuilder pan, String function, Element resource, int depth) {
    pan.append(function).append('(');
    for (Iterator<Element> children = resource.children().iterator(); children.hasNext(); ) {
      Element child = children.next();
      pan.append('\n').append(Strings.repeat("    ", depth + 1));
      if (resource.type() == Element.Type.DICT) {
        pan.append(quoted(child.name())).append(", ");
      }
      write(pan, child, depth + 1);
      pan.append(children.hasNext() ? "," : "\n" + Strings.repeat("    ", depth));
    }
    pan.append(')');
  }

  /** Returns a string of Pan; in single quotes nothing but the quote itself means anything. */
  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(Character::isISOControl);
    if (plain) {
      return "'" + text.replace("'", "''") + "'";
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (Character.isISOControl(c)) {
            quoted.append(String.format("\\x%02x", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
