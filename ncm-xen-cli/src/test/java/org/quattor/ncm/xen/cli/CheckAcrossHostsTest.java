package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check} of many hosts with the real services; the mistakes are seeded. */
class CheckAcrossHostsTest {

  @TempDir Path folder;

  private List<String> generate(int hosts, int guests) throws IOException {
    return GeneratedSite.write(folder, hosts, guests, 1).stream().map(Path::toString).toList();
  }

  private static Call check(List<String> files, String... options) {
    List<String> arguments = new ArrayList<>(List.of("check"));
    arguments.addAll(List.of(options));
    arguments.addAll(files);
    return Call.of(Services.xen(), arguments.toArray(new String[0]));
  }

  @Test
  void exactlyTheSeededMistakesAreFound() throws IOException {
    Call call = check(generate(60, 5));
    assertThat(call.err()).isEmpty();
    assertThat(call.code()).isEqualTo(65);
    List<String> lines = Splitter.on('\n').omitEmptyStrings().splitToList(call.out());
    assertThat(lines.subList(0, lines.size() - 1))
        .map(line -> line.replace(folder + "/", ""))
        .map(line -> line.replaceFirst("; expected.*", ""))
        .containsExactlyElementsOf(GeneratedSite.mistakes(60, 5, 1));
    assertThat(lines.get(lines.size() - 1)).startsWith("60 profiles checked: ");
  }

  @Test
  void aSiteWithoutMistakesIsQuiet() throws IOException {
    List<String> files =
        GeneratedSite.write(folder, 20, 3, 0).stream().map(Path::toString).toList();
    assertThat(check(files))
        .isEqualTo(new Call(0, "20 profiles checked: 0 errors, 0 warnings\n", ""));
  }

  @Test
  void aDocumentHasTheProfilesInOrder() throws IOException {
    List<String> files = generate(20, 2);
    Call call = check(files, "--json");
    assertThat(call.out()).startsWith("{\n  \"format\" : \"ncm-xen.check/1\"");
    int last = 0;
    for (String file : files) {
      assertThat(call.out().indexOf("\"" + file + "\"", last)).isGreaterThan(last);
      last = call.out().indexOf("\"" + file + "\"", last);
    }
  }

  @Test
  void aTerminalShowsHowFarItIs() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("check"));
    arguments.addAll(generate(4, 1));
    Call call =
        Call.of(
            Services.xen(), Call.TERMINAL, Interruption.none(), arguments.toArray(new String[0]));
    assertThat(call.err()).contains("[#####...............]  25% checked 1 of 4");
  }
}
