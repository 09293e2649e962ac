package org.quattor.ncm.xen.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.GuestOptions;
import org.quattor.ncm.xen.model.ModelReader;
import org.quattor.ncm.xen.profile.ProfileReader;
import org.quattor.ncm.xen.schema.Schema;

/** The guests of test-profiles/, shown to what reads their files. */
class FixtureGuestsTest {

  private static final String UUID = "6b3a7a52-0d1e-4a57-9c2f-3f1f8a1c9d10";

  @TempDir private Path folder;

  /** Returns the options of every guest of a valid profile, those of installation too. */
  private static List<GuestOptions> guests() throws IOException {
    Path cases = Path.of(System.getProperty("ncm-xen.checkout"), "test-profiles");
    List<GuestOptions> all = new ArrayList<>();
    try (Stream<Path> folders = Files.list(cases).filter(Files::isDirectory).sorted()) {
      for (Path each : folders.toList()) {
        Profile profile = new ProfileReader().read(each.resolve("profile.json"));
        Element component = profile.find("/software/components/xen").orElseThrow();
        if (Schema.builtIn().validate(component, profile).isEmpty()) {
          for (Guest guest : ModelReader.read(component).configuration().guests().values()) {
            all.add(guest.options());
            Stream.ofNullable(guest.installOptions()).forEach(all::add);
          }
        }
      }
    }
    assertThat(all).hasSizeGreaterThan(12);
    return all;
  }

  @Test
  void xlReadsThemAsTheyAreDeclared() throws Exception {
    RealXl xl = RealXl.orSkip(folder);
    int shown = 0;
    for (GuestOptions options : guests()) {
      Translation file = Translation.of(options, Toolstack.XL, "vm", UUID, new XenVersion(4, 17));
      if (!file.hasErrors()) {
        RealXl.Answer answer = xl.read(file.text());
        assertThat(answer.exit()).as(file.text() + answer.errors()).isZero();
        assertThat(answer.errors().replaceAll("got a tsc mode string: .*", "")).isEmpty();
        assertThat(answer.leaves())
            .as(file.text())
            .containsAllEntriesOf(ExpectedXl.leaves(options, UUID, Map.of()));
        shown++;
      }
    }
    assertThat(shown).isGreaterThan(10);
  }

  @Test
  void pythonHasTheVariablesThatTheyDeclare() throws Exception {
    RealPython python = RealPython.orSkip("python3", folder);
    List<String> texts = new ArrayList<>();
    List<Map<String, String>> declared = new ArrayList<>();
    for (GuestOptions options : guests()) {
      Translation file = Translation.of(options, Toolstack.XM, "vm", null, null);
      if (!file.hasErrors()) {
        texts.add(file.text());
        declared.add(ExpectedXm.variables(options));
      }
    }
    assertThat(texts).hasSizeGreaterThan(8);
    assertThat(python.execute(texts)).isEqualTo(declared);
  }
}
