package org.quattor.ncm.xen.profile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.text.Excerpt;

/**
 * Reads compiled profiles: the Pan compiler's JSON or XML, either of them compressed with gzip.
 *
 * <p>Which of them it is is told by the first bytes, never by the name. A profile is read whole,
 * with bounded memory: at most 128 MiB of text, 2 million elements, 100 levels and 10 million
 * characters in one string. Everything that is wrong with a profile is a {@link Refusal} whose
 * message is one line with source and place.
 */
public final class ProfileReader {

  /** The length of one string, in UTF-16 units. */
  static final int MAX_STRING_CHARACTERS = 10_000_000;

  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private final JsonProfileParser json = new JsonProfileParser();
  private final XmlProfileParser xml = new XmlProfileParser();

  /**
   * Returns the profile in a file.
   *
   * @throws Refusal of the kind {@code NO_PROFILE} for a file that is missing, unreadable or a
   *     directory, else {@code INVALID_PROFILE}
   */
  public Profile read(Path file) {
    String source = file.toString();
    if (source.isEmpty()) {
      throw ParseErrors.absent("profile", "no file is named");
    }
    if (Files.isDirectory(file)) {
      throw ParseErrors.absent(source, "is a directory; expected the file of a profile");
    }
    try (InputStream bytes = Files.newInputStream(file)) {
      return read(bytes, source);
    } catch (NoSuchFileException e) {
      throw ParseErrors.absent(source, "the file does not exist");
    } catch (AccessDeniedException e) {
      throw ParseErrors.absent(source, "may not be read by this user");
    } catch (IOException e) {
      throw ParseErrors.unreadable(source, e);
    }
  }

  /**
   * Returns the profile in a stream, which is read to its end and not closed.
   *
   * @param source the name of it for messages, such as {@code standard input}
   * @throws Refusal as {@link #read(Path)}
   */
  public Profile read(InputStream in, String source) {
    return read(in, source, true);
  }

  /** The same, where the writer may have lost the types. */
  Profile read(InputStream in, String source, boolean typed) {
    StrictText text = new StrictText(in, source);
    try {
      return new TreeProfile(parse(text, source), source, typed);
    } catch (IOException e) {
      Refusal failure = text.failure();
      throw failure != null ? failure : ParseErrors.unreadable(source, e);
    } catch (Refusal e) {
      // The XML parser takes text that breaks off for bad XML; the text knows better.
      Refusal failure = text.failure();
      throw failure != null ? failure : e;
    }
  }

  private ImmutableNode parse(StrictText text, String source) throws IOException {
    int line = 1;
    int column = 1;
    int first = text.read();
    if (first == BYTE_ORDER_MARK) {
      first = text.read();
    }
    while (first == ' ' || first == '\t' || first == '\r' || first == '\n') {
      column = first == '\n' ? 1 : column + 1;
      line = first == '\n' ? line + 1 : line;
      first = text.read();
    }
    Origin origin = new Origin(source, line, column);
    if (first < 0) {
      throw origin.invalid("found nothing; expected a profile in JSON or XML");
    }
    text.unread();
    return switch (first) {
      case '{' -> json.parse(text, origin);
      case '<' -> xml.parse(text, origin);
      case '[' -> throw origin.invalid("found a JSON list; expected an object, starting with {");
      default ->
          throw origin.invalid(
              "found "
                  + beginning(text)
                  + "; expected a profile in JSON or XML, starting with { or <");
    };
  }

  private static String beginning(StrictText text) throws IOException {
    StringBuilder beginning = new StringBuilder();
    int next = text.read();
    while (next >= 0 && next != '\n' && beginning.length() < 30) {
      beginning.append((char) next);
      next = text.read();
    }
    return Excerpt.of(beginning.toString());
  }
}
