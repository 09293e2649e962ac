package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the README and the administrator's guide show of the command is what the command prints, and
 * the files that they show are those of {@code docs/examples}. {@code -Dncm-xen.accept=true} writes
 * both anew.
 */
class ReadmeTest {

  private static final Path CHECKOUT = Path.of(System.getProperty("ncm-xen.checkout", ".."));
  private static final Path EXAMPLES = CHECKOUT.resolve("docs/examples");
  private static final Pattern SESSION = Pattern.compile("(?s)```console\n(.*?)```\n");
  private static final Pattern COMMAND = Pattern.compile("\\$ (?:\\./)?ncm-xen (.*)");
  private static final Pattern SHOWN =
      Pattern.compile("(?s)(<!-- file: (\\S+) -->\n```json\n).*?```\n");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/administrator.md", "docs/json.md"})
  void theSessionsAndFilesOfAPageAreTrue(String name) throws IOException {
    Path page = CHECKOUT.resolve(name);
    String text = Files.readString(page);

    String played =
        SESSION.matcher(text).replaceAll(s -> Matcher.quoteReplacement(play(s.group(1))));
    String made = SHOWN.matcher(played).replaceAll(s -> Matcher.quoteReplacement(file(s)));

    if (Boolean.getBoolean("ncm-xen.accept")) {
      Files.writeString(page, made);
    }
    assertThat(SESSION.matcher(text).results()).hasSizeGreaterThan(1);
    assertThat(Files.readString(page)).isEqualTo(made);
  }

  @Test
  void theReadmeShowsTheRoadFromPlanToStatus() throws IOException {
    String text = Files.readString(CHECKOUT.resolve("README.md"));
    assertThat(text)
        .contains("\n    ./ncm-xen configure --profile test-profiles/first-host/profile.json")
        .contains("\n    ./run-tests\n")
        .containsSubsequence(
            "\n$ ./ncm-xen plan", "\n$ ./ncm-xen configure", "\n$ ./ncm-xen status");
    assertThat(text.lines().count()).isLessThan(230);
  }

  @Test
  void theGuideHasEveryExitCode() throws IOException {
    String text = Files.readString(CHECKOUT.resolve("docs/administrator.md"));
    for (Exit exit : Exit.values()) {
      assertThat(text).contains(String.format(Locale.ROOT, "\n| %d | ", exit.code()));
    }
  }

  private static String file(MatchResult shown) {
    try {
      return shown.group(1) + Files.readString(EXAMPLES.resolve(shown.group(2))) + "```\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the commands of a session on hosts of their own; their output takes its place. */
  private String play(String session) {
    StringBuilder played = new StringBuilder("```console\n");
    session
        .lines()
        .map(COMMAND::matcher)
        .filter(Matcher::matches)
        .forEach(
            command -> {
              String[] arguments =
                  Splitter.on(' ')
                      .splitToStream(command.group(1))
                      .map(this::inTheCheckout)
                      .toArray(String[]::new);
              Call call = Call.of(Services.xen(), arguments);
              String said = call.out() + call.err();
              played
                  .append(command.group())
                  .append('\n')
                  .append(said.replace(EXAMPLES + "/", "").replace(CHECKOUT + "/", ""));
            });
    return played.append("```\n").toString();
  }

  /** Pages speak from the checkout, or from the folder of the examples. */
  private String inTheCheckout(String word) {
    return Files.exists(EXAMPLES.resolve(word)) && word.endsWith(".json")
        ? EXAMPLES.resolve(word).toString()
        : word.replaceFirst("^simulated:(build|/tmp)/", "simulated:" + folder + "/")
            .replaceFirst("^(simulated:)?(test-profiles|docs)/", "$1" + CHECKOUT + "/$2/");
  }
}
