package org.quattor.ncm.xen.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quattor.ncm.xen.doctor.PreparedHost.brief;
import static org.quattor.ncm.xen.doctor.PreparedHost.expecting;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.host.HostFacts;

/** What the doctor says of a whole host, and what it does not do. */
class DoctorTest {

  @TempDir Path folder;

  @Test
  void aHostOfTodayThatIsReadyHasNoProblem() {
    PreparedHost host = PreparedHost.ofToday(folder);

    Diagnosis diagnosis = host.examined(expecting("2G", "/dev/mapper/vg0-root"));

    assertThat(diagnosis.checks())
        .extracting(Check::id, Check::verdict)
        .allMatch(
            line -> line.toList().get(1) == Verdict.OK || "XEN560".equals(line.toList().get(0)));
    assertThat(diagnosis.checks()).hasSize(Topic.values().length);
  }

  @Test
  void anOlderHostThatIsReadyHasNoProblem() {
    Diagnosis diagnosis = PreparedHost.ofEl7(folder).examined(expecting("400M", "/dev/vg00/root"));

    assertThat(diagnosis.count(Verdict.PROBLEM)).as(diagnosis.toString()).isZero();
    assertThat(diagnosis.checks()).hasSize(Topic.values().length);
  }

  @Test
  void nothingIsChanged() {
    PreparedHost host = PreparedHost.ofToday(folder);
    Map<String, String> before = host.everything();

    host.examined(expecting("4G", "/dev/sda1"));

    assertThat(host.everything()).isEqualTo(before);
  }

  @Test
  void oneExternalCommandIsEnough() {
    var host = PreparedHost.ofToday(folder).scenario().host();

    Doctor.examine(host, Expectations.NONE, null);

    assertThat(host.commands()).isEqualTo(1);
  }

  @Test
  void aHostWithNothingToReadCannotBeTold() {
    Diagnosis diagnosis = Doctor.examine(new Scenario(folder).host(), Expectations.NONE, null);

    assertThat(diagnosis.count(Verdict.PROBLEM)).isZero();
    assertThat(diagnosis.checks())
        .filteredOn(check -> check.verdict() == Verdict.UNKNOWN)
        .allMatch(check -> !check.fix().isEmpty())
        .hasSize(3);
  }

  @Test
  void aSystemThatIsNotBootedOnXenIsToldToReboot() {
    Scenario scenario =
        new Scenario(folder)
            .with(
                bare ->
                    bare.withFacts(
                        new HostFacts(bare.facts().toolstacks(), false, false, null, "xen1")));

    Check check = Doctor.examine(scenario.host(), Expectations.NONE, null).checks().get(0);

    assertThat(brief(check)).startsWith("PROBLEM Xen's tools are installed, but");
    assertThat(check.fix()).isEqualTo("reboot");
  }

  @Test
  void aSystemWithoutToolsIsToldToInstallThem() {
    Scenario scenario =
        new Scenario(folder)
            .with(
                bare ->
                    bare.withFacts(new HostFacts(ImmutableSet.of(), false, false, null, "xen1")));

    assertThat(brief(Doctor.examine(scenario.host(), Expectations.NONE, null).checks().get(0)))
        .isEqualTo("PROBLEM neither xl nor xm is installed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "400 M", "4x", "$(id)", "1;reboot", "400M\n", "99999999999999G"})
  void aSizeThatXenWouldNotTakeIsRefused(String size) {
    assertThatThrownBy(() -> expecting(size, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("such as 400M");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "root", "/etc/passwd", "/dev/sda1 init=/bin/sh", "LABEL=a'b", "/dev/|x"})
  void aRootDeviceThatIsNoneIsRefused(String device) {
    assertThatThrownBy(() -> expecting(null, device)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bytesThatAreNoMenuAreNoReasonToFail() throws IOException {
    PreparedHost host = PreparedHost.ofToday(folder);
    byte[] noise = new byte[4096];
    new java.util.Random(7).nextBytes(noise);
    for (String file :
        new String[] {
          PreparedHost.MENU, XenChecks.XL_CONF, "/etc/default/xendomains", "/proc/mounts"
        }) {
      Files.write(host.scenario().path(file), noise);
      assertThat(host.examined(expecting("2G", "/dev/sda1")).checks()).isNotEmpty();
    }
  }
}
