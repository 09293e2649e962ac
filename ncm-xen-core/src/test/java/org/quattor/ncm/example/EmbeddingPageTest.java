package org.quattor.ncm.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The code in docs/embedding.md is code that runs: the program is compiled and run, and each other
 * block is the text between {@code // begin NAME} and {@code // end NAME} in a file beside this
 * one. {@code -Dncm-xen.accept=true} copies these anew.
 */
class EmbeddingPageTest {

  private static final Path CHECKOUT = Path.of(System.getProperty("ncm-xen.checkout"));
  private static final Path PAGE = CHECKOUT.resolve("docs/embedding.md");
  private static final Path SOURCES =
      CHECKOUT.resolve("ncm-xen-core/src/test/java/org/quattor/ncm/example");

  private static final Pattern PIECE =
      Pattern.compile("(?ms)^ *// begin (\\w+)\\n(.*?)^ *// end \\1$");
  private static final Pattern PROGRAM =
      Pattern.compile("(?ms)^<!-- program -->\\n```java\\n(.*?)^```$");
  private static final Pattern BLOCK =
      Pattern.compile("(?ms)^<!-- code: (\\w+) -->\\n```java\\n(.*?)^```$");

  @Test
  void theCodeOfThePageIsThatOfTheTests() throws IOException {
    Map<String, String> pieces = new TreeMap<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.sorted().toList()) {
        Matcher found = PIECE.matcher(Files.readString(file));
        found.results().forEach(piece -> pieces.put(piece.group(1), code(piece)));
      }
    }
    String page = Files.readString(PAGE);
    if (Boolean.getBoolean("ncm-xen.accept")) {
      page = BLOCK.matcher(page).replaceAll(block -> Matcher.quoteReplacement(text(block, pieces)));
      Files.writeString(PAGE, page);
    }
    Map<String, String> blocks = new TreeMap<>();
    BLOCK.matcher(page).results().forEach(block -> blocks.put(block.group(1), block.group(2)));
    assertThat(blocks).isEqualTo(pieces);
    assertThat(page.split("```java", -1)).hasSize(pieces.size() + 2);
  }

  @Test
  void theProgramOfThePageMakesAHost(@TempDir Path folder) throws Exception {
    Ran ran = run(program(), folder);
    assertThat(ran.output())
        .contains("start domain web: DONE\n")
        .endsWith("0 errors, 0 warnings\n");
    assertThat(ran.code()).isZero();
    assertThat(folder.resolve("host/etc/xen/web")).exists();
  }

  @Test
  void theProgramOfThePageStopsAtAMisspelledOption(@TempDir Path folder) throws Exception {
    Ran ran = run(program().replace("\"host\"", "\"hots\""), folder);
    assertThat(ran.output())
        .contains("unknown option \"hots\" for component xen; did you mean host?");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(folder.resolve("host")).doesNotExist();
  }

  private static String program() throws IOException {
    Matcher block = PROGRAM.matcher(Files.readString(PAGE));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private record Ran(String output, int code) {}

  /** As a reader would: Java compiles a file that it is started with. */
  private static Ran run(String program, Path folder) throws Exception {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                Files.writeString(folder.resolve("Runner.java"), program).toString(),
                CHECKOUT.resolve("docs/examples/host.json").toString(),
                "simulated:" + folder.resolve("host"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Ran(Files.readString(output), process.exitValue());
  }

  private static String code(MatchResult piece) {
    return piece.group(2).stripIndent().strip() + "\n";
  }

  private static String text(MatchResult block, Map<String, String> pieces) {
    String name = block.group(1);
    return "<!-- code: " + name + " -->\n```java\n" + pieces.getOrDefault(name, "") + "```";
  }
}
