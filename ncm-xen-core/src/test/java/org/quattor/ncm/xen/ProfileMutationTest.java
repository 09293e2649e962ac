package org.quattor.ncm.xen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.profile.ProfileReader;

/**
 * Whatever becomes of a good profile, the answer is acceptance or findings: never an exception of
 * ours, and never more than a second.
 */
class ProfileMutationTest {

  private static final Duration MAX_LENGTH = Duration.ofSeconds(1);

  private static final List<String> TOKENS =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1e400",
          "1.5",
          "9223372036854775807",
          "99999999999999999999",
          "\"\"",
          "\"a\"",
          "\"[\"",
          "\"['a', 'b']\"",
          "\"vif[0]\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"0-99999999,^1\"",
          "\"10Mb/s@99999999s\"",
          "\"mac=00:16:3e:00:00:01,bridge=\"",
          "\"/dev/../etc/passwd\"",
          "[]",
          "{}",
          "[[]]",
          "[1, \"a\", {}]",
          "{\"a\": {}}");

  private static final List<String> KEYS =
      List.of(
          "name",
          "memory",
          "maxmem",
          "vcpus",
          "cpus",
          "cpus_soft",
          "uuid",
          "type",
          "builder",
          "kernel",
          "root",
          "bootloader",
          "bootargs",
          "bootloader_args",
          "vif",
          "nics",
          "disk",
          "size",
          "rw",
          "path",
          "hostdevice",
          "hostvol",
          "vfb",
          "vtpm",
          "extra_config",
          "vnc",
          "vncpasswd",
          "firmware",
          "pci",
          "rtc_timeoffset",
          "domains",
          "options",
          "install_options",
          "guest_map",
          "network",
          "bridges",
          "ram",
          "cpu",
          "interfaces",
          "volume_groups",
          "active",
          "auto",
          "state",
          "filesystem",
          "label",
          "\\u0000",
          "7",
          "");

  private final Random random;
  private final long seed;
  private final List<String> good = new ArrayList<>();

  ProfileMutationTest() throws IOException {
    seed = Long.getLong("seed", System.nanoTime());
    random = new Random(seed);
    Path cases = Path.of(System.getProperty("ncm-xen.checkout"), "test-profiles");
    try (var folders = Files.list(cases)) {
      for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
        good.add(Files.readString(folder.resolve("profile.json")));
        good.add(Files.readString(folder.resolve("profile.xml")));
      }
    }
  }

  @Test
  void someMutationsGiveFindingsOrAcceptance() {
    mutations(2_000);
  }

  @Test
  @Tag("long")
  void manyMutationsGiveFindingsOrAcceptance() {
    mutations(LongForm.of(20_000, 100_000));
  }

  private void mutations(int count) {
    System.out.println("ProfileMutationTest: " + count + " mutations, -Dseed=" + seed);
    ProfileCheck xl = new ProfileCheck(null, Toolstack.XL);
    ProfileCheck xm = new ProfileCheck(null, Toolstack.XM);
    int read = 0;
    int accepted = 0;
    long slowest = 0;
    for (int i = 0; i < count; i++) {
      String text = mutated();
      long start = System.nanoTime();
      try {
        var profile = new ProfileReader().read(new ByteArrayInputStream(text.getBytes(UTF_8)), "m");
        var findings = (i % 4 == 0 ? xm : xl).check(profile).findings();
        read++;
        accepted += ValidatedProfile.hasErrors(findings) ? 0 : 1;
        assertThat(findings)
            .allSatisfy(finding -> assertThat(finding.sentence()).doesNotContain("\n"));
      } catch (Refusal e) {
        assertThat(e).hasMessageNotContaining("\n");
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed + ", mutation " + i + ":\n" + text, e);
      }
      slowest = Math.max(slowest, System.nanoTime() - start);
      // A loaded machine may stop us for a while; the same text again tells it from a slow one.
      if (System.nanoTime() - start > MAX_LENGTH.toNanos()) {
        assertQuick(text, i);
      }
    }
    System.out.printf(
        "ProfileMutationTest: %d were profiles, %d of them accepted, slowest %d ms%n",
        read, accepted, slowest / 1_000_000);
    // Mutations that all miss would prove nothing.
    assertThat(read).isGreaterThan(count / 4);
    assertThat(accepted).isBetween(count / 100, count);
  }

  private void assertQuick(String text, int number) {
    long start = System.nanoTime();
    try {
      new ProfileCheck(null, Toolstack.XL)
          .check(new ProfileReader().read(new ByteArrayInputStream(text.getBytes(UTF_8)), "m"));
    } catch (Refusal e) {
      // Quick is what is asked.
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .as("seed %s, mutation %s:%n%s", seed, number, text)
        .isLessThan(MAX_LENGTH);
  }

  private String mutated() {
    String text = good.get(random.nextInt(good.size()));
    for (int i = random.nextInt(3); i >= 0; i--) {
      text = text.startsWith("{") ? json(text) : xml(text);
    }
    return text;
  }

  private String json(String text) {
    return switch (random.nextInt(6)) {
      case 0 -> bytes(text);
      case 1, 2 ->
          replaced(text, "(?<=: |[\\[\\s])(\"[^\"\\n]*\"|-?[0-9]+|true|false)(?=,?\\n)", token());
      case 3 -> replaced(text, "\"[^\"\\n]*\"(?=:)", "\"" + key() + "\"");
      case 4 -> replaced(text, "\\{(?=\\n)", "{\"" + key() + "\": " + token() + ",");
      default -> repeated(text);
    };
  }

  private String xml(String text) {
    return switch (random.nextInt(4)) {
      case 0 -> bytes(text);
      case 1 -> replaced(text, ">[^<>\\n]+<", ">" + token().replaceAll("[<>&]", "") + "<");
      case 2 -> replaced(text, "name=\"[^\"]*\"", "name=\"" + key().replace("\\", "") + "\"");
      default -> replaced(text, "<(/?)(string|long|boolean)", "<$1long");
    };
  }

  private String token() {
    return TOKENS.get(random.nextInt(TOKENS.size()));
  }

  private String key() {
    return KEYS.get(random.nextInt(KEYS.size()));
  }

  /** Changes, removes or adds single characters. */
  private String bytes(String text) {
    StringBuilder changed = new StringBuilder(text);
    for (int i = random.nextInt(3); i >= 0 && !changed.isEmpty(); i--) {
      int at = random.nextInt(changed.length());
      switch (random.nextInt(3)) {
        case 0 -> changed.setCharAt(at, (char) random.nextInt(random.nextBoolean() ? 128 : 65536));
        case 1 -> changed.deleteCharAt(at);
        default -> changed.insert(at, (char) random.nextInt(128));
      }
    }
    return changed.toString();
  }

  /** Replaces one of the places that a pattern finds. */
  private String replaced(String text, String pattern, String replacement) {
    var matcher = java.util.regex.Pattern.compile(pattern).matcher(text);
    List<int[]> places = new ArrayList<>();
    while (matcher.find()) {
      places.add(new int[] {matcher.start(), matcher.end()});
    }
    if (places.isEmpty()) {
      return text;
    }
    int[] place = places.get(random.nextInt(places.size()));
    String old = text.substring(place[0], place[1]);
    String put =
        replacement.contains("$1")
            ? replacement.replace("$1", old.startsWith("</") ? "/" : "")
            : replacement;
    return text.substring(0, place[0]) + put + text.substring(place[1]);
  }

  /** Doubles a stretch of lines, or makes a value long. */
  private String repeated(String text) {
    if (random.nextBoolean()) {
      return replaced(
          text, "\"[^\"\\n]+\"(?=,?\\n)", "\"" + "a,b=[".repeat(random.nextInt(5_000)) + "\"");
    }
    List<String> lines = new ArrayList<>(text.lines().toList());
    int from = random.nextInt(lines.size());
    int to = Math.min(lines.size(), from + random.nextInt(20));
    lines.addAll(to, List.copyOf(lines.subList(from, to)));
    return String.join("\n", lines);
  }
}
