package org.quattor.ncm.xen.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.profile.ProfileReader;

/** Whatever is done to a profile's text: findings, acceptance or a sentence, nothing else. */
class MutationTest {

  private static final long SEED = Long.getLong("seed", 20_261_122L);
  private static final int MUTATIONS = Integer.getInteger("mutations", 3_000);

  private final ProfileReader reader = new ProfileReader();
  private final Schema schema = Schema.builtIn();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xenhost.example.org.json",
        "xenhost.example.org.xml",
        "xenhost.example.org.json.gz"
      })
  void anyMutationGivesFindingsOrAcceptanceOrASentence(String name) throws IOException {
    byte[] good;
    try (InputStream in = ProfileReader.class.getResourceAsStream(name)) {
      good = in.readAllBytes();
    }
    Random random = new Random(SEED);
    int refused = 0;
    int found = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] bytes = name.endsWith("gz") ? damaged(good, random) : mutated(good, random);
      try {
        found += outcome(bytes);
      } catch (Refusal e) {
        refused++;
        assertThat(e.getMessage()).doesNotContain("\n").startsWith("test:").hasSizeLessThan(1_000);
      } catch (RuntimeException e) {
        throw new AssertionError("-Dseed=" + SEED + ", mutation " + i + " of " + name, e);
      }
    }
    assertThat(refused).as("refused, seed %s", SEED).isPositive();
    assertThat(name.endsWith("gz") || found > 0).as("with findings, seed %s", SEED).isTrue();
  }

  /** Returns 1 when there are findings, else 0. */
  private int outcome(byte[] bytes) {
    Profile profile = reader.read(new ByteArrayInputStream(bytes), "test");
    Optional<Element> component = profile.find("/software/components/xen");
    if (component.isEmpty()) {
      return 0;
    }
    for (Finding finding : schema.validate(component.get(), profile)) {
      assertThat(finding.sentence()).doesNotContain("\n");
    }
    return schema.validate(component.get(), profile).isEmpty() ? 0 : 1;
  }

  private static byte[] mutated(byte[] good, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> damaged(good, random);
      case 1 -> swapped(good, random, "[a-z_]{4,}", "renamed_" + random.nextInt(10));
      case 2 -> swapped(good, random, "\\b[0-9]+\\b|true|false", value(random));
      default -> swapped(good, random, "\"[^\"\\n]*\"", value(random));
    };
  }

  private static String value(Random random) {
    String[] values = {
      "-1",
      "0",
      "1.5",
      "1e400",
      "9223372036854775808",
      "\"x\"",
      "\"\"",
      "null",
      "true",
      "{}",
      "[]",
      "[[]]",
      "\"\\u0000\"",
      "\"\\n\"",
      "{\"a\":[1]}",
      "\"\\ud800\"",
      "<nlist/>",
      "&#0;",
      "\"é😀\""
    };
    return values[random.nextInt(values.length)];
  }

  /** Replaces one occurrence, anywhere. */
  private static byte[] swapped(byte[] good, Random random, String pattern, String by) {
    String text = new String(good, UTF_8);
    int from = random.nextInt(text.length());
    String tail =
        text.substring(from).replaceFirst(pattern, java.util.regex.Matcher.quoteReplacement(by));
    return (text.substring(0, from) + tail).getBytes(UTF_8);
  }

  private static byte[] damaged(byte[] good, Random random) {
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(good, random.nextInt(good.length));
    }
    byte[] bytes = good.clone();
    for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }
}
