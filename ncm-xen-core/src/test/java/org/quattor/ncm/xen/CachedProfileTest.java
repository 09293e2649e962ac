package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.profile.ProfileReader;

/** A profile in the CCM cache is the profile that was fetched. */
class CachedProfileTest {

  private static final Path CASE =
      Path.of(System.getProperty("ncm-xen.checkout"), "test-profiles", "first-host");

  @TempDir Path folder;

  private Path cache() {
    return folder.resolve("ccm");
  }

  /** Writes what the CCM writes at first: CID and databases, which we do not read. */
  private void begin() throws IOException {
    Path profile = Files.createDirectories(cache().resolve("profile.14"));
    Files.writeString(cache().resolve("global.lock"), "no\n");
    for (String database : new String[] {"path2eid", "eid2data"}) {
      Files.writeString(profile.resolve(database + ".db"), "");
      Files.writeString(profile.resolve(database + ".fmt"), "CDB_File\n");
    }
    Files.writeString(cache().resolve("current.cid"), "14\n");
  }

  private void end(String form) {
    try {
      Path profile = cache().resolve("profile.14");
      Files.copy(CASE.resolve(form), profile.resolve("profile"));
      Files.createSymbolicLink(profile.resolve("profile.xml"), Path.of("profile"));
      Files.writeString(profile.resolve("profile.url"), "https://server/" + form + "\n");
      Files.writeString(cache().resolve("latest.cid"), "14\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertSamePlan(Profile cached) {
    Profile file = new ProfileReader().read(CASE.resolve("profile.json"));
    Scenario host = new Scenario(folder.resolve("host"));
    assertThat(host.plan(cached)).isEqualTo(host.plan(file));
  }

  @Test
  void aCacheGivesTheSamePlanAsTheFile() throws IOException {
    begin();
    end("profile.json");
    assertSamePlan(new CachedProfile(cache(), null, null).read(pause -> {}));
  }

  @Test
  void soDoesOneThatHoldsXml() throws IOException {
    begin();
    end("profile.xml");
    assertSamePlan(new CachedProfile(cache(), "-1", null).read(pause -> {}));
  }

  @Test
  void soDoesOneThatIsCaughtBetweenCidAndProfile() throws IOException {
    begin();
    Duration[] waited = {Duration.ZERO};
    assertSamePlan(
        new CachedProfile(cache(), null, null)
            .read(
                pause -> {
                  waited[0] = waited[0].plus(pause);
                  if (waited[0].compareTo(Duration.ofSeconds(2)) == 0) {
                    end("profile.json");
                  }
                }));
    assertThat(waited[0]).isEqualTo(Duration.ofSeconds(2));
  }
}
