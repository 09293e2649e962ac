package org.quattor.ncm.xen.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.profile.ProfileReader;

/**
 * A type written in Pan, and profiles to hold against it. It may use a few declared types. In
 * profiles {@code '} stands for {@code "}.
 */
record GivenType(Declarations declarations, PanType type) {

  private static final String TYPES =
      """
      declaration template given;
      type digit = long(1..9);
      type word = string with match(SELF, '^[a-z]+$');
      type answer = choice('yes', 'no');
      type record = { 'size' : long };
      """;

  static GivenType of(String pan) {
    Declarations declarations = new Declarations();
    PanParser.read("given.pan", TYPES + "type given = " + pan + ";", declarations);
    declarations.check();
    return new GivenType(declarations, declarations.type("given").type());
  }

  /**
   * Returns a profile that has the value at {@code /x}, and one element of every type to link to.
   */
  static Profile profile(String value) {
    String text =
        """
        {'x': %s, 'text': 'abc', 'whole': 1, 'list': [1], 'dict': {'size': 1}, 'deep': {'list': []}}
        """;
    return new ProfileReader()
        .read(
            new ByteArrayInputStream(text.formatted(value).replace('\'', '"').getBytes(UTF_8)),
            "given.json");
  }
}
