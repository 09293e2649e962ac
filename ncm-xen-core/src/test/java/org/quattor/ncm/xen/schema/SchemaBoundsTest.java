package org.quattor.ncm.xen.schema;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.Refused;

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
        .satisfies(Refused.as(Refusal.Kind.SETTINGS))
        .hasMessageStartingWith("s.pan:2:")
        .hasMessageContaining("at most 100");
  }

  private static String chain(String form) {
    StringBuilder text = new StringBuilder("declaration template t;\n");
    for (int i = 0; i < 5_000; i++) {
      text.append(form.replace("THIS", "t" + i).replace("NEXT", "t" + (i + 1))).append('\n');
    }
    return text + "type t5000 = { 'x' ? long };\n";
  }

  /** Twice the same include doubles the records with each type. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "type THIS = NEXT;",
        "type THIS = NEXT with is_ipv4(SELF);",
        "type THIS = NEXT*;",
        "type THIS = { include NEXT };",
        "type THIS = { include NEXT include NEXT };",
      })
  void typesThatAreMadeOfManyOthersAreRefusedWithTheirPlace(String form) {
    Declarations declarations = new Declarations();
    PanParser.read("s.pan", chain(form), declarations);
    assertThatThrownBy(declarations::check)
        .satisfies(Refused.as(Refusal.Kind.SETTINGS))
        .hasMessageMatching("s\\.pan:[0-9]+:6: the type t[0-9]+ is made of more than 30 others");
  }

  @Test
  void aHundredIsStillAllowed() {
    PanParser.read(
        "s.pan",
        "template t;\ntype t = long"
            + "[]".repeat(100)
            + ";\ntype u = "
            + "{ 'a' : ".repeat(99)
            + "long "
            + "} ".repeat(99)
            + ";\ntype v = string with match(SELF, '"
            + "(a)".repeat(100)
            + "');\n",
        new Declarations());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type t = long",
        "type t = long type u = long;",
        "bind '/software/components/xen' = long",
        "bind '/software/components/xen' = long type u = long;",
        "include { 'pan/types' }",
        "include { 'pan/types' } type u = long;",
        "include { 'pan/types' ;",
        "type t = string with match(SELF, 'a'",
        "type t = long(0..",
        "type t = long = ",
        "type t = {'a' :",
        "type t = choice('a', ",
        "type",
        "bind",
        "include",
      })
  void aStatementThatBreaksOffIsRefused(String statement) {
    assertThatThrownBy(
            () -> PanParser.read("s.pan", "template t;\n" + statement, new Declarations()))
        .satisfies(Refused.as(Refusal.Kind.SETTINGS))
        .hasMessageStartingWith("s.pan:2:");
  }

  @ParameterizedTest
  @MethodSource("strings")
  void aRefusedStringIsShownOnOneLine(String text) {
    assertThatThrownBy(() -> PanParser.read("s.pan", "template t;\n" + text, new Declarations()))
        .satisfies(Refused.as(Refusal.Kind.SETTINGS))
        .hasMessageStartingWith("s.pan:2:1: found the string 'a\\n")
        .hasMessageNotContaining("\n");
  }

  static String[] strings() {
    return new String[] {"\"a\\nb\"", "\"a\\n[OK]\" = 1;"};
  }
}
