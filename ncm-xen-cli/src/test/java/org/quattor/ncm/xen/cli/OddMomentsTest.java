package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableMap;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.report.Level;
import org.quattor.ncm.xen.report.ReportLine;
import org.quattor.ncm.xen.report.SamplePlan;

/** Runs that meet each other, a clock that is set, and streams and logs that take no more. */
class OddMomentsTest {

  private static final Path FULL = Path.of("/dev/full");
  private static final Path PROFILE =
      Path.of(
          System.getProperty("ncm-xen.checkout", ".."), "test-profiles/first-host/profile.json");

  @TempDir private Path temp;

  private Path host;

  @BeforeEach
  void nameHost() {
    host = temp.resolve("host");
  }

  @Test
  @Tag("long")
  void aRunDuringUnconfigureWaitsForItsEndAndThenMakesAllAnew() throws Exception {
    requireFlock();
    assertThat(finished(command("configure"))).isZero();
    List<String> before = etc();
    try (Launched first = Launched.start(command("unconfigure", "--verbose"))) {
      first.line("reading the state of the host");
      first.signal("STOP");
      try (Launched second = Launched.start(command("configure"))) {
        assertThat(second.line("waiting for the lock"))
            .contains("held by process " + first.handle().pid());
        first.signal("CONT");
        assertThat(first.end()).as(first.text()).isZero();
        assertThat(second.end()).as(second.text()).isZero();
        assertThat(first.text()).contains("remove /etc/xen/web.example.org: done");
        assertThat(second.text()).contains("write /etc/xen/web.example.org: done");
      }
    }
    assertThat(etc()).isEqualTo(before);
  }

  @Test
  @Tag("long")
  void anUnconfigureDuringARunWithdrawsWhatThatHasMade() throws Exception {
    requireFlock();
    try (Launched first = Launched.start(command("configure", "--verbose"))) {
      first.line("reading the state of the host");
      first.signal("STOP");
      try (Launched second = Launched.start(command("unconfigure"))) {
        second.line("waiting for the lock");
        first.signal("CONT");
        assertThat(first.end()).as(first.text()).isZero();
        assertThat(second.end()).as(second.text()).isZero();
      }
    }
    assertThat(etc()).noneMatch(name -> name.contains("example.org"));
  }

  @Test
  void aRunWithAFullStandardOutputDoesItsWorkAndSaysThatItCouldNotTell() throws Exception {
    requireFull();
    Path err = temp.resolve("err");
    assertThat(
            finished(
                redirected("\"$@\" >/dev/full 2>'" + err + "'", command("configure", "--quiet"))))
        .isZero();
    assertThat(finished(redirected("\"$@\" >/dev/full 2>'" + err + "'", command("configure"))))
        .isEqualTo(74);
    assertThat(err).hasContent("[ERROR] standard output could not be written\n");
    assertThat(host.resolve("etc/xen/web.example.org")).exists();
  }

  @Test
  void aFullStandardErrorIsNoReasonToFail() throws Exception {
    requireFull();
    Path out = temp.resolve("out");
    assertThat(
            finished(
                redirected("\"$@\" 2>/dev/full >'" + out + "'", command("configure", "--json"))))
        .isZero();
    assertThat(out).content().startsWith("{\n  \"format\" : \"ncm-xen.result/1\"").endsWith("}\n");
  }

  @Test
  void aLogThatTakesNoMoreIsAWarningAndTheRunGoesOn() throws Exception {
    Path log = temp.resolve("log");
    assumeTrue(
        new ProcessBuilder("mkfifo", log.toString()).start().waitFor() == 0,
        "there is no mkfifo: a log that breaks off is not tried");
    CompletableFuture<String> reader = CompletableFuture.supplyAsync(() -> firstLine(log));
    ProcessEnvironment root = new ProcessEnvironment(ImmutableMap.of(), false, false, true, temp);
    FakeEngine services = FakeEngine.planning(SamplePlan.threeSteps());
    services.duringApply = reader::join;
    Call call = Call.withProfile(services, root, "configure", "--logfile=/log");
    assertThat(reader.join()).endsWith("-".repeat(60));
    assertThat(call.code()).isZero();
    assertThat(call.out())
        .containsOnlyOnce("[WARN] the log cannot be written, the run goes on without it: ")
        .contains("[INFO] vm1: start vm1: done\n")
        .endsWith("[WARN] 0 errors, 1 warnings executing configure\n");
  }

  @Test
  void aClockThatIsSetForthAndBackLeavesTheLinesInTheirOrder() throws Exception {
    Iterator<Instant> clock =
        List.of("2026-03-01T12:00:00Z", "2038-01-19T03:14:08Z", "1970-01-01T00:00:00Z").stream()
            .map(Instant::parse)
            .iterator();
    Path file = temp.resolve("log");
    try (RunLog log = RunLog.open(file, null, clock::next, ZoneOffset.UTC)) {
      log.line(new ReportLine(Level.INFO, "one"));
      log.line(new ReportLine(Level.INFO, "two"));
    }
    assertThat(file)
        .hasContent(
            "2026/03/01-12:00:00 "
                + "-".repeat(60)
                + "\n2038/01/19-03:14:08 [INFO] one\n1970/01/01-00:00:00 [INFO] two\n");
  }

  private static String firstLine(Path pipe) {
    try (BufferedReader reader = Files.newBufferedReader(pipe)) {
      return String.valueOf(reader.readLine());
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void requireFlock() {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/flock")),
        "there is no flock (util-linux): locks of processes are not tried");
  }

  private static void requireFull() {
    assumeTrue(Files.exists(FULL), "there is no /dev/full: not run for real");
  }

  private List<String> etc() throws IOException {
    try (var paths = Files.walk(host.resolve("etc"))) {
      return paths.map(path -> host.relativize(path).toString()).sorted().toList();
    }
  }

  private static List<String> redirected(String how, List<String> command) {
    List<String> all = new ArrayList<>(List.of("/bin/sh", "-c", how, "sh"));
    all.addAll(command);
    return all;
  }

  private static int finished(List<String> command) throws Exception {
    try (Launched run = Launched.start(command)) {
      return run.end();
    }
  }

  private List<String> command(String command, String... more) {
    List<String> all =
        Launched.command(command, "--profile", PROFILE.toString(), "--host", "simulated:" + host);
    all.addAll(List.of(more));
    return all;
  }
}
