package org.quattor.ncm.xen.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00:16:3e:0a:0b:0c",
        "00:16:3E:0A:0B:0C",
        "00-16-3E-0A-0B-0C",
        "0:16:3e:a:b:c",
        "00-16:3e-0a:b:c",
        "00163e0a0b0c",
        "0016.3E0A.0B0C",
      })
  void everySpellingIsTheSameAddressAndIsPrintedOneWay(String text) {
    assertThat(MacAddress.parse(text)).contains(new MacAddress(0x00163e0a0b0cL));
    assertThat(MacAddress.parse(text).orElseThrow()).hasToString("00:16:3e:0a:0b:0c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00:16:3e:00:00",
        "00:16:3e:00:00:00:00",
        "00:16:3e:00:00:0g",
        "00:16:3e:00:00:0\u0661",
        "00 16 3e 00 00 00",
        "00:16:3e:00:00:01 ",
        "000:16:3e:00:00:1",
        "00:16:3e:00:00::",
        "0016.3e00.000",
        "0016:3e00:0001",
      })
  void anythingElseIsNotAnAddress(String text) {
    assertThat(MacAddress.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"00:16:3e:00:00:01, false", "01:00:5e:00:00:01, true", "ff:ff:ff:ff:ff:ff, true"})
  void theLowestBitOfTheFirstByteMeansAGroup(String text, boolean group) {
    assertThat(MacAddress.parse(text).orElseThrow().isMulticast()).isEqualTo(group);
    assertThat(MacAddress.parse(text).orElseThrow()).hasToString(text);
  }

  @Test
  void anAddressHasSixBytes() {
    assertThatIllegalArgumentException().isThrownBy(() -> new MacAddress(1L << 48));
    assertThatIllegalArgumentException().isThrownBy(() -> new MacAddress(-1));
  }
}
