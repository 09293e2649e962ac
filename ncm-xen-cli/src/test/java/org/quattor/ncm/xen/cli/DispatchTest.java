package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.report.SamplePlan;

/** What dispatchers expect around a run, on this host with a folder as its root. */
class DispatchTest {

  private static final String BUSY =
      ", held by process 7 (ncm-ncd --configure spma); run ncm-xen again when that process has"
          + " ended\n";

  @TempDir private Path host;

  private final FakeEngine services = FakeEngine.planning(SamplePlan.threeSteps());

  @BeforeEach
  void makeFolders() throws IOException {
    Files.createDirectories(host.resolve("etc"));
  }

  @Test
  void noQuattorIs3WithTheTextThatSomebodyLeft() throws IOException {
    Files.writeString(host.resolve("etc/noquattor"), "disk swap\nuntil noon\n");
    Call call = call("configure");
    assertThat(call.code()).isEqualTo(3);
    assertThat(call.out())
        .isEqualTo(
            "[ERROR] nothing is done, because "
                + host.resolve("etc/noquattor")
                + " exists, with the text \"disk swap\\nuntil noon\"; remove the file, or use"
                + " --force-quattor\n");
    assertThat(services.asked).isEmpty();
    assertThat(services.locks.done).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--force-quattor",
        "--force_quattor",
        "--no-check-noquattor",
        "--nocheck_noquattor",
        "--host=simulated:d"
      })
  void noQuattorCanBeOverriddenAndIsUnknownToASimulatedHost(String option) throws IOException {
    Files.createFile(host.resolve("etc/noquattor"));
    assertThat(call("configure", option).code()).isZero();
  }

  @Test
  void theLockOfNcmNcdComesFirstAndBothAreFreed() {
    assertThat(call("configure").code()).isZero();
    assertThat(services.locks.done)
        .containsExactly(
            "take ncm-ncd within 0 s", "take ncm-xen within 0 s", "free ncm-xen", "free ncm-ncd");
    assertThat(Files.isDirectory(host.resolve("var/lock/quattor"))).isTrue();
  }

  @Test
  void belowNcmNcdOnlyOurOwnLockIsTaken() {
    call("unconfigure", "--ignorelock");
    assertThat(services.locks.done).containsExactly("take ncm-xen within 0 s", "free ncm-xen");
  }

  @Test
  void aDryRunTakesNoLock() {
    assertThat(call("configure", "--noaction").code()).isZero();
    assertThat(services.locks.done).isEmpty();
  }

  @Test
  void aBusyLockIsWaitedForAndItsHolderIsNamed() {
    services.locks.busy.put("ncm-ncd", 2);
    Call call = call("configure", "--retries=3", "--timeout=7");
    assertThat(call.code()).isZero();
    assertThat(call.out())
        .startsWith(
            "[INFO] waiting for the lock "
                + host.resolve("var/lock/quattor/ncm-ncd")
                + ", held by process 7 (ncm-ncd --configure spma)\n[INFO] vm1\n");
    assertThat(services.locks.done)
        .startsWith(
            "take ncm-ncd within 0 s",
            "take ncm-ncd within 7 s",
            "take ncm-ncd within 7 s",
            "take ncm-xen within 0 s");
  }

  @Test
  void aLockThatStaysBusyIs75AndTheOtherIsFreed() {
    services.locks.busy.put("ncm-xen", 100);
    Call call = call("configure", "--retries=2", "--timeout=1");
    assertThat(call.code()).isEqualTo(75);
    assertThat(call.out())
        .endsWith(
            "[ERROR] cannot acquire lock after 3 tries (timeout 1): "
                + host.resolve("var/lock/quattor/ncm-xen")
                + BUSY);
    assertThat(services.locks.done).endsWith("free ncm-ncd");
    assertThat(services.asked).isEmpty();
  }

  @Test
  void withoutRetriesThereIsOneTry() {
    services.locks.busy.put("ncm-ncd", 1);
    assertThat(call("configure", "--retries", "0").out())
        .startsWith("[ERROR] cannot acquire lock after 1 try (timeout 30): ");
  }

  @Test
  void aForcedLockIsAWarningThatCounts() {
    services.locks.busy.put("ncm-ncd", 100);
    Call call = call("configure", "--forcelock");
    assertThat(call.code()).isZero();
    assertThat(call.out())
        .startsWith("[WARN] running without the lock ")
        .endsWith("[WARN] 0 errors, 1 warnings executing configure\n");
  }

  @Test
  void aLockFileOfTheOldStyleCountsWhileItsProcessLives() throws IOException {
    Path lock = Files.createDirectories(host.resolve("var/lock/quattor")).resolve("ncm-ncd");
    Files.writeString(lock, ProcessHandle.current().pid() + "\n");
    Call call = call("configure", "--retries=0");
    assertThat(call.code()).isEqualTo(75);
    assertThat(call.out())
        .contains("held in the old style by process " + ProcessHandle.current().pid());
    Files.writeString(lock, "999999999\n");
    assertThat(call("configure", "--retries=0").code()).isZero();
  }

  @Test
  void locksInAFolderThatAnybodyMayWriteToAreRefused() throws IOException {
    Path folder = Files.createDirectories(host.resolve("var/lock/quattor"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Call call = call("configure");
    assertThat(call.code()).isEqualTo(74);
    assertThat(call.out())
        .startsWith("[ERROR] " + folder + " is not a directory that belongs to root ");
    assertThat(services.locks.done).isEmpty();
  }

  @Test
  void theStateFileIsALineWhileTheRunGoesOnAndGoneAfterwards() throws IOException {
    List<String> seen = new ArrayList<>();
    services.duringApply = () -> seen.add(read(state()));
    assertThat(call("configure", "--state=/var/run/qc").code()).isZero();
    assertThat(seen).containsOnly("\n").isNotEmpty();
    assertThat(state()).doesNotExist();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state().getParent())))
        .isEqualTo("rwxr-xr-x");
  }

  @Test
  void theStateFileHoldsTheNumberOfErrors() {
    services.failures.put("volume:xenvg/vm1", "no space");
    assertThat(call("configure", "--state=/var/run/qc").code()).isEqualTo(1);
    assertThat(read(state())).isEqualTo("1\n");
  }

  @Test
  void theStateFileHoldsTheSentenceOfARunThatCouldNotBeDone() {
    services.trouble = () -> new Refusal(Refusal.Kind.NO_PROFILE, "p: is a folder");
    assertThat(call("configure", "--state=/var/run/qc").code()).isEqualTo(66);
    assertThat(read(state())).isEqualTo("p: is a folder\n");
  }

  @Test
  void aRunWithoutTheLockLeavesTheStateToWhoHasIt() {
    services.locks.busy.put("ncm-xen", 100);
    call("configure", "--state=/var/run/qc", "--retries=0");
    assertThat(state()).doesNotExist();
  }

  @Test
  void aRunThatASignalEndsStaysPending() {
    Interruption interruption = Interruption.none();
    Thread signal = new Thread(interruption::stop);
    services.duringApply =
        () -> {
          if (signal.getState() == Thread.State.NEW) {
            signal.start();
          }
          while (!interruption.requested()) {
            Thread.onSpinWait();
          }
        };
    Call call =
        Call.of(services, surroundings(), interruption, all("configure", "--state=/var/run/qc"));
    assertThat(call.out()).contains("[ERROR] stopped by a signal; 2 actions were not executed\n");
    assertThat(read(state())).isEqualTo("\n");
  }

  @Test
  void aDryRunTellsWhatItWouldWriteAsNcmNcdDoes() {
    assertThat(call("configure", "--noaction", "--state=/var/run/qc").out())
        .contains("[INFO] would mark state of component xen as ''\n")
        .contains(
            "[INFO] would mark state of component xen as success and remove statefile "
                + state()
                + "\n");
    assertThat(state()).doesNotExist();
  }

  @Test
  void unconfigureLeavesTheStateAlone() {
    call("unconfigure", "--state=/var/run/qc");
    assertThat(state().getParent()).doesNotExist();
  }

  @Test
  void aStateThatCannotBeWrittenEndsTheRunBeforeItBegins() throws IOException {
    Files.createDirectories(host.resolve("var"));
    Files.writeString(host.resolve("var/run"), "a file");
    Call call = call("configure", "--state=/var/run/qc");
    assertThat(call.code()).isEqualTo(74);
    assertThat(call.out()).startsWith("[ERROR] the state file " + state() + " cannot be written: ");
    assertThat(services.asked).isEmpty();
  }

  @Test
  void theLogHasEveryLineInTheFormOfCaf() {
    call("configure", "--logdir=/var/log/ncm", "--quiet");
    call("configure", "--logdir=/var/log/ncm", "--noaction");
    assertThat(read(host.resolve("var/log/ncm/component-xen.log")).lines())
        .allMatch(
            line ->
                line.matches(
                    "[0-9]{4}/[0-9]{2}/[0-9]{2}-[0-9]{2}:[0-9]{2}:[0-9]{2}"
                        + " (-{60}|\\[(INFO|OK|WARN|ERROR|VERB)\\] +\\S.*)"))
        .anyMatch(line -> line.endsWith(" [VERB] Executing command: xl list"))
        .anyMatch(line -> line.endsWith(" [OK]   0 errors, 0 warnings executing configure"))
        .filteredOn(line -> line.endsWith("-".repeat(60)))
        .hasSize(2);
  }

  @Test
  void aLogFileMayBeNamedAndNoneMeansNone() {
    call("configure", "--logdir=/var/log/ncm", "--logfile=/srv/x.txt");
    assertThat(host.resolve("srv/x.txt")).exists();
    call("configure", "--logdir=/var/log/ncm", "--logfile=none");
    assertThat(host.resolve("var/log")).doesNotExist();
  }

  @Test
  void aLogThatCannotBeWrittenIsAWarningAndTheRunGoesOn() throws IOException {
    Files.writeString(host.resolve("var"), "a file");
    Call call = call("configure", "--host=local", "--logdir=/var/log/ncm", "--noaction");
    assertThat(call.code()).isZero();
    assertThat(call.out())
        .startsWith("[WARN] this run is not logged, because ")
        .endsWith("[WARN] 0 errors, 1 warnings executing configure\n");
  }

  @Test
  void aFullDiskIsAWarningAndTheRunGoesOn() throws IOException {
    // full(4): every write fails with ENOSPC.
    assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full: not run for real");
    Path full = Files.createSymbolicLink(host.resolve("full"), Path.of("/dev/full"));
    Call call = call("configure", "--logfile=/full");
    Files.delete(full);
    assertThat(call.code()).isZero();
    assertThat(call.out())
        .startsWith("[WARN] this run is not logged, because ")
        .contains("No space");
  }

  @Test
  void withoutSummaryTheCountsAreLeftToTheDispatcher() {
    assertThat(call("configure", "--no_summary").out())
        .endsWith("[INFO] vm1: start vm1: done\n")
        .doesNotContain("executing", "executed");
  }

  @ParameterizedTest
  @CsvSource({"--state=run", "--logdir=log", "--logfile=x.log"})
  void pathsOfTheHostAreAbsolute(String option) {
    Call call = call("configure", option);
    assertThat(call.code()).isEqualTo(64);
    assertThat(call.out()).contains("expects an absolute path");
  }

  @Test
  void theArgumentsOfNcmCdispdWork() {
    Call call =
        call("--configure", "xen", "--state", "/var/run/qc", "--retries", "5", "--timeout", "7");
    assertThat(call.code()).isZero();
    assertThat(services.asked).containsExactly("plan CONFIGURE", "apply");
  }

  private Path state() {
    return host.resolve("var/run/qc/xen");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private ProcessEnvironment surroundings() {
    return new ProcessEnvironment(ImmutableMap.of(), false, false, true, host);
  }

  private static String[] all(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--profile");
    all.add(Call.profile().toString());
    return all.toArray(new String[0]);
  }

  private Call call(String... arguments) {
    return Call.of(services, surroundings(), Interruption.none(), all(arguments));
  }
}
