package org.quattor.ncm.xen.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.Refused;

/** Which comment documents what, and where numbers end. */
class PanCommentsTest {

  private static List<Token> tokens(String text) {
    return PanLexer.tokens("c.pan", text);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "`# one\nx` | one",
        "`# one\n# two\nx` | one two",
        "`# far\n\nx` | ``",
        "`# far\n\n# near\nx` | near",
        "`y # behind\nx` | ``",
        "`y # behind\n# above\nx` | above",
        "`# old\n@{new} x` | new",
        "`@{first} @{second} x` | second",
        "`@doc{\n  some\n  words }\nx` | some words",
        "`@doc (round) x` | round",
        "`@doc [square] x` | square",
      })
  void aCommentIsAboutWhatFollowsIt(String text, String documentation) {
    List<Token> tokens = tokens(text);
    Token last = tokens.get(tokens.size() - 2);
    assertThat(last.text()).isEqualTo("x");
    assertThat(last.documentation()).isEqualTo(documentation);
    assertThat(last.place().line())
        .isEqualTo(1 + (int) text.chars().filter(c -> c == '\n').count());
  }

  @ParameterizedTest
  @CsvSource({
    "1..5, 1 .. 5",
    "1.5, 1.5",
    "1.5..2, 1.5 .. 2",
    "0x1f, 0x1f",
    "a.b, a . b",
    "7, 7",
    "a1_B, a1_B",
    "x # end, x",
    "#, ''",
  })
  void numbersAndWordsEndWhereTheyEnd(String text, String cut) {
    List<Token> tokens = tokens(text);
    assertThat(tokens.get(tokens.size() - 1).kind()).isEqualTo(Token.Kind.END);
    assertThat(
            tokens.subList(0, tokens.size() - 1).stream()
                .map(Token::text)
                .collect(Collectors.joining(" ")))
        .isEqualTo(cut);
  }

  @ParameterizedTest
  @ValueSource(strings = {"@", "@doc", "@{never closed", "@doc{(]", "\u00e9", "'open", "\"open"})
  void whatDoesNotEndIsRefusedWhereItBegins(String text) {
    assertThatThrownBy(() -> tokens("x\n  " + text))
        .satisfies(Refused.as(Refusal.Kind.SETTINGS))
        .hasMessageStartingWith("c.pan:2:3: ");
  }
}
