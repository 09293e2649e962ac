package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each promise of docs/guarantees.md names tests, and these tests exist and test something. */
class GuaranteesTest {

  private static final Path CHECKOUT = Path.of(System.getProperty("ncm-xen.checkout"));
  private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+(?:Test|Contract))`");
  private static final Pattern PROMISE = Pattern.compile("(?ms)^- \\*\\*.*?(?=^- \\*\\*|^## |\\z)");
  private static final Pattern TEST =
      Pattern.compile("@(Test|ParameterizedTest|TestFactory)\\b", Pattern.MULTILINE);
  private static final Pattern REAL_PROCESS = Pattern.compile("Launched|ProcessBuilder");

  private static String page() throws IOException {
    return Files.readString(CHECKOUT.resolve("docs/guarantees.md"));
  }

  private static Set<Path> tests() throws IOException {
    Set<Path> tests = new TreeSet<>();
    for (String module : new String[] {"ncm-xen-core", "ncm-xen-cli"}) {
      try (Stream<Path> files = Files.walk(CHECKOUT.resolve(module).resolve("src/test/java"))) {
        tests.addAll(files.filter(file -> file.toString().endsWith(".java")).toList());
      }
    }
    return tests;
  }

  @Test
  void everyPromiseNamesATest() throws IOException {
    Matcher promises = PROMISE.matcher(page());
    int count = 0;
    while (promises.find()) {
      assertThat(promises.group()).containsPattern(NAME);
      count++;
    }
    assertThat(count).isGreaterThan(15);
  }

  @Test
  void everyTestThatIsNamedIsThereAndTestsSomething() throws IOException {
    Set<String> there =
        tests().stream()
            .filter(GuaranteesTest::tests)
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toSet());
    Set<String> named = new TreeSet<>();
    Matcher names = NAME.matcher(page());
    while (names.find()) {
      named.add(names.group(1));
    }
    assertThat(there).containsAll(named);
  }

  private static boolean tests(Path file) {
    return contains(file, TEST);
  }

  private static boolean contains(Path file, Pattern pattern) {
    try {
      return pattern.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A promise that holds on the simulated host only is none. */
  @Test
  void everyPromiseNamesATestOnLinux() throws IOException {
    Set<String> onLinux =
        tests().stream()
            .filter(GuaranteesTest::runsOnLinux)
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toSet());
    Matcher promises = PROMISE.matcher(page());
    while (promises.find()) {
      Set<String> named = new TreeSet<>();
      Matcher names = NAME.matcher(promises.group());
      while (names.find()) {
        named.add(names.group(1));
      }
      assertThat(named).as(promises.group()).containsAnyElementsOf(onLinux);
    }
  }

  /** Those of the Linux host, the suites that both hosts pass, and runs of the real command. */
  private static boolean runsOnLinux(Path file) {
    String path = file.toString();
    return tests(file)
        && (path.contains("/host/linux/")
            || path.contains("/host/contract/")
            || (path.contains("/xen/cli/") && contains(file, REAL_PROCESS)));
  }

  @Test
  void thePageFitsOnOnePage() throws IOException {
    assertThat(page().lines().count()).isLessThan(80);
  }
}
