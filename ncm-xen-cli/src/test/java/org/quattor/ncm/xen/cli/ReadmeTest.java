package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the README shows of the command is what the command prints. {@code -Dncm-xen.accept=true}
 * writes it anew.
 */
class ReadmeTest {

  private static final Path CHECKOUT = Path.of(System.getProperty("ncm-xen.checkout", ".."));
  private static final Pattern SESSION = Pattern.compile("(?s)```console\n(.*?)```\n");

  @TempDir Path folder;

  @Test
  void theSessionsOfTheReadmeAreTrue() throws IOException {
    Path readme = CHECKOUT.resolve("README.md");
    String text = Files.readString(readme);

    String played =
        SESSION.matcher(text).replaceAll(s -> Matcher.quoteReplacement(play(s.group(1))));

    if (Boolean.getBoolean("ncm-xen.accept")) {
      Files.writeString(readme, played);
    }
    assertThat(text).contains("```console\n$ ./ncm-xen ");
    assertThat(Files.readString(readme)).isEqualTo(played);
  }

  /** Runs the commands of a session on a host of their own; their output takes its place. */
  private String play(String session) {
    StringBuilder played = new StringBuilder("```console\n");
    session
        .lines()
        .filter(line -> line.startsWith("$ ./ncm-xen "))
        .forEach(
            line -> {
              List<String> words = Splitter.on(' ').splitToList(line.substring(12));
              String[] arguments =
                  words.stream()
                      .map(
                          word ->
                              word.replace("simulated:build", "simulated:" + folder)
                                  .replaceFirst("^test-profiles", CHECKOUT + "/test-profiles"))
                      .toArray(String[]::new);
              Call call = Call.of(Engine.xen(), arguments);
              played.append(line + "\n" + (call.out() + call.err()).replace(CHECKOUT + "/", ""));
            });
    return played.append("```\n").toString();
  }
}
