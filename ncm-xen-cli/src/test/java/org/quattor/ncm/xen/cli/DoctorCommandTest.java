package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.xen.doctor.Check;
import org.quattor.ncm.xen.doctor.Diagnosis;
import org.quattor.ncm.xen.doctor.Verdict;

class DoctorCommandTest {

  private final FakeEngine services = new FakeEngine();
  @TempDir private Path folder;

  private static Check check(Verdict verdict, String found, String fix) {
    return new Check("XEN555", "autoballoon", verdict, "/etc/xen/xl.conf", found, "off", fix);
  }

  @Test
  void aProblemIsToldWithItsIdItsPlaceAndTheCommandThatMendsIt() {
    services.diagnosis =
        new Diagnosis(
            ImmutableList.of(
                check(Verdict.OK, "off", ""),
                check(Verdict.PROBLEM, "autoballoon is \"on\"", "sed x"),
                check(Verdict.UNKNOWN, "cannot read it", "sudo ncm-xen doctor")));

    assertThat(Call.of(services, "doctor"))
        .isEqualTo(
            new Call(
                1,
                """
                ok       autoballoon: off
                problem  XEN555 autoballoon: /etc/xen/xl.conf: autoballoon is "on"; expected off
                         fix: sed x
                unknown  XEN555 autoballoon: /etc/xen/xl.conf: cannot read it; expected off
                         try: sudo ncm-xen doctor
                1 ok, 1 problem, 1 unknown
                """,
                ""));
  }

  @Test
  void whatCannotBeToldIsNoProblem() {
    services.diagnosis = new Diagnosis(ImmutableList.of(check(Verdict.UNKNOWN, "cannot", "")));

    assertThat(Call.of(services, "doctor").code()).isZero();
  }

  @Test
  void textOfTheHostCannotDriveTheTerminal() {
    services.diagnosis =
        new Diagnosis(ImmutableList.of(check(Verdict.PROBLEM, "\u001b[2J\nok", "a\u202eb")));

    assertThat(Call.of(services, "doctor").out())
        .contains("\\u{1b}[2J\\nok", "a\\u{202e}b")
        .doesNotContain("\u001b", "\u202e");
  }

  @Test
  void theJsonDocumentHasEveryField() {
    services.diagnosis = new Diagnosis(ImmutableList.of(check(Verdict.UNKNOWN, "why", "how")));

    assertThat(Call.of(services, "doctor", "--json").out())
        .isEqualTo(
            """
            {
              "format" : "ncm-xen.doctor/1",
              "checks" : [
                {
                  "id" : "XEN555",
                  "subject" : "autoballoon",
                  "verdict" : "unknown",
                  "path" : "/etc/xen/xl.conf",
                  "found" : "why",
                  "expected" : "off",
                  "fix" : "how"
                }
              ],
              "problems" : 0,
              "unknown" : 1
            }
            """);
  }

  @Test
  void whatIsExpectedComesFromSet() {
    Call.of(
        services,
        "doctor",
        "--set=XEN_DOM0_MEM=2G",
        "--set=XEN_DOM0_ROOT_DEVICE=LABEL=a=b",
        "--set",
        "XEN_INDEPENDENT_WALLCLOCK=true");

    assertThat(services.asked)
        .containsExactly(
            "examine without profile Expectations[dom0Memory=2G, rootDevice=LABEL=a=b,"
                + " independentWallclock=true, guests=null]");
  }

  @Test
  void whatIsExpectedComesFromTheVariablesOfTheHostToo() throws Exception {
    Path variables = folder.resolve("xen.properties");
    Files.writeString(variables, "XEN_DOM0_MEM = 512M\nXEN_VG = vg0\n");

    Call.of(services, "doctor", "--vars", variables.toString());

    assertThat(services.asked).singleElement().asString().contains("dom0Memory=512M");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "XEN_DOM0_MEM",
        "XEN_DOM0_MEM=lots",
        "XEN_DOM0_MEM=max:2G",
        "XEN_INDEPENDENT_WALLCLOCK=perhaps",
        "XEN_DOM0_ROOT_DEVICE=sda2",
        "XEN_DOM0_ROOT_DEVICE=/dev/$(id)"
      })
  void aWrongSettingIsUsage(String setting) {
    Call call = Call.of(services, "doctor", "--set", setting);

    assertThat(call.code()).isEqualTo(64);
    assertThat(call.err()).contains(setting.replaceFirst("=.*", ""));
    assertThat(services.asked).isEmpty();
  }

  @Test
  void aSimulatedHostIsExaminedInItsFolderAndNotMade() {
    Path host = folder.resolve("host");

    Call call = Call.of(Services.xen(), "doctor", "--host", "simulated:" + host);

    assertThat(call.code()).isZero();
    assertThat(call.out())
        .startsWith("ok       Xen: booted as dom0 on Xen 4.17\n")
        .endsWith("5 ok, 0 problems, 3 unknown\n");
    assertThat(Files.exists(host)).isFalse();
  }

  @Test
  void theGuestsOfAProfileCount() throws Exception {
    Path profile = folder.resolve("host.json");
    Files.writeString(
        profile,
        """
        {"software": {"components": {"xen": {"active": true, "dispatch": true,
          "domains": {"web": {"auto": true, "options": {"name": "web", "memory": 128,
            "kernel": "/boot/vmlinuz-2.6.18-xenU"}}}}}}}
        """);

    Call call =
        Call.of(
            Services.xen(),
            "doctor",
            "--profile",
            profile.toString(),
            "--host",
            "simulated:" + folder.resolve("host"));

    assertThat(call.code()).isEqualTo(1);
    assertThat(call.out())
        .contains("one guest starts with the host, but xendomains is not installed")
        .contains("clocks of guests: web: the clock of dom0");
  }
}
