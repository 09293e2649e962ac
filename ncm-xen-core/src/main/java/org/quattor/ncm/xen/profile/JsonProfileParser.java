package org.quattor.ncm.xen.profile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.Reader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.text.Excerpt;

/** Reads the compiler's JSON: a number with a fraction or an exponent is a double, else a long. */
final class JsonProfileParser {

  private static final int MAX_KEY_CHARACTERS = 65_536;
  private static final int MAX_NUMBER_CHARACTERS = 1_000;

  /** The parser's sentences about a word and about a character that have no place there. */
  private static final Pattern TOKEN =
      Pattern.compile("^(?:Unrecognized|Non-standard) token '(.{1,60}?)'");

  private static final Pattern BRACKET =
      Pattern.compile("^Unexpected close marker '(.)': expected '(.)'");

  private static final Pattern CHARACTER =
      Pattern.compile(
          "^Unexpected character \\('(.{1,2})' .*?\\): (?:was expecting|expected) (.*)");

  private final JsonFactory factory =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(ProfileReader.MAX_STRING_CHARACTERS)
                  .maxNameLength(MAX_KEY_CHARACTERS)
                  .maxNumberLength(MAX_NUMBER_CHARACTERS)
                  .maxNestingDepth(2 * TreeBuilder.MAX_DEPTH)
                  .build())
          // A profile's keys are mostly names of its own guests and files.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  ImmutableNode parse(Reader text, Origin origin) throws IOException {
    try (JsonParser parser = factory.createParser(text)) {
      ParseErrors parseErrors =
          new ParseErrors(origin.source(), () -> place(parser.currentTokenLocation(), origin));
      try {
        return read(parser, parseErrors);
      } catch (JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        throw location == null
            ? parseErrors.invalid(words(e))
            : parseErrors.invalidAt(place(location, origin), words(e));
      }
    }
  }

  private static ImmutableNode read(JsonParser parser, ParseErrors parseErrors) throws IOException {
    TreeBuilder tree = new TreeBuilder(parseErrors);
    @Nullable String key = null;
    while (!tree.complete()) {
      JsonToken token = parser.nextToken();
      switch (token) {
        case FIELD_NAME -> key = parser.currentName();
        case START_OBJECT -> tree.startDict(key);
        case START_ARRAY -> tree.startList(key);
        case END_OBJECT, END_ARRAY -> tree.end();
        case VALUE_STRING -> tree.string(key, parser.getText());
        case VALUE_NUMBER_INT -> tree.wholeNumber(key, parser.getText());
        case VALUE_NUMBER_FLOAT -> tree.fraction(key, parser.getText());
        case VALUE_TRUE -> tree.bool(key, true);
        case VALUE_FALSE -> tree.bool(key, false);
        case VALUE_NULL ->
            throw parseErrors.invalid(
                "found null, which is not allowed in a profile; expected a value");
        case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
            throw new IllegalStateException("not a token of JSON text: " + token);
      }
    }
    if (parser.nextToken() != null) {
      throw parseErrors.invalid("something follows the end of the profile");
    }
    return tree.root();
  }

  private static String words(JsonProcessingException e) {
    String message = ParseErrors.oneLine(e.getOriginalMessage());
    if (e instanceof JsonEOFException) {
      return "the text ends in the middle of the profile; expected the closing }";
    }
    if (e instanceof StreamConstraintsException) {
      return tooLong(message);
    }
    Matcher token = TOKEN.matcher(message);
    if (token.find()) {
      return "found " + Excerpt.of(token.group(1)) + "; expected a value";
    }
    Matcher character = CHARACTER.matcher(message);
    if (!character.find()) {
      Matcher bracket = BRACKET.matcher(message);
      return bracket.find()
          ? "found " + Excerpt.of(bracket.group(1)) + "; expected " + bracket.group(2)
          : "not JSON: " + message;
    }
    String found = character.group(1);
    boolean comma =
        (found.equals("]") && e.getProcessor() instanceof JsonParser p && inList(p))
            || (found.equals("}") && character.group(2).contains("field name"));
    return "found "
        + Excerpt.of(found)
        + "; expected "
        + character.group(2)
        + (comma ? ", or no comma before it" : "");
  }

  private static boolean inList(JsonParser parser) {
    return parser.getParsingContext().inArray();
  }

  private static String tooLong(String message) {
    if (message.startsWith("String")) {
      return "a value longer than " + ProfileReader.MAX_STRING_CHARACTERS + " characters";
    }
    if (message.startsWith("Name")) {
      return "a key longer than " + MAX_KEY_CHARACTERS + " characters";
    }
    if (message.startsWith("Number")) {
      return "a number longer than " + MAX_NUMBER_CHARACTERS + " digits";
    }
    return message;
  }

  private static String place(JsonLocation location, Origin origin) {
    return origin.place(location.getLineNr(), location.getColumnNr());
  }
}
