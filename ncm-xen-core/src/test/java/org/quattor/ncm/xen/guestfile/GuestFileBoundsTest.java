package org.quattor.ncm.xen.guestfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quattor.ncm.xen.host.Toolstack;

/** Guest files that are made to cost time or memory. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GuestFileBoundsTest {

  @Test
  void aValueThatDoublesWithEachLineIsUnreadable() {
    String text = "a = 'x'\n" + "a += a\n".repeat(60);
    assertThat(GuestFileReader.read(text, Toolstack.XM))
        .isInstanceOfSatisfying(
            GuestFileReading.Unreadable.class,
            unreadable ->
                assertThat(unreadable.reason()).isEqualTo("too many values that refer to values"));
  }

  @Test
  void listsOfListsOfOneValueAreUnreadableBeforeTheyAreLong() {
    StringBuilder text = new StringBuilder("a0 = ['x']\n");
    for (int i = 1; i < 40; i++) {
      text.append("a%d = [a%d, a%d, a%d]\n".formatted(i, i - 1, i - 1, i - 1));
    }
    assertThat(GuestFileReader.read(text.toString(), Toolstack.XM))
        .isInstanceOf(GuestFileReading.Unreadable.class);
  }

  @Test
  void aListThatGrowsByManyLinesIsReadOrRefusedInTime() {
    String text = "disk = ['phy:/dev/vg/a,xvda,w']\n" + "disk += ['']\n".repeat(80_000);
    assertThat(GuestFileReader.read(text, Toolstack.XL)).isNotNull();
  }

  @Test
  void theFormsThatPeopleWriteAreFarFromTheBounds() {
    String text =
        "vif = ['mac=00:16:3e:00:00:01']\ndisk = ['a']\n"
            + "disk += ['b']\n".repeat(100)
            + "bootargs = vif[0]\n";
    assertThat(GuestFileReader.read(text, Toolstack.XM))
        .isInstanceOfSatisfying(
            GuestFile.class,
            file -> {
              assertThat(file.list("disk")).hasSize(101);
              assertThat(file.text("bootargs")).hasValue("mac=00:16:3e:00:00:01");
            });
  }

  @Test
  void aListOfAMillionTextsIsTakenApartInTime() {
    String text = "[" + "'a', ".repeat(1_000_000) + "]";
    assertThat(Quoting.plainPythonList(text))
        .hasValueSatisfying(elements -> assertThat(elements).hasSize(1_000_000));
  }

  @Test
  void aBackslashBeforeACharacterBeyondTheFirstPlaneStaysOne() {
    assertThat(GuestFileReader.read("a = '\\\uD83D\uDE00'\n", Toolstack.XM))
        .isEqualTo(new GuestFile("", ImmutableMap.of("a", new GuestFile.Text("\\\uD83D\uDE00"))));
    assertThat(GuestFileReader.read("a = '\\\uD83D\uDE00'\n", Toolstack.XL))
        .isInstanceOf(GuestFileReading.Unreadable.class);
  }
}
