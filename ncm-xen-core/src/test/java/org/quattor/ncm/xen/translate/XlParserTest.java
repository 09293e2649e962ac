package org.quattor.ncm.xen.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.LongForm;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.model.GuestOptions;
import org.quattor.ncm.xen.model.XlSetting;

/** What we write for {@code xl}, read by {@code xl} itself. */
class XlParserTest {

  @TempDir private Path folder;

  @Test
  void xlReadsWhatWasDeclaredFromSeededGuests() throws Exception {
    seeded(200);
  }

  @Test
  @Tag("long")
  void xlReadsWhatWasDeclaredFromManySeededGuests() throws Exception {
    seeded(LongForm.of(10_000, 50_000));
  }

  private void seeded(int count) throws Exception {
    RealXl xl = RealXl.orSkip(folder);
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("XlParserTest: " + count + " guests, -Dseed=" + seed);
    SeededGuests guests = new SeededGuests(seed, Toolstack.XL);
    List<RealXl.Answer> expected = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      GuestBuilder guest = guests.next();
      GuestOptions options = guest.options();
      String uuid = guests.uuid();
      Translation file = Translation.of(options, Toolstack.XL, "vm", uuid, new XenVersion(4, 17));
      assertThat(file.hasErrors()).as("%s%n%s", file.findings(), options).isFalse();
      expected.add(
          new RealXl.Answer(0, ExpectedXl.leaves(options, uuid, guest.shown), said(options)));
      texts.add(file.text());
    }
    List<RealXl.Answer> answers = xl.read(texts);
    for (int i = 0; i < count; i++) {
      assertThat(answers.get(i))
          .as("seed %s, guest %s%n%s", seed, i, texts.get(i))
          .isEqualTo(expected.get(i));
    }
  }

  /** Of one key xl says aloud that it read it. */
  private static String said(GuestOptions options) {
    return options
        .setting("tsc_mode")
        .map(mode -> "got a tsc mode string: \"" + ((XlSetting.Text) mode.value()).text() + "\"")
        .orElse("");
  }
}
