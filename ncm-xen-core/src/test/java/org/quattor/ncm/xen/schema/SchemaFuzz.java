package org.quattor.ncm.xen.schema;

import java.nio.charset.StandardCharsets;
import org.quattor.ncm.component.Refusal;

/** Any text as a site's schema is read, or refused in one line with its place. */
public final class SchemaFuzz {

  private SchemaFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Declarations declarations = Declarations.withCoreTypes();
    try {
      PanParser.read("fuzz", new String(input, StandardCharsets.UTF_8), declarations);
      declarations.check();
    } catch (Refusal e) {
      if (e.kind() != Refusal.Kind.SETTINGS) {
        throw e;
      }
      String message = String.valueOf(e.getMessage());
      if (!message.startsWith("fuzz:") || message.indexOf('\n') >= 0) {
        throw new AssertionError("not one line with its place: " + message, e);
      }
    }
  }
}
