package org.quattor.ncm.xen.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import com.google.common.collect.Multimaps;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.commons.configuration2.PropertiesConfiguration.PropertiesReader;
import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.ex.ConfigurationRuntimeException;
import org.apache.commons.configuration2.io.FileHandler;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.ProfileException;
import org.quattor.ncm.xen.profile.ProfileReader;
import org.quattor.ncm.xen.text.Printable;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Reads one file of variables: JSON when it begins with a brace, XML when it begins with an angle
 * bracket, else properties. Nothing in it is interpolated, and nothing is included or fetched.
 */
final class VariableFile {

  /** A thousand times what a site of a thousand guests needs. */
  private static final long MAX_BYTES = 64L << 20;

  private final Path file;
  private final VariableTree tree;

  private VariableFile(Path file, VariableTree tree) {
    this.file = file;
    this.tree = tree;
  }

  /**
   * Adds what stands in the file.
   *
   * @throws VariablesException when it cannot be read
   */
  static void read(Path file, VariableTree tree) {
    VariableFile reader = new VariableFile(file, tree);
    String text = reader.text();
    String source = String.valueOf(file.getFileName());
    switch (text.stripLeading().isEmpty() ? '#' : text.stripLeading().charAt(0)) {
      case '{' -> reader.json(text, source);
      case '<' -> reader.xml(text, source);
      default -> reader.properties(text, source);
    }
  }

  private String text() {
    try {
      if (Files.isDirectory(file)) {
        throw failure("is a folder", "a file of variables");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw failure("is larger than 64 MiB", "a file of variables");
      }
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (NoSuchFileException e) {
      throw failure("does not exist", "a file of variables: properties, JSON or XML");
    } catch (AccessDeniedException e) {
      throw failure("may not be read by this user", "a file of variables");
    } catch (CharacterCodingException e) {
      throw failure("is not text in UTF-8", "properties, JSON or XML");
    } catch (IOException e) {
      throw failure("cannot be read: " + e.getMessage(), "a file of variables");
    }
  }

  private void json(String text, String source) {
    Profile read;
    try {
      read =
          new ProfileReader()
              .read(
                  new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), file.toString());
    } catch (ProfileException e) {
      throw new VariablesException(String.valueOf(e.getMessage()));
    }
    for (Element variable : read.find("/").orElseThrow().children()) {
      tree.put(variable.name(), ImmutableList.of(), Given.of(variable, true), source);
    }
  }

  /** Line by line, since the library's configuration would pass over include in silence. */
  private void properties(String text, String source) {
    ListMultimap<String, String> lines = MultimapBuilder.linkedHashKeys().arrayListValues().build();
    try (PropertiesReader reader = new PropertiesReader(new StringReader(text))) {
      while (reader.nextProperty()) {
        lines.put(reader.getPropertyName(), reader.getPropertyValue());
      }
    } catch (IOException | ConfigurationRuntimeException e) {
      throw incomprehensible(e);
    }
    Multimaps.asMap(lines).forEach((key, values) -> tree.putTexts(key, values, source));
  }

  private void xml(String text, String source) {
    XMLConfiguration configuration = new XMLConfiguration();
    configuration.setInterpolator(null);
    configuration.setDocumentBuilder(documentBuilder());
    try {
      new FileHandler(configuration).load(new StringReader(text));
    } catch (ConfigurationException | ConfigurationRuntimeException e) {
      throw incomprehensible(e);
    }
    ImmutableNode root = configuration.getNodeModel().getNodeHandler().getRootNode();
    for (ImmutableNode child : root.getChildren()) {
      tree.putXml(child.getNodeName(), child, source);
    }
  }

  private VariablesException incomprehensible(Exception e) {
    return failure("cannot be understood: " + reason(e), "variables as properties, JSON or XML");
  }

  private static String reason(Throwable e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String where =
        cause instanceof SAXParseException parse ? " in line " + parse.getLineNumber() : "";
    return Printable.line(String.valueOf(cause.getMessage())) + where;
  }

  private static DocumentBuilder documentBuilder() {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    try {
      // Without a document type there are no entities, and nothing to fetch.
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(THROWING);
      return builder;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the XML parser of Java has no such feature", e);
    }
  }

  /** The parser's own one prints. */
  private static final ErrorHandler THROWING =
      new ErrorHandler() {
        @Override
        public void warning(@Nullable SAXParseException e) {
          // What is only doubtful does not matter here.
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
          throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
          throw e;
        }
      };

  private VariablesException failure(String found, String expected) {
    return new VariablesException(file + " " + found + "; expected " + expected);
  }
}
