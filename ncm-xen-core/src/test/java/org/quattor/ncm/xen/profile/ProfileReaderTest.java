package org.quattor.ncm.xen.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.component.Refusal.Kind;

class ProfileReaderTest {

  private final ProfileReader reader = new ProfileReader();

  private Profile read(byte[] bytes) {
    return reader.read(new ByteArrayInputStream(bytes), "host");
  }

  private Profile read(String text) {
    return read(text.getBytes(UTF_8));
  }

  private Refusal refusal(byte[] bytes) {
    return catchThrowableOfType(Refusal.class, () -> read(bytes));
  }

  private void refused(byte[] bytes, String message) {
    Refusal e = refusal(bytes);
    assertThat(e).isNotNull();
    assertThat(e.kind()).isEqualTo(Kind.INVALID_PROFILE);
    assertThat(e.getMessage()).isEqualTo(message);
  }

  private static String value(Profile profile, String path) {
    return profile.find(path).orElseThrow().text();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          ^^                | host:1:1: found nothing; expected a profile in JSON or XML
          hello             | host:1:1: found "hello"; expected a profile in JSON or XML, starting with { or <
          [1]               | host:1:1: found a JSON list; expected an object, starting with {
          {"a":null}        | host:1:6: found null, which is not allowed in a profile; expected a value
          {"a":1,"b":2,"a":3} | host:1:18: the key "a" occurs twice
          {"b":1,"a":2,"b":3} | host:1:18: the key "b" occurs twice
          {"a":{"b":1       | host:1:12: the text ends in the middle of the profile; expected the closing }
          {"a":"x           | host:1:8: the text ends in the middle of the profile; expected the closing }
          {"a":NaN}         | host:1:9: found "NaN"; expected a value
          {"a":tru}         | host:1:6: found "tru"; expected a value
          {} {}             | host:1:4: something follows the end of the profile
          {}x               | host:1:3: found "x"; expected a value
          {"a":1,}          | host:1:8: found "}"; expected double-quote to start field name, or no comma before it
          {"a":1]           | host:1:7: found "]"; expected }
          {"a":]            | host:1:6: found "]"; expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
          {"a":[1,]}        | host:1:9: found "]"; expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false'), or no comma before it
          {"a" 1}           | host:1:6: found "1"; expected a colon to separate field name and value
          {"a":01}          | host:1:7: not JSON: Invalid numeric value: Leading zeroes not allowed
          {"a":"\\x"}       | host:1:8: not JSON: Unrecognized character escape 'x' (code 120)
          """)
  void jsonThatIsNoProfileIsRefusedWithItsPlace(String text, String message) {
    refused(text.getBytes(UTF_8), message);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          <a/>                     | host:1:5: found <a>; expected <nlist format="pan">
          <nlist format="xml"/>    | host:1:22: found <nlist format="xml">; expected <nlist format="pan">
          <nlist><stream name="a"/></nlist>           | host:1:26: found <stream>; expected nlist, list, string, long, double or boolean
          <nlist><long name="a">x</long></nlist>      | host:1:31: found "x"; expected a whole number without zeros before it
          <nlist><long name="a"/></nlist>             | host:1:24: found ""; expected a whole number without zeros before it
          <nlist><long name="a"> 1</long></nlist>     | host:1:32: found " 1"; expected a whole number without zeros before it
          <nlist><long name="a">010</long></nlist>    | host:1:33: found "010"; expected a whole number without zeros before it
          <nlist><double name="a">NaN</double></nlist> | host:1:37: found "NaN"; expected a number
          <nlist><boolean name="a">yes</boolean></nlist> | host:1:39: found "yes"; expected true or false
          <nlist><string name="a" encoding="base64">@@@</string></nlist>  | host:1:55: found "@@@"; expected base64
          <nlist><string name="a" encoding="base64">/w==</string></nlist> | host:1:56: found base64 of something that is not UTF-8 text
          <nlist><string name="a" encoding="rot13">x</string></nlist>     | host:1:52: found encoding "rot13"; expected base64
          <nlist><string>x</string></nlist>           | host:1:16: <string> has no name; expected the attribute name
          <nlist><list name="a">text</list></nlist>   | host:1:29: found "text" between elements
          <nlist><string name="a"><b/></string></nlist> | host:1:29: found <b> inside a value
          <nlist><string name="a">1</string><string name="a">1</string></nlist> | host:1:62: the key "a" occurs twice
          <nlist><string name="a">x                   | host:1:26: not XML: XML document structures must start and end within the same entity.
          <nlist><string name="a">&l;</string></nlist> | host:1:28: not XML: The entity "l" was referenced, but not declared.
          <nlist/><nlist/>         | host:1:10: not XML: The markup in the document following the root element must be well-formed.
          <!DOCTYPE a SYSTEM "http://192.0.2.1/a"><nlist/> | host:1:41: found a DOCTYPE, which is not allowed in a profile
          """)
  void xmlThatIsNoProfileIsRefusedWithItsPlace(String text, String message) {
    refused(text.getBytes(UTF_8), message);
  }

  @Test
  void aBillionLaughsAreNotHeard() {
    StringBuilder text = new StringBuilder("<!DOCTYPE a [<!ENTITY l0 \"lol\">");
    for (int i = 1; i < 10; i++) {
      text.append("<!ENTITY l" + i + " \"" + ("&l" + (i - 1) + ";").repeat(10) + "\">");
    }
    text.append("]><nlist><string name=\"a\">&l9;</string></nlist>");
    assertThat(refusal(text.toString().getBytes(UTF_8)).getMessage())
        .endsWith("found a DOCTYPE, which is not allowed in a profile");
  }

  @Test
  void placesCountTheBlanksBeforeTheText() {
    refused("\uFEFF\n\n  {\"a\":}".getBytes(UTF_8), "host:3:8: found \"}\"; expected a value");
    assertThat(refusal("\n <?xml version=\"1.0\"?><a/>".getBytes(UTF_8)).getMessage())
        .isEqualTo("host:2:27: found <a>; expected <nlist format=\"pan\">");
  }

  @Test
  void bytesThatAreNotUtf8AreNamedByTheirOffset() {
    byte[] text = "{\"a\":\"..\"}".getBytes(UTF_8);
    text[6] = (byte) 0xc0;
    text[7] = (byte) 0x80;
    refused(text, "host:byte 6: not UTF-8 text");
    refused(Arrays.copyOf(text, 7), "host:byte 6: not UTF-8 text");
    byte[] xml = "<nlist><string name=\"a\">..</string></nlist>".getBytes(UTF_8);
    xml[25] = (byte) 0xff;
    refused(xml, "host:byte 25: not UTF-8 text");
  }

  @Test
  void damagedGzipIsToldFromADamagedProfile() throws IOException {
    byte[] zipped = gzip("{\"a\":1}".getBytes(UTF_8));
    assertThat(value(read(zipped), "/a")).isEqualTo("1");
    refused(
        Arrays.copyOf(zipped, zipped.length - 4),
        "host:byte 7: the gzip data is damaged or ends too early");
    refused(Arrays.copyOf(zipped, 3), "host:byte 0: the gzip data is damaged or ends too early");
  }

  @Test
  void aGzipBombEndsAtTheLimit() throws IOException {
    byte[] blanks = new byte[1 << 20];
    Arrays.fill(blanks, (byte) ' ');
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bomb)) {
      for (int i = 0; i < 129; i++) {
        zip.write(blanks);
      }
    }
    assertThat(refusal(bomb.toByteArray()).getMessage()).endsWith(": more than 128 MiB of text");
  }

  @Test
  void depthAndLengthsAreLimited() {
    byte[] brackets = new byte[1_000_000];
    Arrays.fill(brackets, (byte) '[');
    System.arraycopy("{\"a\":".getBytes(UTF_8), 0, brackets, 0, 5);
    refused(brackets, "host:1:105: nested more than 100 levels deep");
    refused(
        ("<nlist>" + "<nlist name=\"a\">".repeat(100)).getBytes(UTF_8),
        "host:1:1608: nested more than 100 levels deep");
    String long10MB = "x".repeat(10_100_000);
    refused(
        ("{\"a\":\"" + long10MB + "\"}").getBytes(UTF_8),
        "host:1:6: a value longer than 10000000 characters");
    assertThat(
            refusal(("<nlist><string name=\"a\">" + long10MB + "</string></nlist>").getBytes(UTF_8))
                .getMessage())
        .endsWith(": a string longer than 10000000 characters");
    refused(
        ("{\"" + "k".repeat(70_000) + "\":1}").getBytes(UTF_8),
        "host:1:1: a key longer than 65536 characters");
    refused(
        ("{\"a\":" + "1".repeat(2_000) + "}").getBytes(UTF_8),
        "host:1:2: a number longer than 1000 digits");
  }

  @Test
  void anyNumberOfElementsIsTooMany() {
    assertThat(refusal(("{\"a\":[" + "1,".repeat(2_000_001)).getBytes(UTF_8)).getMessage())
        .endsWith(": more than 2000000 elements");
  }

  @Test
  void filesThatCannotBeReadAreAbsent(@TempDir Path dir) {
    absent(Path.of(""), "profile: no file is named");
    absent(dir, dir + ": is a directory; expected the file of a profile");
    absent(dir.resolve("nosuch"), dir.resolve("nosuch") + ": the file does not exist");
  }

  private void absent(Path file, String message) {
    Refusal e = catchThrowableOfType(Refusal.class, () -> reader.read(file));
    assertThat(e.kind()).isEqualTo(Kind.NO_PROFILE);
    assertThat(e.getMessage()).isEqualTo(message);
  }

  @Test
  void aSourceThatBreaksOffIsAbsent() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("device gone");
          }
        };
    Refusal e = catchThrowableOfType(Refusal.class, () -> reader.read(broken, "standard input"));
    assertThat(e.kind()).isEqualTo(Kind.NO_PROFILE);
    assertThat(e.getMessage()).isEqualTo("standard input: cannot be read: device gone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "<nlist/>"})
  void theCallersStreamStaysOpen(String text) {
    InputStream in =
        new ByteArrayInputStream(text.getBytes(UTF_8)) {
          @Override
          public void close() {
            throw new AssertionError("closed");
          }
        };
    assertThat(reader.read(in, "standard input").find("/")).isPresent();
  }

  @Test
  void aFileIsNamedInMessages(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("h.json"), "{");
    Refusal e = catchThrowableOfType(Refusal.class, () -> reader.read(file));
    assertThat(e.getMessage()).startsWith(file + ":1:2: the text ends in the middle");
  }

  @Test
  void textOfAScalarIsTakenWhole() {
    Profile profile =
        read(
            "<nlist><!-- c --><string name='a'> a<!-- b -->c<![CDATA[<]]>&#65; </string>"
                + "<string name='b' checksum='x' acl='y' encoding='none'/></nlist>");
    assertThat(value(profile, "/a")).isEqualTo(" ac<A ");
    assertThat(value(profile, "/b")).isEmpty();
  }

  @Test
  void stringsMayHoldAnything() {
    assertThat(value(read("{\"a\":\"\\u0000\\ud83d\\ude00\"}"), "/a")).isEqualTo("\0😀");
    assertThat(value(read("<nlist><string name='a' encoding='base64'>AAA=</string></nlist>"), "/a"))
        .isEqualTo("\0\0");
  }

  @Test
  void numbersKeepTheirText() {
    Profile profile = read("{\"a\":123456789012345678901234567890,\"b\":1e3,\"c\":-0,\"d\":1E999}");
    assertThat(value(profile, "/a")).isEqualTo("123456789012345678901234567890");
    assertThat(profile.find("/a").orElseThrow().type()).isEqualTo(Element.Type.LONG);
    assertThat(
            catchThrowableOfType(
                IllegalStateException.class, () -> profile.find("/a").orElseThrow().asLong()))
        .hasMessageStartingWith("/a does not fit into 64 bits");
    assertThat(value(profile, "/b")).isEqualTo("1e3");
    assertThat(profile.find("/b").orElseThrow().type()).isEqualTo(Element.Type.DOUBLE);
    assertThat(value(profile, "/c")).isEqualTo("-0");
    assertThat(value(profile, "/d")).isEqualTo("1E999");
  }

  @Test
  void keysComeSortedWhateverTheirOrderWas() {
    Element root = read("{\"z9\":1,\"z10\":2,\"a\":3,\"Z\":4,\"_a\":5}").find("/").orElseThrow();
    assertThat(root.children())
        .extracting(Element::name)
        .containsExactly("Z", "_a", "a", "z10", "z9");
    assertThat(root.child("z9").orElseThrow().text()).isEqualTo("1");
    assertThat(root.path()).isEqualTo("/");
    assertThat(root.name()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"/b", "a", "/a/", "//a", "/a/3", "/a/01", "/a/-1", "/a/x", "/a/0/0", "''"})
  void whatIsNotThereIsEmpty(String path) {
    Profile profile = read("{\"a\":[1,2,3]}");
    assertThat(profile.find(path)).isEmpty();
    assertThat(profile.find("/a/2").orElseThrow().path()).isEqualTo("/a/2");
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }
}
