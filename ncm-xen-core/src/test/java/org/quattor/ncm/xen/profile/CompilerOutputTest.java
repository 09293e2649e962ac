package org.quattor.ncm.xen.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;

/** Reads and writes texts that panc 10.9 made. */
class CompilerOutputTest {

  private final ProfileReader reader = new ProfileReader();

  @ParameterizedTest
  @ValueSource(strings = {"all-types", "xenhost.example.org"})
  void jsonIsWrittenAsItWasRead(String name) throws IOException {
    assertThat(PanProfileWriter.json(root(name + ".json"))).isEqualTo(text(name + ".json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"all-types", "xenhost.example.org"})
  void xmlIsWrittenAsItWasRead(String name) throws IOException {
    assertThat(PanProfileWriter.xml(root(name + ".xml"))).isEqualTo(text(name + ".xml"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"all-types", "xenhost.example.org"})
  void jsonAndXmlOfOneProfileAreTheSameTree(String name) throws IOException {
    assertThat(PanProfileWriter.xml(root(name + ".json"))).isEqualTo(text(name + ".xml"));
    assertThat(PanProfileWriter.json(root(name + ".xml"))).isEqualTo(text(name + ".json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"xenhost.example.org.json.gz", "xenhost.example.org.xml.gz"})
  void compressedProfilesAreKnownByTheirFirstBytes(String name) throws IOException {
    Element root = root(name);
    String written =
        name.contains("json") ? PanProfileWriter.json(root) : PanProfileWriter.xml(root);
    try (InputStream in = new GZIPInputStream(open(name))) {
      assertThat(written).isEqualTo(new String(in.readAllBytes(), UTF_8));
    }
  }

  @Test
  void typesAndTextOfNumbersAreKept() throws IOException {
    Profile profile = reader.read(open("all-types.json"), "all-types.json");
    assertThat(profile.find("/scalars/d1")).get().satisfies(isA(Element.Type.DOUBLE, "1.0"));
    assertThat(profile.find("/scalars/d3")).get().satisfies(isA(Element.Type.DOUBLE, "1.0E20"));
    assertThat(profile.find("/scalars/lmax"))
        .get()
        .satisfies(isA(Element.Type.LONG, "9223372036854775807"));
    assertThat(profile.find("/scalars/snum")).get().satisfies(isA(Element.Type.STRING, "12"));
    assertThat(profile.find("/scalars/bf")).get().satisfies(isA(Element.Type.BOOLEAN, "false"));
    assertThat(profile.find("/lists/nested/1").orElseThrow().type()).isEqualTo(Element.Type.LIST);
    assertThat(profile.find("/lists/nested/2").orElseThrow().type()).isEqualTo(Element.Type.DICT);
  }

  private static java.util.function.Consumer<Element> isA(Element.Type type, String text) {
    return element -> {
      assertThat(element.type()).isEqualTo(type);
      assertThat(element.text()).isEqualTo(text);
    };
  }

  private Element root(String name) throws IOException {
    try (InputStream in = open(name)) {
      return reader.read(in, name).find("/").orElseThrow();
    }
  }

  private static String text(String name) throws IOException {
    try (InputStream in = open(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static InputStream open(String name) {
    return CompilerOutputTest.class.getResourceAsStream(name);
  }
}
