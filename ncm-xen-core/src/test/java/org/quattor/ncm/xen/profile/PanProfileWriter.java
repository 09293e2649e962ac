package org.quattor.ncm.xen.profile;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.quattor.ncm.component.Element;

/** Writes a tree as the Pan compiler (panc 10.9) writes it, byte for byte. */
public final class PanProfileWriter {

  private PanProfileWriter() {}

  /** Returns the compiler's JSON: two blanks per level, Gson's HTML escapes, no last newline. */
  public static String json(Element root) {
    StringBuilder text = new StringBuilder();
    json(root, "", text);
    return text.toString();
  }

  private static void json(Element element, String indent, StringBuilder text) {
    switch (element.type()) {
      case STRING -> jsonString(element.text(), text);
      case LONG, BOOLEAN -> text.append(element.text());
      case DOUBLE -> text.append(Double.parseDouble(element.text()));
      case LIST -> jsonChildren(element, indent, text, '[', ']');
      case DICT -> jsonChildren(element, indent, text, '{', '}');
    }
  }

  private static void jsonChildren(
      Element element, String indent, StringBuilder text, char open, char close) {
    text.append(open);
    String separator = "\n";
    for (Element child : element.children()) {
      text.append(separator).append(indent).append("  ");
      if (element.type() == Element.Type.DICT) {
        jsonString(child.name(), text);
        text.append(": ");
      }
      json(child, indent + "  ", text);
      separator = ",\n";
    }
    if (separator.startsWith(",")) {
      text.append('\n').append(indent);
    }
    text.append(close);
  }

  private static void jsonString(String value, StringBuilder text) {
    text.append('"');
    for (char c : value.toCharArray()) {
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        case '<', '>', '&', '=', '\'', '\u2028', '\u2029' -> text.append(unicode(c));
        default -> text.append(c < ' ' ? unicode(c) : String.valueOf(c));
      }
    }
    text.append('"');
  }

  private static String unicode(char c) {
    return String.format("\\u%04x", (int) c);
  }

  /** Returns the compiler's XML: four blanks per level, a last newline. */
  public static String xml(Element root) {
    StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    xml(root, " format=\"pan\" name=\"profile\"", "", text);
    return text.append('\n').toString();
  }

  private static void xml(Element element, String attributes, String indent, StringBuilder text) {
    String tag = element.type() == Element.Type.DICT ? "nlist" : element.type().text();
    boolean property = element.type().isProperty();
    String value = property ? value(element) : "";
    boolean encoded = element.type() == Element.Type.STRING && !value.matches(XML_TEXT);
    text.append('<').append(tag).append(attributes);
    if (encoded) {
      text.append(" encoding=\"base64\"");
      value = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }
    if (property ? value.isEmpty() : element.children().isEmpty()) {
      text.append("/>");
      return;
    }
    text.append('>').append(xmlText(value));
    for (Element child : element.children()) {
      boolean named = element.type() == Element.Type.DICT;
      text.append('\n').append(indent).append("    ");
      xml(child, named ? " name=\"" + xmlText(child.name()) + '"' : "", indent + "    ", text);
    }
    if (!property) {
      text.append('\n').append(indent);
    }
    text.append("</").append(tag).append('>');
  }

  /** The characters that XML 1.0 can hold. */
  private static final String XML_TEXT =
      "[\\t\\n\\r\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]*";

  private static String value(Element property) {
    return property.type() == Element.Type.DOUBLE
        ? Double.toString(Double.parseDouble(property.text()))
        : property.text();
  }

  private static String xmlText(String value) {
    StringBuilder text = new StringBuilder();
    value
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '&' -> text.append("&amp;");
                case '\r' -> text.append("&#13;");
                default -> {
                  if (c > 0xFFFF) {
                    text.append("&#").append(c).append(';');
                  } else {
                    text.appendCodePoint(c);
                  }
                }
              }
            });
    return text.toString();
  }
}
