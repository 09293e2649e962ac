package org.quattor.ncm.xen.schema;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Declarations that are nested beyond what anybody means. */
class SchemaBoundsTest {

  private static final int MANY = 50_000;

  static String[] deep() {
    return new String[] {
      "type t = " + "{ 'a' : ".repeat(MANY),
      "type t = long" + "[]".repeat(MANY) + ";",
      "type t = long" + "{}".repeat(MANY) + ";",
      "type t = long" + "*".repeat(MANY) + ";",
      "type t = string with match(SELF, '" + "(".repeat(MANY) + ")".repeat(MANY) + "');",
    };
  }

  @ParameterizedTest
  @MethodSource("deep")
  void whatIsNestedTooDeepIsRefusedWithItsPlace(String declaration) {
    assertThatThrownBy(
            () -> PanParser.read("s.pan", "template t;\n" + declaration, new Declarations()))
        .isInstanceOf(SchemaException.class)
        .hasMessageStartingWith("s.pan:2:")
        .hasMessageContaining("at most 100");
  }

  @ParameterizedTest
  @MethodSource("strings")
  void aRefusedStringIsShownOnOneLine(String text) {
    assertThatThrownBy(() -> PanParser.read("s.pan", "template t;\n" + text, new Declarations()))
        .isInstanceOf(SchemaException.class)
        .hasMessageStartingWith("s.pan:2:1: found the string 'a\\n")
        .hasMessageNotContaining("\n");
  }

  static String[] strings() {
    return new String[] {"\"a\\nb\"", "\"a\\n[OK]\" = 1;"};
  }
}
