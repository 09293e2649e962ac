package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.XenComponent;
import org.quattor.ncm.xen.host.XenHost;

/** A guest that may exist in another form is not started: real files, and {@code /proc} as such. */
class SecondInstanceTest {

  private static final String HEAD =
      "Name ID Mem VCPUs State Time(s)\nDomain-0 0 2048 4 r----- 9.5\n";

  @TempDir Path root;

  @BeforeEach
  void aHostOnWhichNothingRuns() throws Exception {
    put("proc/xen/capabilities", "control_d\n");
    put("proc/sys/kernel/hostname", "xen1.example.org\n");
    put("boot/k", "");
    put("etc/xen/auto/.keep", "");
    domains("");
  }

  private void put(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void domains(String more) throws Exception {
    put("xl-list", HEAD + more);
    StandIn.script(
        root.resolve("bin"),
        "xl",
        "#!/bin/sh\n[ \"$2\" = -l ] && { echo '[]'; exit 0; }\nexec /bin/cat '"
            + root.resolve("xl-list")
            + "'\n");
  }

  private ComponentPlan plan() throws Exception {
    XenHost host = new Answers(root).host(Timing.SYSTEM);
    return new XenComponent()
        .plan(
            Intent.CONFIGURE,
            ComponentContext.builder(
                    Scenario.domains(
                        """
                        {"web": {"options": {"name": "www", "memory": 64, "kernel": "/boot/k"}},
                         "db": {"options": {"name": "db", "memory": 64, "kernel": "/boot/k"}}}
                        """))
                .operations(XenHost.class, host)
                .build());
  }

  private List<String> starts() throws Exception {
    return plan().actions().stream()
        .map(action -> action.summary())
        .filter(summary -> summary.startsWith("start domain "))
        .toList();
  }

  private List<String> errors() throws Exception {
    return plan().findings().stream()
        .filter(finding -> finding.id().startsWith("XEN35") && !finding.id().equals("XEN353"))
        .map(Finding::id)
        .toList();
  }

  @Test
  void whatExistsNowhereElseIsStarted() throws Exception {
    assertThat(starts()).containsExactly("start domain db", "start domain www");
  }

  @ParameterizedTest
  @ValueSource(strings = {"www--incoming", "www--migratedaway", "migrating-www"})
  void aGuestOnItsWayIsNotStarted(String domain) throws Exception {
    domains(domain + " 5 512 1 --p--- 1.0\n");

    assertThat(starts()).containsExactly("start domain db");
    assertThat(errors()).containsExactly("XEN355");
  }

  @ParameterizedTest
  @ValueSource(strings = {"xl migrate www xen2", "xl save www /srv/www", "xl -v sav www /srv/www"})
  void aGuestThatAProcessTakesAwayIsNotStarted(String commandLine) throws Exception {
    put("proc/40/cmdline", commandLine.replace(' ', '\0') + "\0");

    assertThat(starts()).containsExactly("start domain db");
    assertThat(errors()).containsExactly("XEN356");
  }

  /** xl takes the number of a domain too, and keeps it when the domain gets another name. */
  @Test
  void aGuestThatAProcessTakesAwayByNumberIsNotStarted() throws Exception {
    put("proc/40/cmdline", "xl\0migrate\0" + "5\0xen2\0");
    assertThat(starts()).isEmpty();
    assertThat(errors()).containsExactly("XEN358");

    domains("other 5 512 1 -b---- 1.0\n");
    assertThat(starts()).hasSize(2);
  }

  @Test
  void whileAnyGuestArrivesNoneIsStarted() throws Exception {
    put("proc/40/cmdline", "xl\0migrate-receive\0");

    assertThat(starts()).isEmpty();
    assertThat(errors()).containsExactly("XEN358");
    assertThat(plan().complete()).isFalse();
  }

  @Test
  void theMonitorOfAGuestThatArrivedLongAgoKeepsNobodyBack() throws Exception {
    put("proc/40/cmdline", "xl\0migrate-receive\0");
    Files.createDirectories(root.resolve("proc/40/fd"));
    Files.createSymbolicLink(
        root.resolve("proc/40/fd/1"), Path.of("/var/log/xen/xl-mail--incoming.log"));
    domains("mail 5 512 1 -b---- 1.0\n");

    assertThat(starts()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "var/lib/xen/save/www,",
    "var/lib/xen/save/web,",
    "srv/save/www,XENDOMAINS_SAVE=/srv/save",
    "srv/save/www,export XENDOMAINS_SAVE=\"/srv/save/\"  # here",
    "var/lib/xen/save/www,XENDOMAINS_SAVE=",
    "var/lib/xen/save/www.save,",
    "var/lib/xen/save/web-2024-01-31,",
    "srv/save/www,': ${XENDOMAINS_SAVE:=/srv/save}'",
    "srv/save/www,A=1 XENDOMAINS_SAVE=/srv/save",
    "srv/save/www,export B XENDOMAINS_SAVE='/srv/save'",
    "srv/save/www,'if true; then XENDOMAINS_SAVE=/srv/save; fi'",
    "srv/save/www,XENDOMAINS_SAVE=/srv/save;export XENDOMAINS_SAVE",
    "srv/save/www,'XENDOMAINS_SAVE=\\\n/srv/save'",
    "srv/save/www,'XENDOMAINS_SAVE=/srv/save\nXENDOMAINS_SAVE=/srv/other'",
    "srv/save/www,. /etc/site-xendomains",
  })
  void aSavedGuestIsNotStarted(String file, String setting) throws Exception {
    put(file, "Xen saved domain, xl format");
    if (setting != null) {
      put("etc/sysconfig/xendomains", setting.translateEscapes() + "\n");
    }
    put("etc/site-xendomains", "XENDOMAINS_SAVE=/srv/save\n");

    assertThat(starts()).containsExactly("start domain db");
    assertThat(plan().findings())
        .filteredOn(finding -> finding.id().equals("XEN357"))
        .extracting(Finding::found)
        .containsExactly("/" + file + " holds the saved guest");
  }

  /** The settings are data: they are never given to a shell. */
  @ParameterizedTest
  @ValueSource(strings = {"$HOME/save", "`pwd`", "save", "~root", "$(touch /tmp/no)"})
  void aFolderThatOnlyAShellKnowsKeepsAllBack(String value) throws Exception {
    put("etc/default/xendomains", "XENDOMAINS_SAVE=\"" + value + "\"\n");

    assertThat(starts()).isEmpty();
    assertThat(errors()).containsExactly("XEN358");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "XENDOMAINS_SAVE=\"/srv\"/save",
        "XENDOMAINS_SAVE+=/save",
        "XENDOMAINS_SAVE=/srv/save$(hostname)",
        ". \"$SITE\""
      })
  void aSettingThatOnlyAShellUnderstandsKeepsAllBack(String line) throws Exception {
    put("etc/default/xendomains", line + "\n");

    assertThat(starts()).isEmpty();
    assertThat(errors()).containsExactly("XEN358");
  }

  /** Debian's own file, in short, and what administrators add to it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "# XENDOMAINS_SAVE=$HOME may be set here.",
        "XENDOMAINS_MIGRATE=\"\" # instead of XENDOMAINS_SAVE=`pwd`",
        "XENDOMAINS_SAVE=/srv/save\nmkdir -p \"$XENDOMAINS_SAVE\"\nexport XENDOMAINS_SAVE",
        "MY_XENDOMAINS_SAVE=$HOME",
        "XENDOMAINS_STOP_MAXWAIT=300 # seconds. /etc is not read",
        "XENDOMAINS_AUTO_ONLY=\"false\""
      })
  void otherLinesKeepNothingBack(String lines) throws Exception {
    put("etc/default/xendomains", lines + "\n");
    put("var/lib/xen/save/mail", "of a guest that is not declared");

    assertThat(starts()).hasSize(2);
  }

  @Test
  void aFolderThatCannotBeListedKeepsAllBack() throws Exception {
    put("var/lib/xen/save", "no folder");

    assertThat(starts()).isEmpty();
    assertThat(errors()).containsExactly("XEN358");
  }

  @Test
  void aFolderOfSavedGuestsMayBeALink() throws Exception {
    put("srv/elsewhere/www", "");
    Files.createDirectories(root.resolve("var/lib/xen"));
    Files.createSymbolicLink(root.resolve("var/lib/xen/save"), root.resolve("srv/elsewhere"));

    assertThat(starts()).containsExactly("start domain db");
  }

  /** The other host may be making the image, or have the guest running on it. */
  @ParameterizedTest
  @CsvSource({"web, xen2.example.org", "web, 192.0.2.7", "web, localhost", "www, xen2"})
  void noDiskOfAGuestOfAnotherHostIsMadeOrExtended(String mapped, String hypervisor)
      throws Exception {
    put("srv/there.img", "short");
    String disks =
        """
        [{"type": "file", "path": "/srv/there.img", "guestdevice": "xvda", "rw": "w", "size": 64,
          "grow": true},
         {"type": "file", "path": "/srv/missing.img", "guestdevice": "xvdb", "rw": "w", "size": 64}]
        """;
    ComponentPlan plan =
        new XenComponent()
            .plan(
                Intent.CONFIGURE,
                ComponentContext.builder(
                        Scenario.profile(
                            """
                            {"active": true, "dispatch": true, "create_filesystems": true,
                             "create_domains": true,
                             "guest_map": {"%s": {"active": true, "dispatch": true,
                               "guest_mac": "00:16:3e:00:00:01", "hypervisor_name": "%s"}},
                             "domains": {"web": {"options": {"name": "www", "memory": 64,
                               "kernel": "/boot/k", "disk": %s}}}}
                            """
                                .formatted(mapped, hypervisor, disks)))
                    .operations(XenHost.class, new Answers(root).host(Timing.SYSTEM))
                    .build());

    assertThat(plan.actions()).isEmpty();
  }
}
