package org.quattor.ncm.xen.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.HostileProfiles;
import org.quattor.ncm.xen.HostileText;
import org.quattor.ncm.xen.LongForm;
import org.quattor.ncm.xen.TextPlace;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.JsonTree;

/** Hostile text in every place of a profile, on the way to a terminal, a log and a program. */
class HostileOutputTest {

  /** Every so many places belong to the fast tests. */
  private static final int FAST_STEP = 25;

  @TempDir private Path folder;
  private int hosts;

  @Test
  void noTextOfSomePlacesDrivesTheTerminalOrForgesALine() throws Exception {
    everyPlace(FAST_STEP);
  }

  @Test
  @Tag("long")
  void noTextDrivesTheTerminalOrForgesALine() throws Exception {
    everyPlace(LongForm.of(4, 1));
  }

  private void everyPlace(int step) throws Exception {
    List<TextPlace> places = TextPlace.all();
    int calls = 0;
    for (int i = 0; i < places.size(); i += step) {
      for (String attack : HostileText.ATTACKS.values()) {
        if (attack.codePoints().noneMatch(HostileOutputTest::drives)) {
          continue; // Plain text cannot do anything to a line.
        }
        Path profile = folder.resolve("profile.json");
        // Not writeString, which refuses half a surrogate pair.
        Files.write(profile, HostileProfiles.profile(i % 3, places.get(i), attack).getBytes(UTF_8));
        String host = "simulated:" + folder.resolve("host" + hosts++);
        isHarmless(Call.of(Services.xen(), "check", profile.toString()));
        isHarmless(run("configure", profile, host, "--verbose"));
        isHarmless(run("status", profile, host));
        isJson(run("configure", profile, host, "--json"));
        calls += 4;
      }
    }
    System.out.println("HostileOutputTest: " + calls + " calls");
  }

  private static Call run(String command, Path profile, String host, String... more) {
    String[] arguments = new String[5 + more.length];
    arguments[0] = command;
    arguments[1] = "--profile";
    arguments[2] = profile.toString();
    arguments[3] = "--host";
    arguments[4] = host;
    System.arraycopy(more, 0, arguments, 5, more.length);
    return Call.of(Services.xen(), arguments);
  }

  private static void isHarmless(Call call) {
    for (String text : List.of(call.out(), call.err())) {
      assertThat(text.codePoints().filter(c -> c != '\n').filter(HostileOutputTest::drives).count())
          .as(text)
          .isZero();
      // The only verdict is our own, and it is the last line.
      assertThat(text.lines().filter(line -> line.startsWith("[OK]")).count())
          .as(text)
          .isLessThanOrEqualTo(1);
      assertThat(text.lines()).noneMatch(line -> line.startsWith("import os"));
      assertThat(text.lines()).allMatch(line -> line.length() < 20_000);
    }
    assertThat(call.code()).as(call.err()).isNotEqualTo(70);
  }

  private static boolean drives(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static void isJson(Call call) throws IOException, HostFailure {
    isHarmless(call);
    if (!call.out().isEmpty()) {
      assertThat(JsonTree.parseStrictly("answer", call.out()).field("format")).isPresent();
      assertThat(call.out().chars()).allMatch(c -> c < 127);
    }
  }
}
