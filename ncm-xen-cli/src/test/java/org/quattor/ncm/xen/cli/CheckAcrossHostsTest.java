package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
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
  void aGuestMapContradictsOtherMapsAndTheDeclarations() throws IOException {
    String first = host("xen1", "'web': 'xen2', 'db': 'xen2'", "'mail'");
    String second = host("xen2", "'web': 'xen3', 'mail': 'xen3'", "");
    String third = host("xen3", "", "'db'");
    assertThat(Splitter.on('\n').splitToStream(check(List.of(first, second, third)).out()))
        .filteredOn(line -> line.contains("XEN193"))
        .map(line -> line.replaceFirst(".*/components/xen/", ""))
        .map(line -> line.replaceFirst("; expected.*", ""))
        .containsExactly(
            "guest_map/mail/hypervisor_name: is xen3, but the profile of xen1 declares the guest",
            "guest_map/web/hypervisor_name: is xen3, and xen2 in the profile of xen1",
            "domains/db: guest_map of xen1 places the guest on xen2");
  }

  /** Writes a profile with hosts of guests in {@code guest_map}, and names of guests. */
  private String host(String name, String map, String guest) throws IOException {
    String places =
        map.replaceAll(
            "('[a-z]+'): ('[a-z0-9]+')",
            "$1: {'active': true, 'dispatch': true, 'guest_mac': '00:16:3e:00:00:01',"
                + " 'hypervisor_name': $2}");
    String domains =
        guest.replaceAll(
            "('[a-z]+')", "$1: {'options': {'name': $1, 'memory': 64, 'kernel': '/boot/vmlinuz'}}");
    Path file = folder.resolve(name + ".json");
    String json =
        """
        {'software': {'components': {'xen': {'active': true, 'dispatch': true,
           'guest_map': {%s}, 'domains': {%s}}}},
         'system': {'network': {'hostname': '%s'}}}
        """
            .formatted(places, domains, name);
    return Files.writeString(file, json.replace('\'', '"')).toString();
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
