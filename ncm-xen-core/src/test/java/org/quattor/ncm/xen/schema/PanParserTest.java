package org.quattor.ncm.xen.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.Refused;

class PanParserTest {

  private static final String HEAD = "declaration template t;\n";

  private static Declarations read(String statements) {
    Declarations declarations = Declarations.withCoreTypes();
    PanParser.read("f.pan", HEAD + statements, declarations);
    declarations.check();
    return declarations;
  }

  @ParameterizedTest
  @ValueSource(strings = {"include 'components/xen/schema';", "declaration type a = string;"})
  void aFileWithoutItsFirstLineIsToldIt(String text) {
    assertThatThrownBy(() -> PanParser.read("f.pan", text, Declarations.withCoreTypes()))
        .hasMessageEndingWith(
            "expected declaration template and its name, with which a file of types begins");
  }

  @Test
  void theFirstLineEndsLikeAnyStatement() {
    assertThatThrownBy(() -> PanParser.read("f.pan", "template t", Declarations.withCoreTypes()))
        .hasMessage("f.pan:1:11: found the end of the file; expected ;");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          function f = 1;                     | f.pan:2:1: found function; expected type, bind or include; ncm-xen executes no Pan code
          variable X = 1;                     | f.pan:2:1: found variable; expected type, bind or include; ncm-xen executes no Pan code
          valid '/a' = true;                  | f.pan:2:1: found valid; expected type, bind or include; ncm-xen executes no Pan code
          '/a' = 1;                           | f.pan:2:1: found the string '/a'; expected type, bind or include; ncm-xen executes no assignments
          type a = string with { true; };     | f.pan:2:22: found {; expected match(SELF, 'pattern') or a validation function after with
          type a = string with f(SELF);       | f.pan:2:22: found f; expected a function that ncm-xen knows
          type a = string with match(SELF, '(');  | f.pan:2:34: found the string '('; expected a regular expression: Unclosed group
          type a = string with match('x', 'x'); | f.pan:2:28: found the string 'x'; expected SELF
          type a = nosuch;                    | f.pan:2:10: found the type nosuch, which is not declared
          type a = type_hwadr;                | f.pan:2:10: found the type type_hwadr, which is not declared; did you mean type_hwaddr?
          type a = { 'x' : nosuch };          | f.pan:2:18: found the type nosuch, which is not declared
          type a = nosuch[];                  | f.pan:2:10: found the type nosuch, which is not declared
          type a = nosuch{};                  | f.pan:2:10: found the type nosuch, which is not declared
          type a = nosuch*;                   | f.pan:2:10: found the type nosuch, which is not declared
          type a = nosuch with match(SELF, 'x'); | f.pan:2:10: found the type nosuch, which is not declared
          bind '/software/components/xen' = nosuch; | f.pan:2:35: found the type nosuch, which is not declared
          type a = { include nosuch };        | f.pan:2:20: found the type nosuch, which is not declared
          type a = { include type_ip };       | f.pan:2:20: found type_ip; expected a record type
          type a = b; type b = a;             | f.pan:2:6: the type a is made of itself
          type a = b with match(SELF, 'x'); type b = a; | f.pan:2:6: the type a is made of itself
          type a = a*;                        | f.pan:2:6: the type a is made of itself
          type a = { include a };             | f.pan:2:6: the type a is made of itself
          type type_ip = string;              | f.pan:2:6: found type_ip; expected a name that is not declared already
          type string = long;                 | f.pan:2:6: found string; expected a name that is not declared already
          type a = { 'x' = 1 };               | f.pan:2:16: found =; expected : or ? after the field x
          type a = { x : long };              | f.pan:2:12: found x; expected a field in quotes, include or }
          type a = { 'x' : long = 1 + 1 };    | f.pan:2:27: found +; expected a field in quotes, include or }
          type a = { 'x' : string = undef };  | f.pan:2:27: found undef; expected a string, number, true, false, dict() or list() as default
          type a = { 'x' : long = 1x };       | f.pan:2:25: found 1x; expected a string, number, true, false, dict() or list() as default
          type a = long(1.5..2);              | f.pan:2:15: found 1.5; expected a whole number of at most 64 bits
          @{no end                            | f.pan:2:1: found @; expected a declaration of the Pan language
          type a = long$;                     | f.pan:2:14: found $; expected a declaration of the Pan language
          type a = long(1..x);                | f.pan:2:18: found x; expected a whole number
          type a = long(1..99999999999999999999); | f.pan:2:18: found 99999999999999999999; expected a whole number of at most 64 bits
          type a = choice('a', b);            | f.pan:2:22: found b; expected a string to choose
          type a = string                     | f.pan:2:16: found the end of the file; expected ;
          type a = {                          | f.pan:2:11: found the end of the file; expected a field in quotes, include or }
          bind '/system' = string;            | f.pan:2:6: found the string '/system'; expected /software/components/xen or a path below it
          include 'site/types';               | f.pan:2:9: found the string 'site/types'; expected a template whose types are built in (pan/types, pan/legacy, quattor/schema, quattor/types/component, quattor/functions/validation, quattor/types/network), components/xen/schema or components/xen/config
          type a = "\\q";                     | f.pan:2:10: found the escape \\q in a string in double quotes; expected one of \\\\ \\" \\' \\n \\t \\r \\b \\f
          type a = 'x                         | f.pan:2:10: found '; expected a declaration of the Pan language
          """)
  void whatIsNoDeclarationIsRefusedWithItsPlace(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .satisfies(Refused.as(Refusal.Kind.SETTINGS))
        .hasMessage(message);
  }

  @Test
  void declarationsOfAllKindsAreUnderstood() {
    Declarations declarations =
        read(
            """
            include 'pan/types';
            include { 'quattor/schema' };
            ; # an empty statement
            @documentation{ a quoted pattern }
            type quoted = string(1..10) with match(SELF, "^it's \\"\\\\d\\"'$");
            type single = string with match(SELF, '^it''s$');
            type numbers = long(-5..0x10)[1..];
            type lists = numbers[2]{0..3}[..4];
            type record = extensible {
                # the first
                # of two
                "a" : string = 'x'
                'b' ? long = -1 # trailing
                'c' ? dict = dict()

                'd' ? quoted{1..} = nlist()
                'e' ? choice('one', 'two',)
                'f' ? record
                include structure_component
            };
            type link = string*[];
            bind '/software/components/xen/x' = record;
            """);
    PanType.Fields record = (PanType.Fields) declarations.type("record").type();
    assertThat(record.extensible()).isTrue();
    assertThat(record.own())
        .extracting(field -> field.name() + "=" + field.defaultValue())
        .containsExactly("a='x'", "b=-1", "c=dict()", "d=nlist()", "e=", "f=");
    assertThat(record.own().get(0).documentation()).isEqualTo("the first of two");
    assertThat(record.own().get(1).documentation()).isEmpty();
    assertThat(declarations.type("quoted").documentation()).isEqualTo("a quoted pattern");
    assertThat(Expected.of(declarations.type("numbers").type(), declarations))
        .isEqualTo("a list, each item a long, -5 to 16");
    assertThat(declarations.type("single").type())
        .isInstanceOfSatisfying(
            PanType.Checked.class,
            checked ->
                assertThat(((PanType.Check.Matches) checked.check()).pattern().pattern())
                    .isEqualTo("^it's$"));
  }

  @Test
  void everyFieldOfOurSchemaSaysWhatItMeans() {
    Declarations declarations = Declarations.withCoreTypes();
    declarations.includeOwn();
    for (String type :
        new String[] {
          "component_xen_type",
          "xen_domain",
          "xen_domain_options",
          "xen_vdisk",
          "xen_guest_map",
          "xen_network",
          "xen_network_bridge",
          "xen_network_vlan",
          "structure_component"
        }) {
      PanType.Fields fields = (PanType.Fields) declarations.type(type).type();
      assertThat(fields.own())
          .allSatisfy(field -> assertThat(field.documentation()).as(field.name()).endsWith("."));
    }
  }
}
