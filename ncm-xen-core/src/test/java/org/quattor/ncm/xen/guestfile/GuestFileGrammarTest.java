package org.quattor.ncm.xen.guestfile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.xen.guestfile.GuestFile.Text;
import org.quattor.ncm.xen.guestfile.GuestFile.Value;
import org.quattor.ncm.xen.guestfile.GuestFile.Whole;
import org.quattor.ncm.xen.guestfile.GuestFileReading.Unreadable;
import org.quattor.ncm.xen.host.Toolstack;

/** The edges of the two grammars, as the lexers of {@code xl} 4.17 and of Python 2 have them. */
class GuestFileGrammarTest {

  private static Value value(String literal, Toolstack dialect) {
    return GuestFileReader.read("a = " + literal, dialect) instanceof GuestFile file
        ? file.values().get("a")
        : new Text("unreadable");
  }

  private static void assertKey(String key, Toolstack dialect) {
    assertThat(GuestFileReader.read(key + " = 1", dialect))
        .isInstanceOfSatisfying(
            GuestFile.class, file -> assertThat(file.values()).containsOnlyKeys(key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "z", "a0", "a9", "a_", "az_z09"})
  void aKeyIsOfLettersDigitsAndUnderscores(String key) {
    for (Toolstack dialect : Toolstack.values()) {
      assertKey(key, dialect);
    }
  }

  /** As the real xl does, see XlRefusesTest. */
  @ParameterizedTest
  @ValueSource(strings = {"A", "Z", "_", "_1", "aZ_z09"})
  void onlyPythonHasKeysWithCapitalsOrAnUnderscoreFirst(String key) {
    assertKey(key, Toolstack.XM);
    assertThat(GuestFileReader.read(key + " = 1", Toolstack.XL)).isInstanceOf(Unreadable.class);
  }

  @Test
  void onlyPythonReadsTheLineEndsOfDos() {
    assertThat(GuestFileReader.read("\ta = 1\r\n", Toolstack.XM)).isInstanceOf(GuestFile.class);
    assertThat(GuestFileReader.read("\ta = 1\r\n", Toolstack.XL)).isInstanceOf(Unreadable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"@", "[", "`", "{", "0a", "9", "a:", "a/", "a-b", "\u00e9", ""})
  void anythingElseIsNoKey(String key) {
    for (Toolstack dialect : Toolstack.values()) {
      assertThat(GuestFileReader.read(key + " = 1", dialect))
          .isInstanceOf(GuestFileReading.Unreadable.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7",
    "10, 10",
    "010, 8",
    "0x1f, 31",
    "0xFF, 255",
    "9223372036854775807, 9223372036854775807"
  })
  void aNumberIsDecimalOctalOrHexadecimal(String literal, long number) {
    for (Toolstack dialect : Toolstack.values()) {
      assertThat(value(literal, dialect)).isEqualTo(new Whole(number));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"08", "0x", "0xg", "1a", "9223372036854775808", "0x8000000000000000", "0x-1"})
  void whatOnlyBeginsLikeANumberIsUnreadable(String literal) {
    for (Toolstack dialect : Toolstack.values()) {
      assertThat(value(literal, dialect)).isEqualTo(new Text("unreadable"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          '\\\\',     \\,          \\
          '\\'',      `'`,         `'`
          '\\"',      ",           "
          '\\t',      `\t`,        `\t`
          '\\x41',    A,           unreadable
          '\\101',    A,           unreadable
          '\\7',      `\u0007`,    unreadable
          '\\60',     0,           unreadable
          '\\1018',   A8,          unreadable
          '\\8',      \\8,         unreadable
          '\\9',      \\9,         unreadable
          '\\/',      \\/,         unreadable
          '\\q',      \\q,         unreadable
          '\\😀',     \\😀,        unreadable
          '\\x4',     unreadable,  unreadable
          '\\xg1',    unreadable,  unreadable
          'a,         unreadable,  unreadable
          'a\\,       unreadable,  unreadable
          """)
  void anEscapeIsWhatTheLexerMakesOfIt(String literal, String xm, String xl) {
    assertThat(value(literal, Toolstack.XM)).isEqualTo(new Text(xm));
    assertThat(value(literal, Toolstack.XL)).isEqualTo(new Text(xl));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = 1 # end",
        "a = 1#",
        "# first\na = 1",
        "a = 1;",
        ";;a = 1",
        "\ta = 1\n",
        "a = 1 ; # b = 2\n#",
        "a=1",
      })
  void blanksAndCommentsSayNothing(String text) {
    for (Toolstack dialect : Toolstack.values()) {
      assertThat(GuestFileReader.read(text, dialect))
          .isInstanceOfSatisfying(
              GuestFile.class,
              file -> assertThat(file.values()).containsOnlyKeys("a").containsValue(new Whole(1)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "`b = 'x'\na = b` | x",
        "`b = ['x', 'y']\na = b [1]` | y",
        "a = 'x' \"y\" 'z' | xyz",
        "`a = 'x'\na += 'y'` | xy",
        "a = [[1, 'x'], 'y'] | 1 x y",
      })
  void pythonPutsValuesTogether(String text, String value) {
    assertThat(GuestFileReader.read(text, Toolstack.XM))
        .isInstanceOfSatisfying(
            GuestFile.class, file -> assertThat(file.values().get("a").plain()).isEqualTo(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b = ['x']\na = b[1]",
        "b = 'x'\na = b[0]",
        "b = ['x']\na = b[0",
        "a = 'x'\na += ['y']",
        "a = ['x']\na += 'y'",
        "a = 1\na += 2",
      })
  void whatDoesNotGoTogetherIsUnreadable(String text) {
    assertThat(GuestFileReader.read(text, Toolstack.XM))
        .isInstanceOf(GuestFileReading.Unreadable.class);
  }

  @Test
  void listsMayBeNineDeep() {
    String nine = "a = " + "[".repeat(9) + "]".repeat(9);
    assertThat(GuestFileReader.read(nine, Toolstack.XL)).isInstanceOf(GuestFile.class);
    assertThat(GuestFileReader.read(nine.replace("[]", "[[]]"), Toolstack.XL))
        .isInstanceOf(GuestFileReading.Unreadable.class);
  }

  @ParameterizedTest
  @CsvSource({"512, 524288", "'''512''', 524288", "'''512M''',", "['512'],"})
  void memoryIsANumberOrNotKnown(String literal, Long kib) {
    GuestFile file = (GuestFile) GuestFileReader.read("memory = " + literal, Toolstack.XL);
    assertThat(DeclaredDomain.of("", file).memoryKib()).isEqualTo(kib);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "a = 1 2 | 1",
        "a = 1 b = 2 | 1",
        "a = 'x' b = 2 | 1",
        "`a = 1\nb = [ 'x'\n, 'y' z ]` | 3",
        "`a = 1\n\nb` | 3",
      })
  void whatIsUnreadableIsNamedByItsLine(String text, int line) {
    assertThat(GuestFileReader.read(text, Toolstack.XL))
        .isInstanceOfSatisfying(
            GuestFileReading.Unreadable.class,
            unreadable -> assertThat(unreadable.line()).isEqualTo(line));
  }
}
