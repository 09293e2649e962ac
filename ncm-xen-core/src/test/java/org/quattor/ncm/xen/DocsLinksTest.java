package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ascii;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every link between pages, and from a page into the code, leads somewhere. */
class DocsLinksTest {

  private static final Path CHECKOUT = Path.of(System.getProperty("ncm-xen.checkout")).normalize();
  private static final List<String> FOLDERS =
      List.of("benchmarks", "dispatch", "lab", "schema", "scripts", "test-profiles");
  private static final Pattern LINK =
      Pattern.compile("(?m)(?:\\]\\(|^\\[[^]]+\\]: )([^)\\s]+)\\)?");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  static List<Path> pages() throws IOException {
    try (Stream<Path> top = Files.list(CHECKOUT);
        Stream<Path> docs = Files.walk(CHECKOUT.resolve("docs"))) {
      return Stream.of(
              top, docs, FOLDERS.stream().map(CHECKOUT::resolve).map(p -> p.resolve("README.md")))
          .flatMap(files -> files)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkOfAPageLeadsSomewhere(Path page) throws IOException {
    Matcher links = LINK.matcher(Files.readString(page));
    while (links.find()) {
      String link = links.group(1);
      if (link.startsWith("https://")) {
        continue;
      }
      int hash = link.indexOf('#');
      String file = hash < 0 ? link : link.substring(0, hash);
      Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
      assertThat(target).as("%s of %s", link, page).exists();
      if (hash >= 0) {
        assertThat(anchors(target)).as("%s of %s", link, page).contains(link.substring(hash + 1));
      }
    }
  }

  @Test
  void theIndexHasEveryPage() throws IOException {
    String index = Files.readString(CHECKOUT.resolve("docs/README.md"));
    try (Stream<Path> pages = Files.list(CHECKOUT.resolve("docs"))) {
      assertThat(
              pages
                  .map(page -> page.getFileName().toString())
                  .filter(name -> name.endsWith(".md") && !name.equals("README.md")))
          .allSatisfy(name -> assertThat(index).contains("](" + name + ")"));
    }
  }

  /** Returns what a heading can be addressed by: its words, lower case, with dashes. */
  private static Set<String> anchors(Path page) throws IOException {
    return HEADING
        .matcher(Files.readString(page))
        .results()
        .map(heading -> Ascii.toLowerCase(heading.group(1)))
        .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
