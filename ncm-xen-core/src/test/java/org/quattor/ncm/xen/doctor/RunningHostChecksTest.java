package org.quattor.ncm.xen.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.doctor.PreparedHost.brief;
import static org.quattor.ncm.xen.doctor.PreparedHost.expecting;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.xen.host.Toolstack;

/** What the doctor says of dom0's memory, of xendomains and of the guests' clock. */
class RunningHostChecksTest {

  @TempDir Path folder;

  private static Expectations guests(boolean independent, GuestInBrief... guests) {
    return new Expectations(null, null, independent, ImmutableList.copyOf(guests));
  }

  @Test
  void memoryThatWasBalloonedAwayIsAProblem() {
    Check check =
        PreparedHost.ofToday(folder)
            .file(XenChecks.CURRENT_MEMORY, "1433600\n")
            .check(Topic.MEMORY, expecting("2G", null));

    assertThat(brief(check))
        .isEqualTo(
            "PROBLEM dom0 has 1400 MiB: it booted with less, or the toolstack reduced it later");
    assertThat(check.fix()).isEqualTo("xl mem-set 0 2048m");
  }

  @ParameterizedTest
  @CsvSource({"off,OK", "0,OK", "auto,OK", "on,PROBLEM", "1,PROBLEM", "wibble,PROBLEM"})
  void autoballoonIsHowDom0LosesItsMemory(String value, Verdict verdict) {
    assertThat(
            PreparedHost.ofToday(folder)
                .file(XenChecks.XL_CONF, "autoballoon = \"" + value + "\"\n")
                .check(Topic.AUTOBALLOON)
                .verdict())
        .isEqualTo(verdict);
  }

  @Test
  void xendHasASettingOfItsOwn() {
    PreparedHost host = PreparedHost.ofEl7(folder).file("/etc/xen/xend-config.sxp", "# none\n");

    assertThat(underXm(host).fix())
        .isEqualTo(
            "echo '(enable-dom0-ballooning no)' >> /etc/xen/xend-config.sxp && service xend restart");
    host.file("/etc/xen/xend-config.sxp", "  (enable-dom0-ballooning  no)\n");
    assertThat(underXm(host).verdict()).isEqualTo(Verdict.OK);
  }

  private static Check underXm(PreparedHost host) {
    return Doctor.examine(host.scenario().host(), Expectations.NONE, Toolstack.XM).checks().stream()
        .filter(check -> check.id().equals(Topic.AUTOBALLOON.id()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void xendomainsHasToBeEnabledWhenAGuestStartsWithTheHost() {
    PreparedHost host = PreparedHost.ofToday(folder).without("/etc/rc3.d/S02xendomains");

    Check check = host.check(Topic.XENDOMAINS);
    assertThat(brief(check))
        .isEqualTo("PROBLEM one guest starts with the host, but xendomains is not enabled");
    assertThat(check.fix()).isEqualTo("systemctl enable xendomains");
    assertThat(host.check(Topic.XENDOMAINS, guests(true)).verdict()).isEqualTo(Verdict.OK);
  }

  @ParameterizedTest
  @CsvSource({
    "XENDOMAINS_MIGRATE=, OK",
    "# XENDOMAINS_MIGRATE=xen2, OK",
    "XENDOMAINS_MIGRATE=\"xen2 --live\", PROBLEM",
  })
  void guestsThatMigrateWhenTheHostGoesDownStartTwice(String line, Verdict verdict) {
    Check check =
        PreparedHost.ofToday(folder)
            .file("/etc/default/xendomains", line + "\n")
            .check(Topic.MIGRATION);

    assertThat(check.verdict()).isEqualTo(verdict);
    assertThat(check.fix())
        .isEqualTo(
            verdict == Verdict.OK
                ? ""
                : "sed -i 's|^ *XENDOMAINS_MIGRATE=.*|XENDOMAINS_MIGRATE=|'"
                    + " /etc/default/xendomains");
  }

  @Test
  void aMaskedUnitDoesNotStart() throws IOException {
    PreparedHost host =
        PreparedHost.ofToday(folder)
            .file("/etc/systemd/system/multi-user.target.wants/xendomains.service", "");
    Files.createSymbolicLink(
        host.scenario().path("/etc/systemd/system/xendomains.service"), Path.of("/dev/null"));

    assertThat(host.check(Topic.XENDOMAINS).fix())
        .isEqualTo("systemctl unmask xendomains && systemctl enable xendomains");
  }

  @Test
  void guestsThatAreSavedHaveToBeRestored() {
    PreparedHost host =
        PreparedHost.ofToday(folder)
            .replace("/etc/default/xendomains", "RESTORE=true", "RESTORE=false");

    Check check = host.check(Topic.SAVE_AND_RESTORE);
    assertThat(check.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(check.fix())
        .isEqualTo(
            "sed -i 's|^ *XENDOMAINS_RESTORE=.*|XENDOMAINS_RESTORE=true|' /etc/default/xendomains");
    host.replace("/etc/default/xendomains", "SAVE=/var/lib/xen/save", "SAVE=");
    assertThat(host.check(Topic.SAVE_AND_RESTORE).verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void linksElsewhereAreNotOurs() {
    assertThat(
            brief(
                PreparedHost.ofToday(folder)
                    .file("/etc/default/xendomains", "XENDOMAINS_AUTO=/srv/auto\n")
                    .check(Topic.SAVE_AND_RESTORE)))
        .isEqualTo(
            "PROBLEM XENDOMAINS_AUTO is \"/srv/auto\", but ncm-xen creates links in /etc/xen/auto");
  }

  @ParameterizedTest
  @CsvSource({
    "2.6.18-164.el5xen,false,OK",
    "2.6.18-164.el5xen,true,OK",
    "2.6.9-42.0.3.ELxenU,false,OK",
    "3.0.101-63-xen,false,OK",
    "2.6.32-5-amd64,false,PROBLEM",
    "6.1.0-18-amd64,false,PROBLEM",
    "6.1.0-18-amd64,true,OK",
    "xen,true,UNKNOWN",
    ",false,UNKNOWN"
  })
  void theClockDependsOnTheAgeOfTheKernel(String kernel, boolean independent, Verdict verdict) {
    Check check =
        PreparedHost.ofToday(folder)
            .check(Topic.WALLCLOCK, guests(independent, new GuestInBrief("web", true, kernel)));

    assertThat(check.verdict()).isEqualTo(verdict);
  }
}
