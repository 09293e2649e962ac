package org.quattor.ncm.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The code in docs/embedding.md is code that runs: each block is the text between {@code // begin
 * NAME} and {@code // end NAME} in a file beside this one. {@code -Dncm-xen.accept=true} copies it
 * anew.
 */
class EmbeddingPageTest {

  private static final Path CHECKOUT = Path.of(System.getProperty("ncm-xen.checkout"));
  private static final Path PAGE = CHECKOUT.resolve("docs/embedding.md");
  private static final Path SOURCES =
      CHECKOUT.resolve("ncm-xen-core/src/test/java/org/quattor/ncm/example");

  private static final Pattern PIECE =
      Pattern.compile("(?ms)^ *// begin (\\w+)\\n(.*?)^ *// end \\1$");
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
    assertThat(page.split("```java", -1)).hasSize(pieces.size() + 1);
  }

  private static String code(MatchResult piece) {
    return piece.group(2).stripIndent().strip() + "\n";
  }

  private static String text(MatchResult block, Map<String, String> pieces) {
    String name = block.group(1);
    return "<!-- code: " + name + " -->\n```java\n" + pieces.getOrDefault(name, "") + "```";
  }
}
