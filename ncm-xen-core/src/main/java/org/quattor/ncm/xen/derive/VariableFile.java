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
import org.apache.commons.configuration2.PropertiesConfiguration.PropertiesReader;
import org.apache.commons.configuration2.ex.ConfigurationRuntimeException;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.profile.ProfileReader;
import org.quattor.ncm.xen.text.Printable;

/**
 * Reads one file of variables: JSON when it begins with a brace, else properties. Nothing in it is
 * interpolated, and nothing is included or fetched.
 */
final class VariableFile {

  /** A thousand times what a site of a thousand guests needs. */
  private static final long MAX_BYTES = 64L << 20;

  private static final String FORMS = "variables as properties or JSON";

  private final Path file;
  private final VariableTree tree;

  private VariableFile(Path file, VariableTree tree) {
    this.file = file;
    this.tree = tree;
  }

  /**
   * Adds what stands in the file.
   *
   * @throws Refusal when it cannot be read
   */
  static void read(Path file, VariableTree tree) {
    VariableFile reader = new VariableFile(file, tree);
    String text = reader.text();
    String source = String.valueOf(file.getFileName());
    switch (text.stripLeading().isEmpty() ? '#' : text.stripLeading().charAt(0)) {
      case '{' -> reader.json(text, source);
      case '<' -> throw reader.failure("is XML", FORMS);
      default -> reader.properties(text, source);
    }
  }

  private String text() {
    try {
      if (Files.isDirectory(file)) {
        throw failure("is a directory", FORMS);
      }
      if (Files.size(file) > MAX_BYTES) {
        throw failure("is larger than 64 MiB", FORMS);
      }
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (NoSuchFileException e) {
      throw failure("does not exist", FORMS);
    } catch (AccessDeniedException e) {
      throw failure("cannot be read by this user", FORMS);
    } catch (CharacterCodingException e) {
      throw failure("is not text in UTF-8", FORMS);
    } catch (IOException e) {
      throw failure("cannot be read: " + e.getMessage(), FORMS);
    }
  }

  private void json(String text, String source) {
    Profile read;
    try {
      read =
          new ProfileReader()
              .read(
                  new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), file.toString());
    } catch (Refusal e) {
      throw new Refusal(Refusal.Kind.SETTINGS, String.valueOf(e.getMessage()));
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

  private Refusal incomprehensible(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return failure(
        "cannot be understood: " + Printable.line(String.valueOf(cause.getMessage())), FORMS);
  }

  private Refusal failure(String found, String expected) {
    return new Refusal(Refusal.Kind.SETTINGS, file + " " + found + "; expected " + expected);
  }
}
