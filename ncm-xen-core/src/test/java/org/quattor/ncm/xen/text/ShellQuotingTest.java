package org.quattor.ncm.xen.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One word of a shell, whatever is in it. */
class ShellQuotingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "xenbr0    | xenbr0",
        "/dev/a_b  | /dev/a_b",
        "a b       | 'a b'",
        "it's      | 'it'\\''s'",
        "~root     | '~root'",
        "\"\"      | ''",
      })
  void whatAShellTakesAsItIsStandsBare(String text, String word) {
    assertThat(ShellQuoting.word(text)).isEqualTo(word);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "'", "''", "$(id)`id`\"\\", "#x", "a\nb", "-n", "*", "ä & ; | <"})
  void aShellReadsTheTextBack(String text) throws Exception {
    for (String word : new String[] {ShellQuoting.word(text), ShellQuoting.quoted(text)}) {
      Process sh = new ProcessBuilder("sh", "-c", "printf '%s' " + word).start();
      assertThat(new String(sh.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(text);
    }
  }

  @ParameterizedTest
  @CsvSource({"'a\nb','''a\\nb'''", "plain,plain"})
  void whatIsShownIsOneLine(String text, String shown) {
    assertThat(ShellQuoting.shown(text)).isEqualTo(shown);
  }
}
