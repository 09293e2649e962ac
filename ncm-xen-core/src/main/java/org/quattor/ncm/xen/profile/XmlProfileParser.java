package org.quattor.ncm.xen.profile;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.text.Excerpt;

/**
 * Reads the compiler's XML (format {@code pan}): the element's name is the type, the attribute
 * {@code name} the key. Attributes that say nothing about the value ({@code checksum}, {@code acl},
 * {@code usertype} and unknown ones) are passed over, as the CCM does.
 */
final class XmlProfileParser {

  private static final Pattern LONG = Pattern.compile("-?(?:0|[1-9][0-9]{0,999})");
  private static final Pattern DOUBLE =
      Pattern.compile("-?[0-9]{1,400}(\\.[0-9]{1,400})?([eE][-+]?[0-9]{1,9})?");

  ImmutableNode parse(Reader text, Origin origin) throws IOException {
    try {
      XMLStreamReader events = factory().createXMLStreamReader(text);
      ParseErrors parseErrors =
          new ParseErrors(origin.source(), () -> place(events.getLocation(), origin));
      try {
        return new Document(events, parseErrors).read();
      } catch (XMLStreamException e) {
        Location location = e.getLocation();
        throw parseErrors.invalidAt(
            place(location == null ? events.getLocation() : location, origin), words(e));
      } finally {
        events.close();
      }
    } catch (XMLStreamException e) {
      throw origin.invalid(words(e));
    }
  }

  /** Makes one per document: they are cheap, and not said to be safe between threads. */
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    return factory;
  }

  private static String place(Location location, Origin origin) {
    return origin.place(location.getLineNumber(), location.getColumnNumber());
  }

  /** Returns the parser's sentence without the position that it begins with. */
  private static String words(XMLStreamException e) {
    String message = String.valueOf(e.getMessage());
    int sentence = message.indexOf("Message: ");
    return "not XML: "
        + ParseErrors.oneLine(sentence < 0 ? message : message.substring(sentence + 9))
            .replaceFirst("^JAXP[0-9]+: ", "");
  }

  /** One run over one document. */
  private static final class Document {
    private final XMLStreamReader events;
    private final ParseErrors parseErrors;
    private final TreeBuilder tree;

    Document(XMLStreamReader events, ParseErrors parseErrors) {
      this.events = events;
      this.parseErrors = parseErrors;
      this.tree = new TreeBuilder(parseErrors);
    }

    ImmutableNode read() throws XMLStreamException {
      boolean atRoot = true;
      while (events.hasNext()) {
        switch (events.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            if (atRoot) {
              startRoot();
            } else {
              startElement();
            }
            atRoot = false;
          }
          case XMLStreamConstants.END_ELEMENT -> tree.end();
          case XMLStreamConstants.DTD ->
              throw parseErrors.invalid("found a DOCTYPE, which is not allowed in a profile");
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> blanksOnly();
          default -> {
            // Comments, processing instructions and blanks say nothing.
          }
        }
      }
      return tree.root();
    }

    private void startRoot() {
      String format = events.getAttributeValue(null, "format");
      if (!events.getLocalName().equals("nlist") || (format != null && !format.equals("pan"))) {
        throw parseErrors.invalid(
            "found <"
                + events.getLocalName()
                + (format == null ? "" : " format=" + Excerpt.of(format))
                + ">; expected <nlist format=\"pan\">");
      }
      tree.startDict(null);
    }

    private void startElement() throws XMLStreamException {
      @Nullable String key = events.getAttributeValue(null, "name");
      String type = events.getLocalName();
      if (key == null && !tree.inList()) {
        throw parseErrors.invalid("<" + type + "> has no name; expected the attribute name");
      }
      switch (type) {
        case "nlist" -> tree.startDict(key);
        case "list" -> tree.startList(key);
        case "string" -> tree.string(key, string());
        case "long" ->
            tree.wholeNumber(key, matching(LONG, "a whole number without zeros before it"));
        case "double" -> tree.fraction(key, matching(DOUBLE, "a number"));
        case "boolean" -> tree.bool(key, bool());
        default ->
            throw parseErrors.invalid(
                "found <"
                    + ParseErrors.oneLine(type)
                    + ">; expected nlist, list, string, long, double or boolean");
      }
    }

    private String string() throws XMLStreamException {
      @Nullable String encoding = events.getAttributeValue(null, "encoding");
      String text = text();
      if (encoding == null || encoding.isEmpty() || encoding.equals("none")) {
        return text;
      }
      if (!encoding.equals("base64")) {
        throw parseErrors.invalid("found encoding " + Excerpt.of(encoding) + "; expected base64");
      }
      try {
        byte[] bytes = Base64.getDecoder().decode(text.replaceAll("[ \\t\\r\\n]+", ""));
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (IllegalArgumentException e) {
        throw parseErrors.invalid("found " + Excerpt.of(text) + "; expected base64");
      } catch (CharacterCodingException e) {
        throw parseErrors.invalid("found base64 of something that is not UTF-8 text");
      }
    }

    private String matching(Pattern pattern, String expected) throws XMLStreamException {
      String text = text();
      if (!pattern.matcher(text).matches()) {
        throw parseErrors.invalid("found " + Excerpt.of(text) + "; expected " + expected);
      }
      return text;
    }

    private boolean bool() throws XMLStreamException {
      String text = text();
      if (!text.equals("true") && !text.equals("false")) {
        throw parseErrors.invalid("found " + Excerpt.of(text) + "; expected true or false");
      }
      return text.equals("true");
    }

    /** Returns the whole text of a property and goes to its end. */
    private String text() throws XMLStreamException {
      StringBuilder text = new StringBuilder();
      while (true) {
        switch (events.next()) {
          case XMLStreamConstants.END_ELEMENT -> {
            return text.toString();
          }
          case XMLStreamConstants.START_ELEMENT ->
              throw parseErrors.invalid(
                  "found <" + ParseErrors.oneLine(events.getLocalName()) + "> inside a value");
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
              text.append(
                  events.getTextCharacters(), events.getTextStart(), events.getTextLength());
          default -> {
            // A comment is no part of the text.
          }
        }
        if (text.length() > ProfileReader.MAX_STRING_CHARACTERS) {
          throw parseErrors.invalid(
              "a string longer than " + ProfileReader.MAX_STRING_CHARACTERS + " characters");
        }
      }
    }

    private void blanksOnly() {
      if (!events.isWhiteSpace()) {
        throw parseErrors.invalid(
            "found " + Excerpt.of(events.getText().strip()) + " between elements");
      }
    }
  }
}
