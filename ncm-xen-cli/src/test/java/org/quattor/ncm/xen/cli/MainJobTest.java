package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job, with nothing of ours replaced: the command, a profile, a simulated host. */
class MainJobTest {

  private static final Path CASES =
      Path.of(System.getProperty("ncm-xen.checkout", ".."), "test-profiles");

  @TempDir Path folder;

  @Test
  void theFirstRunPrintsThePlanAndWhatWasDone() {
    Call call = run("configure", "first-host");

    assertThat(call.code()).isZero();
    assertThat(call.err()).isEmpty();
    assertThat(call.out())
        .contains(
            "[INFO]   + create volume vg0/web-root of 20 GiB, because it is declared and missing\n",
            "[INFO]   + create image /srv/xen/files.img of 10 GiB",
            "[INFO] Plan: 9 to create, 3 to start.\n",
            "[INFO] web.example.org: create volume vg0/web-root of 20 GiB: done\n",
            "[INFO] db.example.org: start domain db.example.org: done\n")
        .endsWith(
            """
            [INFO] configure on component xen executed, 0 errors, 0 warnings
            [OK]   0 errors, 0 warnings executing configure
            """);
    assertThat(folder.resolve("host/etc/xen/files.example.org.start")).exists();
    assertThat(folder.resolve("host/etc/xen/auto/web.example.org")).isSymbolicLink();
    assertThat(folder.resolve("host/srv/xen/files.img")).hasSize(10L << 30);
  }

  @Test
  void theSecondRunChangesNothingSaysSoAndRewritesNoFile() throws IOException {
    run("configure", "first-host");
    Map<String, String> before = files();

    Call call = run("configure", "first-host");

    assertThat(call.code()).isZero();
    assertThat(call.out())
        .isEqualTo(
            """
            [INFO] nothing to change: checked 3 guests (file, disks, autostart, running) with 4 commands
            [INFO] configure on component xen executed, 0 errors, 0 warnings
            [OK]   0 errors, 0 warnings executing configure
            """);
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void allFourFormsOfAProfileGiveTheSamePlanToTheByte() throws IOException {
    List<String> plans = new ArrayList<>();
    for (String form : List.of("profile.json", "profile.xml")) {
      Path plain = CASES.resolve("first-host").resolve(form);
      Path packed = folder.resolve(form + ".gz");
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
        Files.copy(plain, out);
      }
      for (Path profile : List.of(plain, packed)) {
        Call call = call("plan", "--json", "--profile", profile.toString());
        assertThat(call.code()).isZero();
        plans.add(call.out());
      }
    }

    assertThat(plans).hasSize(4).containsOnly(plans.get(0));
    assertThat(plans.get(0)).contains("\"format\" : \"ncm-xen.plan/1\"");
    assertThat(folder.resolve("host")).doesNotExist();
  }

  @Test
  void unconfigureWithdrawsEverythingButVolumesAndConfigureRestoresIt() throws IOException {
    run("configure", "first-host");
    Map<String, String> configured = contents();

    Call call = run("unconfigure", "first-host");

    assertThat(call.code()).isZero();
    assertThat(call.out()).endsWith("[OK]   0 errors, 0 warnings executing unconfigure\n");
    assertThat(contents().keySet()).containsExactlyInAnyOrder("host.json", "srv/xen/files.img");
    assertThat(contents().get("host.json")).contains("vg0/web-root", "vg0/web-data");
    assertThat(run("configure", "first-host").code()).isZero();
    assertThat(contents()).isEqualTo(configured);
  }

  @ParameterizedTest
  @ValueSource(strings = {"five-mistakes", "five-rules"})
  void fiveMistakesGiveFiveFindingsWithTheirPathsInOneRun(String name) {
    Call call = run("configure", name);

    assertThat(call.code()).isEqualTo(65);
    assertThat(call.out().lines().filter(line -> line.startsWith("[ERROR] XEN")))
        .hasSize(5)
        .allMatch(line -> line.matches("\\[ERROR\\] XEN\\d+ /software/components/xen/\\S+: .+"));
    assertThat(folder.resolve("host")).doesNotExist();
  }

  @Test
  void aGuestWithoutItsVolumeIsNotStartedAndTheOthersAre() throws IOException {
    Call call = run("configure", "one-guest-without-volume");

    assertThat(call.code()).isEqualTo(1);
    assertThat(call.out())
        .contains(
            "[INFO] good1: start domain good1: done\n",
            "[INFO] good2: start domain good2: done\n",
            "volume group vg0 has 1023 GiB left; expected 4 TiB for logical volume vg0/huge",
            "logical volume vg0/late does not exist; expected an existing logical volume",
            "ncm-xen does not start domain huge, because of the errors above",
            "ncm-xen does not start domain late, because of the errors above")
        .endsWith("[ERROR] 2 errors, 0 warnings executing configure\n");
    assertThat(contents().get("host.json")).contains("\"good1\" : {").doesNotContain("\"huge\" :");
  }

  @Test
  void noActionPrintsThePlanAndLeavesNothingBehind() {
    Call call = run("configure", "first-host", "--noaction");

    assertThat(call.code()).isZero();
    assertThat(call.out()).contains("Plan: 9 to create, 3 to start.");
    assertThat(folder.resolve("host")).doesNotExist();
  }

  @Test
  void planWithDetailedExitCodeTellsWhetherSomethingWouldChange() {
    assertThat(run("plan", "first-host", "--detailed-exitcode").code()).isEqualTo(2);
    run("configure", "first-host");
    assertThat(run("plan", "first-host", "--detailed-exitcode").code()).isZero();
  }

  @Test
  void anUnknownGuestGetsTheNearestName() {
    Call call = run("configure", "first-host", "--guest", "wbe.example.org");

    assertThat(call.code()).isEqualTo(64);
    assertThat(call.out() + call.err())
        .contains("no guest wbe.example.org")
        .contains("web.example.org")
        .doesNotContain("\tat ");
  }

  @Test
  void aFolderThatIsNoHostIsNotTouched() throws IOException {
    Path other = Files.createDirectories(folder.resolve("host"));
    Files.writeString(other.resolve("letter.txt"), "dear");

    Call call = run("configure", "first-host");

    assertThat(call.code()).isEqualTo(74);
    assertThat(contents()).containsOnlyKeys("letter.txt");
  }

  private Call run(String command, String name, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--profile", CASES.resolve(name).resolve("profile.json").toString()));
    arguments.addAll(List.of(more));
    return call(arguments.toArray(new String[0]));
  }

  private Call call(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--host", "simulated:" + folder.resolve("host")));
    return Call.of(Services.xen(), all.toArray(new String[0]));
  }

  /** Content, and for files what would tell that they were written again. */
  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (Map.Entry<String, String> file : contents().entrySet()) {
      Path path = folder.resolve("host").resolve(file.getKey());
      files.put(
          file.getKey(),
          file.getValue()
              + Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS)
              + Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS));
    }
    return files;
  }

  private Map<String, String> contents() throws IOException {
    Path host = folder.resolve("host");
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> all = Files.walk(host)) {
      for (Path path : all.toList()) {
        String name = host.relativize(path).toString();
        if (Files.isSymbolicLink(path)) {
          contents.put(name, "-> " + Files.readSymbolicLink(path));
        } else if (Files.isRegularFile(path)) {
          contents.put(
              name,
              Files.size(path) > 1 << 20 ? Files.size(path) + " bytes" : Files.readString(path));
        }
      }
    }
    return contents;
  }
}
