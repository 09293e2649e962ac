package org.quattor.ncm.xen.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.Refused;

class CcmCacheTest {

  @TempDir Path root;
  private final List<Duration> pauses = new ArrayList<>();
  private Runnable meanwhile = () -> {};
  private Optional<String> program = Optional.empty();

  @BeforeEach
  void aCacheOfThreeProfiles() throws IOException {
    for (int cid : new int[] {2, 9, 10}) {
      write("profile." + cid + "/profile", "{\"cid\": " + cid + "}");
      write("profile." + cid + "/profile.url", "file:///p.json\n");
    }
    write("current.cid", "9\n");
    write("latest.cid", "10\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String read(String cid) {
    return new CcmCache(
            root,
            duration -> {
              pauses.add(duration);
              meanwhile.run();
            },
            number -> program)
        .read(cid)
        .find("/cid")
        .orElseThrow()
        .text();
  }

  @ParameterizedTest
  @CsvSource({"'', 9", "current, 9", "latest, 10", "-, 10", "2, 2", "-1, 10", "-2, 9", "-3, 2"})
  void aCidIsAWordOrANumber(String cid, String expected) {
    assertThat(read(cid)).isEqualTo(expected);
    assertThat(pauses).isEmpty();
  }

  @Test
  void xmlIsToldByItsFirstBytesWhateverTheNames() throws IOException {
    write(
        "profile.9/profile",
        "<nlist format=\"pan\" name=\"profile\"><long name=\"cid\">9</long></nlist>");
    assertThat(read("")).isEqualTo("9");
  }

  @Test
  void aProfileThatIsBeingWrittenIsWaitedFor() throws IOException {
    Files.delete(root.resolve("profile.9/profile"));
    meanwhile =
        () -> {
          try {
            if (pauses.size() == 3) {
              write("profile.9/profile", "{\"cid\": 9}");
            }
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        };
    assertThat(read("")).isEqualTo("9");
    assertThat(pauses).hasSize(3);
  }

  @Test
  void theCurrentCidIsReadAnewWhileWaiting() throws IOException {
    Files.delete(root.resolve("profile.9/profile"));
    meanwhile =
        () -> {
          try {
            write("current.cid", "10\n");
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        };
    assertThat(read("")).isEqualTo("10");
  }

  @Test
  void afterFiveSecondsTheProgramIsAsked() throws IOException {
    Files.delete(root.resolve("profile.9/profile"));
    program = Optional.of("{\"cid\": 99}");
    assertThat(read("")).isEqualTo("99");
    assertThat(pauses.stream().mapToLong(Duration::toMillis).sum()).isEqualTo(5000);
  }

  @Test
  void withoutProgramAndFileThereIsNoProfile() throws IOException {
    Files.delete(root.resolve("profile.9/profile"));
    assertThatThrownBy(() -> read(""))
        .satisfies(Refused.as(Refusal.Kind.NO_PROFILE))
        .hasMessageContaining("profile.9: has no file profile, and the program ccm gave no answer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0", "-4", "7", "nine", "1 2", "../9", "99999999999999999999"})
  void aCidThatIsNoneIsNoProfile(String cid) {
    assertThatThrownBy(() -> read(cid)).satisfies(Refused.as(Refusal.Kind.NO_PROFILE));
    assertThat(pauses).isEmpty();
  }

  @Test
  void aMissingCidSaysWhichThereAre() {
    assertThatThrownBy(() -> read("7"))
        .hasMessageEndingWith("there is no profile.7; its CIDs are 2, 9, 10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x\n", "../../etc\n"})
  void aCurrentCidThatIsNoNumberIsNoProfile(String text) throws IOException {
    write("current.cid", text);
    assertThatThrownBy(() -> read(""))
        .satisfies(Refused.as(Refusal.Kind.NO_PROFILE))
        .hasMessageContaining("current.cid: does not contain a number");
  }
}
