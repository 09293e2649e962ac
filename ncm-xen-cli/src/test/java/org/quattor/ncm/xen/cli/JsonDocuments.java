package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.OrgJsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.json.JSONObject;
import org.json.JSONTokener;

/** Holds what the command prints with {@code --json} against the schemas in docs/json-schema. */
final class JsonDocuments {

  private static final Path SCHEMAS =
      Path.of(System.getProperty("ncm-xen.checkout"), "docs/json-schema");

  private static final Validator VALIDATOR =
      new ValidatorFactory().withJsonNodeFactory(new OrgJsonNode.Factory()).createValidator();

  /** The schemas by the format that they describe, and where the validator has each. */
  private static final Map<String, URI> BY_FORMAT = new TreeMap<>();

  static {
    schemas().forEach((format, schema) -> BY_FORMAT.put(format, register(schema)));
  }

  private JsonDocuments() {}

  /** Returns the schemas by the format that they describe. */
  static Map<String, JSONObject> schemas() {
    Map<String, JSONObject> schemas = new TreeMap<>();
    try (Stream<Path> files = Files.list(SCHEMAS)) {
      for (Path file : files.toList()) {
        JSONObject schema = new JSONObject(Files.readString(file));
        String format = (String) schema.query("/properties/format/const");
        assertThat(file.getFileName().toString())
            .isEqualTo(format.substring("ncm-xen.".length()).replace('/', '-') + ".json");
        schemas.put(format, schema);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return schemas;
  }

  private static URI register(JSONObject schema) {
    return VALIDATOR.registerSchema(schema.toString());
  }

  /** Returns the mistakes of a document, one a line; empty when it is valid. */
  static String mistakes(JSONObject document) {
    URI schema = BY_FORMAT.get(document.optString("format"));
    assertThat(schema).as("the schema of format " + document.opt("format")).isNotNull();
    StringBuilder mistakes = new StringBuilder();
    VALIDATOR
        .validate(schema, document.toString())
        .getErrors()
        .forEach(
            error -> mistakes.append(error.getInstanceLocation() + ": " + error.getError() + "\n"));
    return mistakes.toString();
  }

  /** Reads what is to be one JSON document and nothing else; no name may stand in it twice. */
  static JSONObject read(String text) {
    JSONTokener tokens = new JSONTokener(text);
    JSONObject document = new JSONObject(tokens);
    assertThat(tokens.nextClean()).as("what follows the document").isEqualTo('\0');
    assertThat(text).isASCII().endsWith("}\n");
    return document;
  }

  /** Fails when a call with {@code --json} has not printed the document that it promises. */
  static void assertKept(Call call, String... arguments) {
    JSONObject document = read(call.out());
    if (document.has("$schema")) {
      assertThat(arguments).contains("schema");
      return;
    }
    assertThat(mistakes(document)).as(call.out()).isEmpty();
    JSONObject error = document.optJSONObject("error");
    if (error != null) {
      assertThat(error.getInt("exitCode")).isEqualTo(call.code());
      assertThat(call.err()).contains(error.getString("text").lines().findFirst().orElse(""));
    }
  }
}
