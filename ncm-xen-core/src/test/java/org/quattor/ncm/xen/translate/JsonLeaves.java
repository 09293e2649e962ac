package org.quattor.ncm.xen.translate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** The leaves of a JSON document, by path: {@code disks[0].vdev}. */
final class JsonLeaves {

  private JsonLeaves() {}

  static Map<String, String> of(String json) {
    Map<String, String> leaves = new TreeMap<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      collect(parser, "", leaves);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
    return leaves;
  }

  private static void collect(JsonParser parser, String path, Map<String, String> leaves)
      throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        collect(parser, path.isEmpty() ? name : path + "." + name, leaves);
      }
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
        collect(parser, path + "[" + i + "]", leaves);
      }
    } else {
      leaves.put(path, parser.getText());
    }
  }
}
