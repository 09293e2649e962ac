package org.quattor.ncm.xen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.finding.XenPaths;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;
import org.quattor.ncm.xen.model.ModelReader;
import org.quattor.ncm.xen.profile.ProfileReader;
import org.quattor.ncm.xen.schema.Schema;

/** Runs every case of test-profiles/ on a simulated host. */
class FixtureCasesTest {

  private static final Path CASES =
      Path.of(System.getProperty("ncm-xen.checkout"), "test-profiles");
  private static final boolean ACCEPT = Boolean.getBoolean("ncm-xen.accept");
  private static final ImmutableSet<String> KNOWN_FILES =
      ImmutableSet.of("profile.json", "profile.xml", "host", "expected-plan.txt", "expected-host");

  @TempDir Path folder;

  static Stream<String> cases() throws IOException {
    try (Stream<Path> entries = Files.list(CASES)) {
      return entries
          .filter(Files::isDirectory)
          .map(entry -> entry.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aCaseHasItsFilesAndNoOthers(String name) throws IOException {
    try (Stream<Path> entries = Files.list(CASES.resolve(name))) {
      List<String> others =
          entries
              .map(entry -> entry.getFileName().toString())
              .filter(entry -> !KNOWN_FILES.contains(entry))
              .toList();
      assertThat(others).hasSize(1).allMatch(file -> file.endsWith(".pan"));
      String source = Files.readString(CASES.resolve(name).resolve(others.get(0)));
      assertThat(source).contains("object template " + others.get(0).replace(".pan", ";"));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aCasePlansWhatIsExpected(String name) throws IOException {
    Scenario host = host(name);
    Map<String, String> before = host.everything();

    ComponentPlan plan = host.plan(profile(name, "profile.json"));

    assertThat(host.plan(profile(name, "profile.json"))).isEqualTo(plan);
    assertThat(host.plan(profile(name, "profile.xml"))).isEqualTo(plan);
    assertThat(host.everything()).isEqualTo(before);
    compare(CASES.resolve(name).resolve("expected-plan.txt"), text(plan));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aCaseLeavesTheHostAsExpected(String name) throws IOException {
    Scenario host = host(name);
    Profile profile = profile(name, "profile.json");

    ComponentResult first = host.configure(profile);
    Map<String, String> after = host.everything();
    ComponentResult second = host.configure(profile);

    assertThat(second.actions()).as("a second run").isEmpty();
    assertThat(host.everything()).isEqualTo(after);
    assertThat(second.errors()).isEqualTo(first.errors());
    compareFolder(CASES.resolve(name).resolve("expected-host"), after);
  }

  private Scenario host(String name) throws IOException {
    Path start = CASES.resolve(name).resolve("host");
    if (Files.exists(start)) {
      copy(start, folder);
    }
    Profile profile = profile(name, "profile.json");
    var component = profile.find(XenPaths.COMPONENT).orElseThrow();
    boolean valid = Schema.builtIn().validate(component, profile).isEmpty();
    return new Scenario(folder)
        .with(
            bare ->
                valid
                    ? SimulatedHostSpec.fitting(ModelReader.read(component).configuration())
                    : bare);
  }

  private static Profile profile(String name, String form) {
    return new ProfileReader().read(CASES.resolve(name).resolve(form));
  }

  private static String text(ComponentPlan plan) {
    StringBuilder text = new StringBuilder();
    plan.findings().forEach(f -> text.append(f.id() + " " + f.severity() + " " + f.path() + "\n"));
    plan.actions()
        .forEach(action -> text.append(action.summary() + ", because " + action.reason() + "\n"));
    return text.toString();
  }

  private static void compare(Path expected, String actual) throws IOException {
    if (ACCEPT) {
      Files.createDirectories(expected.getParent());
      Files.writeString(expected, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(expected));
  }

  private static void compareFolder(Path expected, Map<String, String> host) throws IOException {
    Map<String, String> files =
        ImmutableMap.copyOf(
            Maps.filterKeys(host, path -> path.startsWith("etc/") || path.startsWith("srv/")));
    if (ACCEPT) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        compare(expected.resolve(file.getKey()), file.getValue());
      }
    }
    assertThat(files).isEqualTo(Files.exists(expected) ? contents(expected) : Map.of());
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      ImmutableMap.Builder<String, String> found = ImmutableMap.builder();
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        found.put(folder.relativize(path).toString(), Files.readString(path, UTF_8));
      }
      return found.buildOrThrow();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target, LinkOption.NOFOLLOW_LINKS);
        }
      }
    }
  }
}
