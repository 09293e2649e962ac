package org.quattor.ncm.xen.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.HostileProfiles;
import org.quattor.ncm.xen.HostileText;
import org.quattor.ncm.xen.TextPlace;
import org.quattor.ncm.xen.XenComponent;
import org.quattor.ncm.xen.guestfile.GuestFile;
import org.quattor.ncm.xen.guestfile.GuestFileReader;
import org.quattor.ncm.xen.guestfile.GuestFileReading;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.plan.ShownGuests;
import org.quattor.ncm.xen.profile.ProfileReader;

/**
 * Hostile text in every place of a profile: refused with a finding, or written into the guest file
 * as data that is read back as the same text, in no other key than the one that it belongs to.
 */
class HostileFilesTest {

  private static final Path PAGE =
      Path.of(System.getProperty("ncm-xen.checkout"), "docs", "hostile-profiles.md");
  private static final String BEGIN =
      """
      # Hostile profiles

      Every place for text in a profile, as the schema has it, with text that tries to be something
      else. `data`: it is written into the guest file, and a reader of the file's language finds the
      same text, in the key that it belongs to and nowhere else. `-`: it is accepted and is not part
      of a guest file. Anything else is the finding that refuses it, or `unread` where the profile
      itself cannot be read. Where the two dialects differ, `xl` stands before `xm`. What holds for
      `options` holds for `install_options` too, unless it has a row of its own.

      The page is made by `HostileFilesTest`, which fails when anything else happens; files for `xl`
      are also shown to the real `xl`, and files for `xm` to Python.

      """;

  /** One for all: it reads the schema once. */
  private static final XenComponent COMPONENT = new XenComponent();

  @TempDir Path folder;

  /** What became of a profile: what refuses it, or its guest file. */
  private record Outcome(String refusal, String path, String text) {
    boolean accepted() {
      return refusal.isEmpty();
    }
  }

  /** A place, the kind of guest that it belongs to, and what its harmless text changes. */
  private record Field(TextPlace place, int base, Toolstack dialect, Set<String> keys) {}

  private final Map<String, Map<String, String>> plain = new HashMap<>();

  private static Outcome outcome(TextPlace place, String json, Toolstack dialect) {
    ShownGuests shown;
    try {
      var profile =
          new ProfileReader()
              .read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), "hostile");
      shown = COMPONENT.show(ComponentContext.builder(profile).build(), dialect);
    } catch (Refusal e) {
      return new Outcome("unread", "", "");
    }
    Optional<Finding> error =
        shown.findings().stream().filter(f -> f.severity() == Severity.ERROR).findFirst();
    if (error.isPresent()) {
      return new Outcome(error.get().id(), error.get().path(), "");
    }
    boolean install = place.steps().contains("install_options");
    var file = shown.files().get(install ? shown.files().size() - 1 : 0);
    return new Outcome("", file.path(), file.text());
  }

  private static Map<String, String> read(String text, Toolstack dialect) {
    GuestFileReading reading = GuestFileReader.read(text, dialect);
    assertThat(reading).as(text).isInstanceOf(GuestFile.class);
    Map<String, String> values = new TreeMap<>();
    ((GuestFile) reading).values().forEach((key, value) -> values.put(key, value.plain()));
    return values;
  }

  private static Set<String> differing(Map<String, String> one, Map<String, String> other) {
    Set<String> keys = new TreeSet<>(one.keySet());
    keys.addAll(other.keySet());
    keys.removeIf(key -> one.containsKey(key) && one.get(key).equals(other.get(key)));
    return keys;
  }

  private Map<String, String> without(Field field) {
    return plain.computeIfAbsent(
        field.place() + " " + field.base() + field.dialect(),
        key -> {
          Outcome outcome =
              outcome(
                  field.place(),
                  HostileProfiles.profile(field.base(), field.place(), null),
                  field.dialect());
          return outcome.accepted() ? read(outcome.text(), field.dialect()) : Map.of();
        });
  }

  /** Finds a kind of guest and a text that go with the place; empty when there is none. */
  private Optional<Field> field(TextPlace place, Toolstack dialect) {
    for (int base = 0; base < HostileProfiles.bases(); base++) {
      for (String text : HostileText.HARMLESS) {
        Outcome outcome = outcome(place, HostileProfiles.profile(base, place, text), dialect);
        if (outcome.accepted()) {
          Field field = new Field(place, base, dialect, Set.of());
          Set<String> keys = differing(without(field), read(outcome.text(), dialect));
          return Optional.of(new Field(place, base, dialect, keys));
        }
      }
    }
    return Optional.empty();
  }

  /** Returns the word of the page; fails when the text is neither refused nor data. */
  private String word(Field field, String attack, List<Accepted> accepted) {
    String json = HostileProfiles.profile(field.base(), field.place(), attack);
    Outcome outcome = outcome(field.place(), json, field.dialect());
    if (!outcome.accepted()) {
      return outcome.refusal();
    }
    Map<String, String> values = read(outcome.text(), field.dialect());
    Set<String> changed = differing(without(field), values);
    assertThat(field.keys())
        .as("%s: %s", field.place(), excerpt(outcome.text()))
        .containsAll(changed);
    if (field.keys().isEmpty()) {
      return "-";
    }
    assertThat(field.keys().stream().map(key -> values.getOrDefault(key, "")))
        .as("%s: %s", field.place(), excerpt(outcome.text()))
        .anyMatch(value -> value.contains(attack));
    accepted.add(new Accepted(field, attack, outcome.text()));
    return "data";
  }

  /** A file that holds hostile text. */
  private record Accepted(Field field, String attack, String text) {}

  private static String excerpt(String text) {
    return text.substring(0, Math.min(1000, text.length()));
  }

  /** Returns the rows of the page: a place and the word for each attack. */
  private Map<String, String> rows(List<Accepted> accepted) {
    Map<String, String> rows = new TreeMap<>();
    for (TextPlace place : TextPlace.all()) {
      Optional<Field> xl = field(place, Toolstack.XL);
      Optional<Field> xm = field(place, Toolstack.XM);
      Field either = xl.or(() -> xm).orElse(new Field(place, 0, Toolstack.XL, Set.of()));
      StringBuilder row = new StringBuilder();
      for (String attack : HostileText.ATTACKS.values()) {
        String one = word(xl.orElse(either), attack, accepted);
        String other = word(xm.orElse(either), attack, accepted);
        row.append(one.equals(other) ? one : one + ", " + other).append(" | ");
      }
      rows.put(place.toString(), row.toString().strip());
    }
    return rows;
  }

  private static String page(Map<String, String> rows) {
    StringBuilder page = new StringBuilder(BEGIN);
    page.append("| place | ").append(String.join(" | ", HostileText.ATTACKS.keySet()));
    page.append(" |\n|---|").append("---|".repeat(HostileText.ATTACKS.size())).append('\n');
    rows.forEach(
        (place, row) -> {
          // What holds for options holds for install_options, unless it has a row of its own.
          String run = place.replace("install_options", "options");
          if (run.equals(place) || !row.equals(rows.get(run))) {
            page.append("| `" + place + "` | " + row + "\n");
          }
        });
    return page.toString();
  }

  @Test
  void hostileTextIsRefusedOrReadBackAsTheSameText() throws Exception {
    List<Accepted> accepted = new ArrayList<>();
    Map<String, String> rows = rows(accepted);
    System.out.printf(
        "HostileFilesTest: %d places, %d cells, %d files%n",
        rows.size(), 2 * rows.size() * HostileText.ATTACKS.size(), accepted.size());
    String page = page(rows);
    if (Boolean.getBoolean("ncm-xen.accept")) {
      Files.writeString(PAGE, page);
    }
    assertThat(page.equals(Files.readString(PAGE)))
        .as("docs/hostile-profiles.md is what happens; -Dncm-xen.accept=true writes it anew")
        .isTrue();
    shownToPython(accepted);
  }

  private void shownToPython(List<Accepted> accepted) throws IOException, InterruptedException {
    RealPython python = RealPython.orSkip("python3", folder);
    List<Accepted> files = of(Toolstack.XM, accepted);
    List<Map<String, String>> answers = python.execute(files.stream().map(Accepted::text).toList());
    for (int i = 0; i < files.size(); i++) {
      Accepted file = files.get(i);
      Set<String> keys = new TreeSet<>(answers.get(i).keySet());
      Set<String> names = keys.stream().map(HostileFilesTest::top).collect(Collectors.toSet());
      assertThat(names)
          .as(excerpt(file.text()))
          .isEqualTo(read(file.text(), Toolstack.XM).keySet());
      if (StandardCharsets.US_ASCII.newEncoder().canEncode(file.attack())) {
        assertThat(answers.get(i).entrySet())
            .as(excerpt(file.text()))
            .anyMatch(
                entry ->
                    file.field().keys().contains(top(entry.getKey()))
                        && entry.getValue().contains(file.attack()));
      }
    }
  }

  @Test
  @Tag("long")
  void theRealXlReadsWhatIsWrittenAsOneText() throws Exception {
    RealXl xl = RealXl.orSkip(folder);
    List<Accepted> accepted = new ArrayList<>();
    rows(accepted);
    List<Accepted> files = of(Toolstack.XL, accepted);
    List<RealXl.Answer> answers = xl.read(files.stream().map(Accepted::text).toList());
    int found = 0;
    for (int i = 0; i < files.size(); i++) {
      Accepted file = files.get(i);
      RealXl.Answer answer = answers.get(i);
      assertThat(answer.exit()).as("%s%n%s", answer.errors(), excerpt(file.text())).isZero();
      assertThat(answer.errors()).as(excerpt(file.text())).isEmpty();
      // The name is that of the guest, whatever else is in the file; so are kernel and disk.
      if (!file.field().keys().contains("name")) {
        assertThat(answer.leaves()).containsEntry("c_info.name", "g");
      }
      if (!file.field().keys().contains("disk")) {
        assertThat(answer.leaves()).containsEntry("disks[0].pdev_path", "/dev/vg0/g");
      }
      assertThat(answer.leaves()).doesNotContainKey("disks[1].pdev_path");
      found += answer.leaves().values().stream().anyMatch(v -> v.contains(file.attack())) ? 1 : 0;
    }
    System.out.printf(
        "HostileFilesTest: xl read %d files and shows the text in %d%n", files.size(), found);
    assertThat(found).isGreaterThan(files.size() / 4);
  }

  @Test
  @Tag("long")
  void tenMegabytesAreRefusedOrReadBack() {
    String text = "x".repeat(10_000_000);
    for (TextPlace place : TextPlace.all()) {
      if (!place.steps().contains("install_options")) {
        field(place, Toolstack.XL).ifPresent(field -> word(field, text, new ArrayList<>()));
      }
    }
  }

  private static List<Accepted> of(Toolstack dialect, List<Accepted> accepted) {
    return accepted.stream().filter(file -> file.field().dialect() == dialect).toList();
  }

  private static String top(String path) {
    return path.replaceFirst("[.\\[].*", "");
  }
}
