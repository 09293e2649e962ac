package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.host.DomainTransfer;
import org.quattor.ncm.xen.host.DomainTransfer.Kind;
import org.quattor.ncm.xen.host.HostDomains;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.Toolstack;

class ToolstackTest {

  @TempDir Path temp;

  /** Time that passes only in pauses. */
  private static final class TestTiming implements Timing {
    private Duration now = Duration.ofHours(1);

    @Override
    public Duration now() {
      return now;
    }

    @Override
    public void pause(Duration length) {
      now = now.plus(length);
    }
  }

  @Test
  void aRealTableIsRead() throws Exception {
    assertThat(DomainTable.parse("xl list", Answers.recorded("xl-list-4.17.7.txt")))
        .containsExactly(
            new DomainState("Domain-0", 0, Activity.RUNNING),
            new DomainState("vm1", 4, Activity.RUNNING));
  }

  @Test
  void everyStateOfXlIsRead() throws Exception {
    assertThat(DomainTable.parse("xl list", Answers.recorded("xl-list-4.17.txt")))
        .containsExactly(
            new DomainState("Domain-0", 0, Activity.RUNNING),
            new DomainState("vm1.example.org", 1, Activity.RUNNING),
            new DomainState("between", 2, Activity.RUNNING),
            new DomainState("paused", 3, Activity.PAUSED),
            new DomainState("shut", 4, Activity.SHUT_DOWN),
            new DomainState("crashed", 5, Activity.CRASHED),
            new DomainState("(null)", 6, Activity.DYING),
            new DomainState("two words", 7, Activity.RUNNING),
            new DomainState(
                "a-name-that-is-longer-than-the-forty-columns-of-the-table", 8, Activity.RUNNING));
  }

  @Test
  void whatXmOnlyKnowsDoesNotRun() throws Exception {
    assertThat(DomainTable.parse("xm list", Answers.recorded("xm-list-4.1.txt")))
        .extracting(DomainState::name)
        .containsExactly("Domain-0", "vm1.example.org");
  }

  @Test
  void aTableThatIsNotUnderstoodIsNoEmptyHost() throws Exception {
    String table = Answers.recorded("xl-list-4.17.txt");
    assertThatThrownBy(() -> DomainTable.parse("xl list", ""))
        .isInstanceOf(HostFailure.class)
        .hasMessage("xl list did not answer with a table of domains");
    assertThatThrownBy(() -> DomainTable.parse("xl list", "libxl: warning: old\n" + table))
        .hasMessage(
            "xl list did not answer with a table of domains, but began with \"libxl: warning: old\"");
    assertThatThrownBy(() -> DomainTable.parse("xl list", table + "vm9 \u001b[1m what\n"))
        .hasMessage("xl list answered a line that is not understood: vm9 \\u{1b}[1m what");
    assertThatThrownBy(
            () -> DomainTable.parse("xl list", table.lines().findFirst().orElseThrow() + "\n"))
        .hasMessage("xl list answered a table without the host itself (ID 0)");
    assertThatThrownBy(() -> DomainTable.parse("xl list", Answers.recorded("xm-list-4.1.txt")))
        .hasMessageStartingWith("xl list answered a line that is not understood: known only");
  }

  /** As a pipe gives it whose writer was killed. */
  @Test
  void aTableThatIsCutOffAnywhereIsNoShorterTable() throws Exception {
    String table = Answers.recorded("xl-list-4.17.txt");
    for (int end = 0; end < table.length(); end++) {
      String cut = table.substring(0, end);
      if (!cut.endsWith("\n")) {
        assertThatThrownBy(() -> DomainTable.parse("xl list", cut)).isInstanceOf(HostFailure.class);
      }
    }
    assertThatThrownBy(() -> DomainTable.parse("xl list", table + "vm9    9   512     1"))
        .hasMessage(
            "xl list answered a table that is cut off at its end: \"vm9    9   512     1\"");
    assertThatThrownBy(() -> DomainTable.parse("xl list", table + "vm9    9   512     1\n"))
        .hasMessage("xl list answered a line that is not understood: vm9    9   512     1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "paused     11   512     1     -b----  1.0",
        "another     3   512     1     -b----  1.0",
        "Domain-1    0   512     1     -b----  1.0"
      })
  void twoDomainsOfOneNameOrNumberAreNotUnderstood(String line) throws Exception {
    String table = Answers.recorded("xl-list-4.17.txt") + line + "\n";
    assertThatThrownBy(() -> DomainTable.parse("xl list", table))
        .hasMessage("xl list answered a name or a number twice: " + line);
  }

  @Test
  void severalDomainsMayHaveLostTheirName() throws Exception {
    String more = "(null)     9   0     1     --ps-d  1.0\n";
    assertThat(DomainTable.parse("xl list", Answers.recorded("xl-list-4.17.txt") + more))
        .contains(new DomainState("(null)", 9, Activity.DYING));
  }

  /** Seen with Xen 4.17 while pygrub asks which entry to boot. */
  @Test
  void aDomainWhoseBootloaderRunsIsBeingBuilt() throws Exception {
    String more = "new     9     0     1     --p---       0.0\n";
    assertThat(DomainTable.parse("xl list", Answers.recorded("xl-list-4.17.txt") + more))
        .contains(new DomainState("new", 9, Activity.BUILDING));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", " ", "1 ", "1.0", "-", "\r", "\t1"})
  void longLinesAreReadAtOnce(String unit) throws Exception {
    String line = "vm" + unit.repeat(100_000 / unit.length());
    for (String command : new String[] {"xl list", "xm list"}) {
      assertThatThrownBy(
              () ->
                  DomainTable.parse(command, Answers.recorded("xl-list-4.17.txt") + line + " x\n"))
          .isInstanceOf(HostFailure.class);
    }
  }

  @Test
  void xlTellsUuidsInJson() throws Exception {
    Answers answers =
        new Answers(temp).answer("xl", Answers.recorded("xl-list-l-4.17-by-hand.json"), 0);
    assertThat(answers.host(Timing.SYSTEM).domains(Toolstack.XL).configurations())
        .hasEntrySatisfying(
            "vm1.example.org",
            domain -> assertThat(domain.uuid()).isEqualTo("6ca04c19-25fe-408f-bb87-502d140a7260"));
    assertThat(answers.heard()).containsExactly("xl list -l");
    HostDomains broken =
        new Answers(temp)
            .answer("xl", "[{\"domid\": 1,", 0)
            .host(Timing.SYSTEM)
            .domains(Toolstack.XL);
    assertThatThrownBy(broken::configurations)
        .isInstanceOf(HostFailure.class)
        .hasMessageStartingWith("the output of xl list -l is not JSON: line 1, column ");
  }

  @Test
  void xmTellsUuidsInExpressions() throws Exception {
    Answers answers = new Answers(temp).answer("xm", Answers.recorded("xm-list-l-4.1.txt"), 0);
    HostDomains domains = answers.host(Timing.SYSTEM).domains(Toolstack.XM);
    assertThat(domains.configurations())
        .hasEntrySatisfying(
            "vm1.example.org",
            domain -> assertThat(domain.uuid()).isEqualTo("6ca04c19-25fe-408f-bb87-502d140a7260"));
    assertThat(domains.watched()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "'", "\"", "(a ", "x'", "\\"})
  void longExpressionsEndAtOnce(String unit) {
    String text = unit.repeat(100_000);
    try {
      assertThat(SExpressions.parse("it", text)).isNotEmpty();
    } catch (HostFailure e) {
      assertThat(e).hasMessageStartingWith("it is not understood from character ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"(domain (domid 1)", "(a))", "(a 'b)", "(a \"b\\"})
  void brokenExpressionsAreNoEmptyHost(String text) {
    assertThatThrownBy(() -> SExpressions.parse("it", text))
        .isInstanceOf(HostFailure.class)
        .hasMessageMatching("it is not understood from character \\d+ on");
  }

  @Test
  void monitorProcessesTellWhomTheyWatch() throws Exception {
    Answers answers = new Answers(temp);
    LinuxHost host = answers.host(Timing.SYSTEM);
    process(7, "/usr/lib/xen-4.17/bin/xl\0create\0/etc/xen/vm1\0");
    process(8, "xl\0create\0-q\0/etc/xen/vm2\0");
    process(9, "/usr/sbin/xl\0restore\0/var/lib/xen/save/vm3\0");
    process(10, "vi\0create\0/etc/xen/vm4\0");
    process(11, "/usr/sbin/xl\0list\0-l\0");
    process(12, "");
    process(13, "/usr/sbin/xl\0create\0-c\0/etc/xen/vm5.cfg\0memory=512\0name += \"x\"\0");
    Files.createDirectories(temp.resolve("proc/self"));
    assertThat(host.domains(Toolstack.XL).watched())
        .containsExactly("vm1", "vm2", "vm3", "vm5.cfg");
    assertThat(host.commands()).isZero();
  }

  /** xl_migrate.c: the monitor of a domain that came keeps the command line of its reception. */
  @Test
  void theMonitorOfAReceivedDomainIsKnownByItsLog() throws Exception {
    HostDomains domains = new Answers(temp).host(Timing.SYSTEM).domains(Toolstack.XL);
    process(7, "/usr/lib/xen-4.17/bin/xl\0migrate-receive\0");
    log(7, "/var/log/xen/xl-web--incoming.log");
    process(8, "xl\0migrate-receive\0-e\0");
    log(8, "/var/log/xen/xl-db.example.org--incoming.log.1 (deleted)");

    assertThat(domains.watched()).containsExactly("db.example.org", "web");
    assertThat(domains.transfers()).isEmpty();
  }

  @Test
  void aReceptionIsTold() throws Exception {
    HostDomains domains = new Answers(temp).host(Timing.SYSTEM).domains(Toolstack.XL);
    process(7, "xl\0-vvv\0migrate-receive\0");
    log(7, "pipe:[12345]");
    Files.writeString(temp.resolve("proc/7/stat"), "7 (xl) S 6 7 7 0 -1 4194304");

    assertThat(domains.transfers()).containsExactly(new DomainTransfer(Kind.RECEIVE, ""));
    assertThat(domains.watched()).isEmpty();
  }

  /** Its output may have been sent elsewhere; it has left sshd all the same. */
  @Test
  void aDaemonThatReceivedIsAMonitorOfSomeDomain() throws Exception {
    HostDomains domains = new Answers(temp).host(Timing.SYSTEM).domains(Toolstack.XL);
    process(7, "xl\0migrate-receive\0");
    Files.writeString(temp.resolve("proc/7/stat"), "7 (xl) (x)) S 1 7 7 0 -1 4194304");

    assertThat(domains.watched()).containsExactly("migrate-receive");
    assertThat(domains.transfers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "xl migrate web xen2 | SEND web",
        "/usr/sbin/xl -vvv migrate --debug web xen2 | SEND web",
        "xl save -c web /srv/web.save | SAVE web",
        "xl sa 7 /srv/x | SAVE 7",
        "xl remus web xen2 | SEND web",
        "/usr/bin/python /usr/sbin/xm migrate --live web xen2 | SEND web",
      })
  void whatLeavesIsTold(String commandLine, String expected) throws Exception {
    LinuxHost host = new Answers(temp).host(Timing.SYSTEM);
    process(7, String.join("\0", commandLine.split(" ")) + "\0");
    process(8, "ssh\0xen2\0xl\0migrate-receive\0");
    process(9, "xl\0migrate\0");

    for (Toolstack toolstack : Toolstack.values()) {
      assertThat(host.domains(toolstack).transfers())
          .extracting(transfer -> transfer.kind() + " " + transfer.domain())
          .contains(expected)
          .noneMatch(transfer -> transfer.startsWith("RECEIVE"));
    }
    assertThat(host.commands()).isZero();
  }

  private void log(int id, String target) throws Exception {
    Path folder = Files.createDirectories(temp.resolve("proc/" + id + "/fd"));
    Files.createSymbolicLink(folder.resolve("1"), Path.of(target));
  }

  private void process(int id, String commandLine) throws Exception {
    Path folder = Files.createDirectories(temp.resolve("proc/" + id));
    Files.writeString(folder.resolve("cmdline"), commandLine);
  }

  @Test
  void theCommandLinesAreThese() throws Exception {
    for (Toolstack toolstack : Toolstack.values()) {
      Answers answers =
          new Answers(temp)
              .answer(
                  toolstack.command(),
                  Answers.recorded("xm-list-4.1.txt").replaceAll("(?m)^(known|susp).*\n", ""),
                  0);
      HostDomains domains = answers.host(new TestTiming()).domains(toolstack);
      domains.list();
      domains.start("/etc/xen/vm2");
      domains.shutdown("-vm2", Duration.ofSeconds(2));
      String xl = toolstack.command();
      assertThat(answers.heard())
          .containsExactly(
              xl + " list",
              "setsid " + xl + " create " + temp + "/etc/xen/vm2",
              xl + " shutdown -- -vm2",
              xl + " list");
    }
  }

  @Test
  void aGuestFileIsAnAbsolutePath() throws Exception {
    HostDomains domains = new Answers(temp).host(Timing.SYSTEM).domains(Toolstack.XL);
    assertThatThrownBy(() -> domains.start("-c"))
        .hasMessage("not an absolute path without . and .. steps: -c");
    assertThatThrownBy(() -> domains.start("/etc/xen/vm1"))
        .hasMessageStartingWith("cannot run xl: it is not installed");
  }

  @Test
  void aDomainThatDoesNotListenIsLeftAsItIs() throws Exception {
    Answers answers = new Answers(temp).answer("xl", Answers.recorded("xl-list-4.17.txt"), 0);
    HostDomains domains = answers.host(new TestTiming()).domains(Toolstack.XL);
    assertThatThrownBy(() -> domains.shutdown("paused", Duration.ofSeconds(3)))
        .isInstanceOf(HostFailure.class)
        .hasMessage(
            "domain paused did not shut down within 3 s: it is paused; its kernel may not listen to"
                + " the toolstack. It was left as it is");
    assertThat(answers.heard())
        .containsExactly("xl shutdown -- paused", "xl list", "xl list", "xl list", "xl list");
  }
}
