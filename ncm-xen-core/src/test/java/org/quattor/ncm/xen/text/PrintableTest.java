package org.quattor.ncm.xen.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {

  @Test
  void textWithoutAnythingHiddenStaysTheSameObject() {
    String text = "größe 20 GiB, 東京, 😀 \\n 'quoted' #$`";
    assertThat(Printable.line(text)).isSameAs(text);
  }

  @ParameterizedTest
  @CsvSource({
    "000a, \\n",
    "000d, \\r",
    "0009, \\t",
    "0000, \\u{0}",
    "001b, \\u{1b}",
    "007f, \\u{7f}",
    "0085, \\u{85}",
    "009b, \\u{9b}",
    "200b, \\u{200b}",
    "202e, \\u{202e}",
    "2066, \\u{2066}",
    "2028, \\u{2028}",
    "2029, \\u{2029}",
    "feff, \\u{feff}",
    "e000, \\u{e000}",
    "d800, \\u{d800}",
    "e0041, \\u{e0041}"
  })
  void whatWouldBeHiddenOrObeyedIsShown(String codePoint, String shown) {
    String hidden = Character.toString(Integer.parseInt(codePoint, 16));
    assertThat(Printable.line("ä" + hidden + "z")).isEqualTo("ä" + shown + "z");
  }

  @Test
  void aForgedLogLineStaysOneLine() {
    assertThat(Printable.line("x\n[OK]   0 errors\u001b[2J"))
        .isEqualTo("x\\n[OK]   0 errors\\u{1b}[2J");
  }
}
