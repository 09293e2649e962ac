package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.text.Mask;

class CommandRunnerTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir Path temp;
  private final List<String> heard = new ArrayList<>();

  private CommandRunner runner(Duration timeout) {
    return new CommandRunner(
        new SystemPaths(Path.of("/"), Path.of("/proc"), Path.of("/sys"), temp + ":/usr/bin:/bin"),
        timeout,
        heard::add);
  }

  private void script(String text) throws Exception {
    StandIn.script(temp, "tool", "#!/bin/sh\n" + text + "\n");
  }

  @Test
  void theEnvironmentIsFixedAndNothingIsOnStandardInput() throws Exception {
    script("env | sort; pwd; cat; ls -l /proc/self/fd | wc -l");
    String programs = temp + ":/usr/bin:/bin";
    List<String> lines = runner(LONG).run("tool").output().lines().toList();
    assertThat(lines)
        .contains("HOME=/", "LC_ALL=C", "PATH=" + programs, "/")
        .allMatch(line -> line.matches("(HOME|LC_ALL|PATH|PWD|OLDPWD|SHLVL|_)=.*|/|[0-9]+"));
    // "total", the three standard ones, and the folder that ls reads: nothing else is inherited.
    assertThat(lines.get(lines.size() - 1)).isEqualTo("5");
  }

  @Test
  void aStatusIsAValueAndOutputIsKeptApart() throws Exception {
    script("echo out; echo err >&2; exit 7");
    assertThat(runner(LONG).run("tool", "a"))
        .isEqualTo(new CommandResult(ImmutableList.of("tool", "a"), 7, "out\n", "err\n"));
  }

  @Test
  void wordsArriveAsTheyAre() throws Exception {
    script("for word; do printf '[%s]' \"$word\"; done");
    assertThat(runner(LONG).run("tool", "a b", "$(id)", "'", "*").output())
        .isEqualTo("[a b][$(id)]['][*]");
  }

  @Test
  void eachCommandIsHeardAndCounted() throws Exception {
    script("exit 1");
    CommandRunner runner = runner(LONG);
    runner.run("tool", "a b", "it's");
    runner.runDetached("tool", "--x");
    assertThat(heard).containsExactly("tool 'a b' 'it'\\''s'", "setsid tool --x");
    assertThat(runner.count()).isEqualTo(2);
  }

  @Test
  void aMissingProgramIsNamed() {
    assertThatThrownBy(() -> runner(LONG).run("nosuchtool", "x"))
        .isInstanceOf(HostFailure.class)
        .hasMessage(
            "cannot run nosuchtool: it is not installed (looked in " + temp + ":/usr/bin:/bin)");
    assertThatThrownBy(() -> runner(LONG).runDetached("nosuchtool"))
        .hasMessageStartingWith("cannot run nosuchtool: it is not installed");
    assertThat(heard).isEmpty();
  }

  @Test
  void aFailureHoldsCommandStatusAndMessagesOnOneLine() throws Exception {
    script(
        "echo 'File descriptor 63 (pipe:[1]) leaked on lvs invocation. Parent PID 1: x' >&2\n"
            + "printf '  one\\n\\n two\\033[31m\\nthree\\nfour\\nfive\\nsix\\nseven\\neight\\n' >&2; exit 5");
    assertThat(runner(LONG).run("tool", "--x", "a\nb").failure())
        .hasMessage(
            "tool --x 'a\\nb' failed with exit status 5: one; two\\u{1b}[31m; three; (2 more);"
                + " six; seven; eight");
  }

  @Test
  void secretsAreHiddenBeforeMessagesAreShortened() throws Exception {
    CommandRunner discreet =
        new CommandRunner(
            new SystemPaths(
                Path.of("/"), Path.of("/proc"), Path.of("/sys"), temp + ":/usr/bin:/bin"),
            LONG,
            heard::add,
            Mask.of(List.of("hunter2-zz"))::masked);
    script("printf '%0990d hunter2-zz and more\\n' 0 >&2; exit $1");
    assertThat(discreet.run("tool", "1").failure()).message().doesNotContain("hunt");
    script("printf 'hunter\\n2-zz\\n' >&2; exit 1");
    assertThat(discreet.run("tool").failure())
        .hasMessage("tool failed with exit status 1: ********");
    script("echo vncpasswd=hunter2-zz; exit $1");
    assertThat(discreet.runDetached("tool", "1").failure()).message().doesNotContain("hunt");
    assertThat(discreet.run("tool", "0").output()).isEqualTo("vncpasswd=hunter2-zz\n");
  }

  @Test
  void withoutMessagesTheOutputSpeaks() throws Exception {
    script("echo 'Error: no such domain'; exit 1");
    assertThat(runner(LONG).run("tool").failure())
        .hasMessage("tool failed with exit status 1: Error: no such domain");
    script("exit 3");
    assertThat(runner(LONG).run("tool").failure())
        .hasMessage("tool failed with exit status 3, saying nothing");
  }

  @Test
  void whatTakesTooLongIsEndedWithItsDescendants() throws Exception {
    script("sleep 1000 & echo $! > " + temp + "/child; wait");
    assertThatThrownBy(() -> runner(SHORT).run("tool"))
        .isInstanceOf(HostFailure.class)
        .hasMessage("tool did not end within 300 ms and was ended");
    long child = Long.parseLong(Files.readString(temp.resolve("child")).strip());
    ProcessHandle.of(child).ifPresent(handle -> handle.onExit().join());
  }

  @Test
  void whatAnswersTooMuchFails() throws Exception {
    script("head -c 17000000 /dev/zero");
    assertThatThrownBy(() -> runner(LONG).run("tool"))
        .isInstanceOf(HostFailure.class)
        .hasMessage("tool answered more than 16 MiB; status 0");
  }

  /** LVM warns of each device and of each volume; that is no reason to know nothing of them. */
  @Test
  void manyMessagesAreNoFailureAndBothEndsAreKept() throws Exception {
    script(
        "echo first >&2; head -c 300000 /dev/zero | tr '\\0' w >&2; echo; echo last >&2; exit $1");
    for (CommandResult result :
        List.of(runner(LONG).run("tool", "0"), runner(LONG).runDetached("tool", "0"))) {
      assertThat(result.output()).isEqualTo("\n");
      assertThat(result.stderr())
          .startsWith("first\nwww")
          .contains("\n(234475 bytes left out)\n")
          .endsWith("wwwlast\n")
          .hasSizeLessThan(66_000);
    }
    assertThat(runner(LONG).run("tool", "5").failure())
        .hasMessageStartingWith("tool 5 failed with exit status 5: first; www");
  }

  @Test
  void muchOutputOnBothStreamsIsNoDeadlock() throws Exception {
    script("head -c 3000000 /dev/zero; head -c 60000 /dev/zero >&2");
    CommandResult result = runner(LONG).run("tool");
    assertThat(result.stdout()).hasSize(3_000_000);
    assertThat(result.stderr()).hasSize(60_000);
  }

  @Test
  void nothingWaitsForWhatADetachedCommandLeavesBehind() throws Exception {
    script("sleep 1000 & echo $!; echo created >&2");
    CommandResult result = runner(LONG).runDetached("tool");
    ProcessHandle left = ProcessHandle.of(Long.parseLong(result.stdout().strip())).orElseThrow();
    try {
      assertThat(result.stderr()).isEqualTo("created\n");
      assertThat(left.isAlive()).isTrue();
    } finally {
      left.destroyForcibly();
    }
  }

  @Test
  void aDetachedCommandHasASessionOfItsOwn() throws Exception {
    script("cut -d' ' -f6 /proc/$$/stat; echo $$");
    List<String> lines = runner(LONG).runDetached("tool").output().lines().toList();
    assertThat(lines.get(0)).isEqualTo(lines.get(1));
  }

  @Test
  void aDetachedCommandThatTakesTooLongGoesOn() throws Exception {
    script("exec sleep 1000");
    assertThatThrownBy(() -> runner(SHORT).runDetached("tool", "vm1"))
        .isInstanceOf(HostFailure.class)
        .hasMessageMatching(
            "tool vm1 did not end within 300 ms; it goes on in the background as process \\d+");
    ProcessHandle left =
        ProcessHandle.current()
            .children()
            .filter(child -> child.info().commandLine().orElse("").contains("sleep 1000"))
            .findFirst()
            .orElseThrow();
    assertThat(left.isAlive()).isTrue();
    left.destroyForcibly();
  }
}
