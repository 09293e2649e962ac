package org.quattor.ncm.xen.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.CharMatcher;
import com.google.common.base.Strings;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.profile.PanProfileWriter;

/** What each type of Pan means: which values it admits, how text is read as it, its JSON Schema. */
class TypeTest {

  private static Element x(Profile profile) {
    return profile.find("/x").orElseThrow();
  }

  /** The rows without a finding are values that are right. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          string                    | 1         | XEN003 is the long 1; expected a string
          string(1..3)              | 'abcd'    | XEN007 has 4 characters; expected 1 to 3
          string(1..3)              | 'abc'     |
          long                      | '12'      | XEN003 is the string "12"; expected a long (write 12 without quotes)
          long                      | 'twelve'  | XEN003 is the string "twelve"; expected a long
          boolean                   | 'true'    | XEN003 is the string "true"; expected a boolean (write true without quotes)
          boolean                   | 'yes'     | XEN003 is the string "yes"; expected a boolean
          boolean                   | '1'       | XEN003 is the string "1"; expected a boolean
          string                    | true      | XEN003 is the boolean true; expected a string
          double(0..1)              | 1.5       | XEN004 is 1.5; expected a double, 0 to 1
          double(0..1)              | 0.0       |
          double(0..1)              | 1.0       |
          double(0..)               | -0.5      | XEN004 is -0.5; expected a double, at least 0
          double(0..)               | 2.0       |
          number                    | 1.5       |
          number                    | 1         |
          number                    | 'x'       | XEN003 is the string "x"; expected a number
          double(0..1)              | 1         | XEN003 is the long 1; expected a double, 0 to 1
          number(0..1)              | 2         | XEN004 is 2; expected a number, 0 to 1
          property                  | []        | XEN003 is a list; expected a property
          resource                  | 'a'       | XEN003 is the string "a"; expected a resource
          element                   | []        |
          list(1..2)                | []        | XEN007 has 0 elements; expected 1 to 2
          dict(..1)                 | {'a': 1, 'b': 2} | XEN007 has 2 elements; expected at most 1
          choice('yes', 'no')       | 1         | XEN003 is the long 1; expected one of yes, no
          choice('yes', 'no')       | 'yess'    | XEN005 is "yess"; expected one of yes, no (did you mean yes?)
          choice('yes', 'no')       | 'maybe'   | XEN005 is "maybe"; expected one of yes, no
          long[2]                   | [1]       | XEN007 has 1 element; expected 2
          long[]                    | {}        | XEN003 is a dict; expected a list, each item a long
          long{2}                   | {'a': 1}  | XEN007 has 1 element; expected 2
          long{}                    | []        | XEN003 is a list; expected a dict, each value a long
          { 'a' ? long 'b' ? long }(1) | {'a': 1, 'b': 2} | XEN007 has 2 elements; expected 1
          { 'a' ? long }(1)         | {'a': 1}  |
          record                    | []        | XEN003 is a list; expected a dict
          string*                   | 1         | XEN003 is the long 1; expected the path of an element of this profile
          string*                   | '/text'   |
          string*                   | '/list'   | XEN009 is "/list", an element of another type; expected the path of a string
          digit*                    | '/whole'  |
          digit*                    | '/text'   | XEN009 is "/text", an element of another type; expected the path of a long, 1 to 9
          word*                     | '/text'   |
          word*                     | '/whole'  | XEN009 is "/whole", an element of another type; expected the path of a string that matches ^[a-z]+$
          answer*                   | '/text'   |
          answer*                   | '/whole'  | XEN009 is "/whole", an element of another type; expected the path of one of yes, no
          digit**                   | '/text'   |
          digit**                   | '/whole'  | XEN009 is "/whole", an element of another type; expected the path of the path of an element of this profile
          digit[]*                  | '/list'   |
          digit[]*                  | '/dict'   | XEN009 is "/dict", an element of another type; expected the path of a list, each item a long, 1 to 9
          digit{}*                  | '/dict'   |
          record*                   | '/dict'   |
          record*                   | '/list'   | XEN009 is "/list", an element of another type; expected the path of a dict
          """)
  void admits(String type, String value, @Nullable String finding) {
    assertThat(found(type, value)).isEqualTo(Strings.nullToEmpty(finding));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          string(1..3) with match(SELF, '^a') | 'bcde' | XEN007 has 4 characters; expected 1 to 3
          word(1..3)   | '1234' | XEN006 is "1234"; expected a string that matches ^[a-z]+$
          digit(2..3)  | 12     | XEN004 is 12; expected a long, 1 to 9
          digit(2..3)  | 4      | XEN004 is 4; expected 2 to 3
          digit(2..3)  | 'four' | XEN003 is the string "four"; expected a long, 1 to 9
          answer(2..3) | 'x'    | XEN005 is "x"; expected one of yes, no
          answer(2..3) | 'yes'  |
          answer(3)    | 'no'   | XEN007 has 2 characters; expected 3
          """)
  void tellsTheFirstReasonOnly(String type, String value, @Nullable String finding) {
    assertThat(found(type, value)).isEqualTo(Strings.nullToEmpty(finding));
  }

  private static String found(String pan, String value) {
    GivenType given = GivenType.of(pan);
    Profile profile = GivenType.profile(value);
    Validator validator = new Validator(given.declarations(), profile);
    validator.validate(x(profile), given.type());
    return validator.findings().stream()
        .map(finding -> finding.id() + finding.sentence().replaceFirst("^/x:", ""))
        .collect(Collectors.joining("\n"));
  }

  /** What cannot be read as the type is told stays as it is. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          string           | 12          | "12"
          string           | []          | ""
          string           | [1]         | [ 1 ]
          long             | '+7'        | 7
          long             | '7.0'       | 7
          long             | '7.5'       | "7.5"
          long             | {}          | {}
          double           | '7'         | 7.0
          double           | '-7.5e1'    | -75.0
          double           | 'x'         | "x"
          double           | {'a': '1'}  | { "a": "1" }
          number           | '7'         | 7
          number           | '7.5'       | 7.5
          number           | 7.0         | 7.0
          number           | 'x'         | "x"
          number           | []          | []
          boolean          | 'ON'        | true
          boolean          | 0           | false
          boolean          | 'perhaps'   | "perhaps"
          choice('1', '2') | 2           | "2"
          string*          | 2           | "2"
          digit            | '2'         | 2
          long[]           | '2'         | [ 2 ]
          long[]           | ''          | []
          list             | 'a'         | [ "a" ]
          long{}           | ''          | {}
          long{}           | []          | {}
          long{}           | ['1']       | [ "1" ]
          long{}           | {'a': '1'}  | { "a": 1 }
          dict             | {'a': '1'}  | { "a": "1" }
          record           | {'size': '1', 'else': '1'} | { "else": "1", "size": 1 }
          property         | '1'         | "1"
          resource         | ['1']       | [ "1" ]
          """)
  void isWhatTextIsReadAs(String type, String value, String read) {
    GivenType given = GivenType.of(type);
    Element declared =
        DeclaredElement.of(
            x(GivenType.profile(value)), "/x", "x", given.type(), given.declarations());
    assertThat(CharMatcher.whitespace().collapseFrom(PanProfileWriter.json(declared), ' '))
        .isEqualTo(read);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          element           |
          property          | "type" : [ "string", "number", "boolean" ]
          resource          | "type" : [ "object", "array" ]
          string(1..3)      | "type" : "string", "minLength" : 1, "maxLength" : 3
          long(-1..)        | "type" : "integer", "minimum" : -1
          double(..1)       | "type" : "number", "maximum" : 1
          number            | "type" : "number"
          list(1..2)        | "type" : "array", "minItems" : 1, "maxItems" : 2
          dict(1..)         | "type" : "object", "minProperties" : 1
          nlist(..2)        | "type" : "object", "maxProperties" : 2
          string*           | "type" : "string"
          digit(2..3)       | "$ref" : "#/$defs/digit", "minimum" : 2, "maximum" : 3
          word(2..)         | "$ref" : "#/$defs/word", "minLength" : 2
          record(..1)       | "$ref" : "#/$defs/record", "maxProperties" : 1
          digit[1..]        | "type" : "array", "items" : { "$ref" : "#/$defs/digit" }, "minItems" : 1
          digit{1..2}       | "type" : "object", "propertyNames" : { "pattern" : "^(?![0-9]*$)[A-Za-z0-9_][A-Za-z0-9_+.-]*$" }, "additionalProperties" : { "$ref" : "#/$defs/digit" }, "minProperties" : 1, "maxProperties" : 2
          { 'a' : string = 'x' 'b' ? long = -1 'c' ? dict = dict() 'd' : long }(..3) | "type" : "object", "properties" : { "a" : { "type" : "string", "default" : "x" }, "b" : { "type" : "integer", "default" : -1 }, "c" : { "type" : "object" }, "d" : { "type" : "integer" } }, "required" : [ "d" ], "additionalProperties" : false, "maxProperties" : 3
          extensible {}     | "type" : "object", "properties" : { }, "required" : [ ]
          """)
  void hasItsJsonSchema(String type, @Nullable String members) {
    String document =
        CharMatcher.whitespace()
            .collapseFrom(new JsonSchema(GivenType.of(type).declarations()).document(), ' ');
    assertThat(document)
        .endsWith("\"given\" : { " + (members == null ? "" : members + " ") + "} } } ");
  }
}
