package org.quattor.ncm.xen.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion scripts, the one for bash as bash executes it. */
class CompletionTest {

  @TempDir private Path folder;
  private Path program;

  @BeforeEach
  void aProgramThatKnowsGuests() throws IOException {
    program = folder.resolve("ncm-xen");
    Files.writeString(
        program,
        """
        #!/bin/sh
        echo "$*" >"%s/asked"
        printf 'web\\nweb2\\nmail\\n$(touch %s/harm)\\n'
        """
            .formatted(folder, folder));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void commandsAreOffered() throws Exception {
    assertThat(completed("")).contains("configure", "plan", "completion", "explain");
    assertThat(completed("")).doesNotContain("complete-guests");
    assertThat(completed("un")).containsExactly("unconfigure");
    assertThat(completed("--v")).containsExactly("--version");
  }

  @Test
  void optionsOfTheCommandAreOffered() throws Exception {
    assertThat(completed("plan", "--det")).containsExactly("--detailed-exitcode");
    assertThat(completed("configure", "--det")).isEmpty();
    assertThat(completed("--profile", "x", "plan", "--det")).containsExactly("--detailed-exitcode");
  }

  @Test
  void choicesAreOfferedInBothWaysOfWriting() throws Exception {
    assertThat(completed("plan", "--toolstack", "x")).containsExactly("xl", "xm");
    // bash takes --option=value apart.
    assertThat(completed("plan", "--toolstack", "=", "x")).containsExactly("xl", "xm");
    assertThat(completed("plan", "--toolstack", "=")).containsExactly("auto", "xl", "xm");
    assertThat(completed("status", "--format", "n")).containsExactly("nagios");
    assertThat(completed("explain", "XEN00")).contains("XEN001").doesNotContain("XEN100");
    assertThat(completed("completion", "")).containsExactly("bash", "zsh");
  }

  @Test
  void filesAndFoldersAreOffered() throws Exception {
    Files.createFile(folder.resolve("a profile.json"));
    Files.createDirectory(folder.resolve("a folder"));
    assertThat(completed("plan", "--profile", folder + "/a"))
        .containsExactlyInAnyOrder(folder + "/a profile.json", folder + "/a folder");
    assertThat(completed("plan", "--host", "simulated", ":", folder + "/a"))
        .containsExactly(folder + "/a folder");
  }

  @Test
  void guestsAreThoseOfTheProfileOnTheCommandLine() throws Exception {
    assertThat(completed("show", "--profile", "=", "p.json", "--guest", "we"))
        .containsExactly("web", "web2");
    assertThat(Files.readString(folder.resolve("asked")))
        .isEqualTo("complete-guests --profile=p.json\n");
    assertThat(completed("show", "ma")).containsExactly("mail");
    assertThat(completed("plan", "--guest", "$")).hasSize(1);
    assertThat(folder.resolve("harm")).doesNotExist();
  }

  @Test
  void theNamesOfGuestsComeFromTheProfileAndAreNothingButNames() throws IOException {
    Path profile = folder.resolve("p.json");
    Files.writeString(
        profile,
        """
        {"software": {"components": {"xen": {"domains": {
          "web": {}, "db.example.org": {}, "$(reboot)": {}, "a b": {}, "-x": {}}}}}}
        """);
    Call call = Call.of(Services.xen(), "complete-guests", "--profile", profile.toString());
    assertThat(call).isEqualTo(new Call(0, "db.example.org\nweb\n", ""));
    assertThat(Call.of(Services.xen(), "complete-guests", "--profile", "/nowhere"))
        .isEqualTo(new Call(66, "", ""));
  }

  @Test
  void theScriptForZshIsReadByZsh() throws Exception {
    assumeThat(Path.of("/usr/bin/zsh")).as("zsh, to read its script").exists();
    Path script = folder.resolve("_ncm-xen");
    Files.writeString(script, script("zsh"));
    assertThat(run("/usr/bin/zsh", "-n", script.toString())).isEmpty();
  }

  @Test
  void theScriptForZshHasEveryCommandWithItsOptions() {
    assertThat(script("zsh"))
        .startsWith("#compdef ncm-xen\n")
        .contains("'plan:Print what configure would do, and change nothing.'")
        .contains("'--toolstack=[", "(auto xl xm)'", ":NAME:_ncm_xen_guests'")
        .doesNotContain("@COMMANDS@", "@ARGUMENTS@", "complete-guests:");
  }

  @Test
  void anotherShellIsRefused() {
    Call call = Call.of(new FakeEngine(), "completion", "fish");
    assertThat(call.code()).isEqualTo(64);
    assertThat(call.err()).contains("completion expects bash or zsh, not \"fish\"");
    assertThat(Call.of(new FakeEngine(), "completion").code()).isEqualTo(64);
  }

  private static String script(String shell) {
    Call call = Call.of(new FakeEngine(), "completion", shell);
    assertThat(call.code()).isZero();
    assertThat(call.err()).isEmpty();
    return call.out();
  }

  private List<String> completed(String... words) throws Exception {
    Path script = folder.resolve("completion");
    Files.writeString(script, script("bash"));
    List<String> command =
        new ArrayList<>(
            List.of(
                "bash",
                "-c",
                """
                . "$1"
                shift
                COMP_WORDS=("$@")
                COMP_CWORD=$(($# - 1))
                _ncm_xen
                printf '%s\\n' "${COMPREPLY[@]}"
                """,
                "bash",
                script.toString(),
                program.toString()));
    command.addAll(List.of(words));
    return run(command.toArray(new String[0])).lines().filter(line -> !line.isEmpty()).toList();
  }

  private String run(String... command) throws Exception {
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readString(out, UTF_8).lines().collect(Collectors.joining("\n"));
  }
}
