package org.quattor.ncm.xen.guestfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.model.GuestOptions;

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
    seeded(10_000);
  }

  private void seeded(int count) throws Exception {
    RealXl xl = RealXl.orSkip(folder);
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("XlParserTest: " + count + " guests, -Dseed=" + seed);
    SeededGuests guests = new SeededGuests(seed, Toolstack.XL);
    List<GuestOptions> declared = new ArrayList<>();
    List<String> uuids = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      GuestOptions options = guests.next().options();
      String uuid = guests.uuid();
      RenderedFile file =
          GuestFileWriter.render(options, Toolstack.XL, Purpose.RUN, uuid, new XenVersion(4, 17));
      assertThat(file.hasErrors()).as("%s%n%s", file.findings(), options).isFalse();
      declared.add(options);
      uuids.add(uuid);
      texts.add(file.text());
    }
    List<RealXl.Answer> answers = xl.read(texts);
    for (int i = 0; i < count; i++) {
      assertThat(answers.get(i))
          .as("seed %s, guest %s%n%s", seed, i, texts.get(i))
          .isEqualTo(new RealXl.Answer(0, ExpectedXl.leaves(declared.get(i), uuids.get(i)), ""));
    }
  }
}
