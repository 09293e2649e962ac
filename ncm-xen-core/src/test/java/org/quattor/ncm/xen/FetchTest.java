package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.host.DiskIdentity;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.report.JsonReport;

/** What guests have fetched, when, and what becomes of them when it cannot be. */
class FetchTest {

  private static final String OLD = "1".repeat(64);
  private static final String NEW = "2".repeat(64);
  private static final String URL = "https://boot.example.org/k";
  private static final String PLACE = "/srv/boot/k";

  @TempDir Path folder;

  private static String guest(String name, String fetch, String options) {
    return """
        "%s": {"auto": true, %s "options": {"name": "%s", "memory": 64, %s "kernel": "%s"}}"""
        .formatted(name, fetch, name, options, PLACE);
  }

  private static String fetch(String url, String sha256) {
    return "\"fetch\": [{\"url\": \"%s\", \"path\": \"%s\", \"sha256\": \"%s\"}],"
        .formatted(url, PLACE, sha256);
  }

  private static Profile guests(String... guests) {
    return Scenario.domains("{" + String.join(", ", guests) + "}");
  }

  private static Profile web(String sha256) {
    return guests(guest("web", fetch(URL, sha256), ""));
  }

  private Scenario host() {
    return new Scenario(folder).with(bare -> bare.withUrl(URL, OLD));
  }

  private static void end(Scenario host, String domain) {
    try {
      host.host().domains(Toolstack.XL).shutdown(domain, Duration.ofSeconds(9));
    } catch (HostFailure e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theFileComesBeforeAllThatNeedsIt() {
    Scenario host = host();
    ComponentPlan plan = host.plan(web(OLD));
    assertThat(plan.actions())
        .extracting(PlannedAction::id, action -> action.dependsOn().contains("fetch-file:" + PLACE))
        .containsExactly(
            tuple("fetch-file:" + PLACE, false),
            tuple("write-file:/etc/xen/web", true),
            tuple("create-link:/etc/xen/auto/web", true),
            tuple("start-domain:web", true));

    ComponentResult result = host.configure(web(OLD));

    assertThat(result.errors()).isZero();
    assertThat(result.commands()).isLessThanOrEqualTo(3);
    host.assertConverged(web(OLD));
  }

  @Test
  void aFileThatTwoGuestsShareIsFetchedAndLookedAtOnce() throws Exception {
    Scenario host = host();
    Profile profile = guests(guest("one", fetch(URL, OLD), ""), guest("two", fetch(URL, OLD), ""));
    assertThat(Scenario.actions(host.configure(profile), Outcome.DONE))
        .filteredOn(summary -> summary.startsWith("fetch"))
        .containsExactly("fetch " + PLACE + " from " + URL);

    AtomicInteger digests = new AtomicInteger();
    host.answering(
        "sha256",
        () -> {
          digests.incrementAndGet();
          return OLD;
        });
    ComponentPlan plan = host.plan(profile);
    assertThat(plan.actions()).isEmpty();
    assertThat(digests).hasValue(1);
  }

  @Test
  void whatCannotBeFetchedCostsItsOwnGuestsOnly() {
    Scenario host = host();
    Profile profile =
        guests(
            guest("lost", fetch("https://boot.example.org/none", OLD), ""),
            guest("other", "", "\"root\": \"/dev/xvda1\","));
    ComponentResult result = host.configure(profile);
    assertThat(Scenario.actions(result, Outcome.FAILED))
        .containsExactly("fetch " + PLACE + " from https://boot.example.org/none");
    assertThat(Scenario.actions(result, Outcome.SKIPPED))
        .containsExactly(
            "write /etc/xen/lost", "link /etc/xen/auto/lost to /etc/xen/lost", "start domain lost");
    assertThat(host.host().spec().domains()).containsOnlyKeys("other");
    assertThat(result.errors()).isEqualTo(1);
  }

  @Test
  void aGuestIsNotStartedWithAnOlderFileThanDeclared() {
    Scenario host = host();
    host.configure(web(OLD));
    end(host, "web");
    String before = host.read(PLACE);

    ComponentResult result = host.configure(web(NEW));

    assertThat(result.actions())
        .extracting(done -> done.action().summary(), done -> done.outcome(), done -> done.cause())
        .containsExactly(
            tuple(
                "fetch " + PLACE + " from " + URL,
                Outcome.FAILED,
                "cannot fetch %s from %s: what the server sent has the SHA-256 digest %s, and %s is"
                        .formatted(PLACE, URL, OLD, NEW)
                    + " declared; the old file stays, although its sha256 is not the declared one"),
            tuple(
                "start domain web",
                Outcome.SKIPPED,
                "fetch " + PLACE + " from " + URL + " failed"));
    assertThat(host.read(PLACE)).isEqualTo(before);

    host.change(now -> now.withUrl(URL, NEW));
    assertThat(host.configure(web(NEW)).errors()).isZero();
    assertThat(host.read(PLACE)).contains(NEW);
    host.assertConverged(web(NEW));
  }

  @ParameterizedTest
  @CsvSource({"kernel, NEXT_REBOOT", "ramdisk, NEXT_REBOOT", "nothing of the kind, NONE"})
  void aRunningGuestGetsItsNewKernelAtItsReboot(String use, Impact impact) {
    Scenario host = host();
    String disk =
        """
        "ramdisk": "/boot/r", "disk": [{"type": "file", "path": "/srv/xen/web.img", "size": 1,
          "guestdevice": "xvda", "rw": "w"}],""";
    String options = use.equals("ramdisk") ? disk.replace("/boot/r", PLACE) : disk;
    String kernel = use.equals("kernel") ? PLACE : "/boot/k";
    String web = guest("web", "%s", options).replace("\"" + PLACE + "\"}", "\"" + kernel + "\"}");
    host.configure(guests(web.formatted(fetch(URL, OLD))));

    assertThat(host.plan(guests(web.formatted(fetch(URL, NEW)))).actions())
        .extracting(PlannedAction::summary, PlannedAction::reason, PlannedAction::impact)
        .containsExactly(
            tuple(
                "fetch " + PLACE + " from " + URL,
                "its content is not what sha256 declares",
                impact));
  }

  @Test
  void fetchBringsWhatDownloadPromised() {
    String download = "\"download\": [\"wget it\"],";
    String missing = "XEN343 /software/components/xen/domains/web/options";
    assertThat(Scenario.findings(host().plan(guests(guest("web", "", download)))))
        .contains(missing);
    Scenario downloaded = host().file(PLACE, "a kernel");
    assertThat(Scenario.findings(downloaded.plan(guests(guest("web", "", download)))))
        .isNotEmpty()
        .doesNotContain(missing);
    assertThat(host().plan(guests(guest("web", fetch(URL, OLD), download))).findings())
        .extracting(Finding::id, Finding::hint)
        .containsExactly(
            tuple("XEN112", "declare the files in fetch of the domain, and remove download"));
  }

  @Test
  void whatAnInterruptedRunLeftIsRemoved() throws Exception {
    Scenario host = host();
    host.configure(web(OLD));
    host.file("/srv/boot/.k.ncm-xen.tmp", "half");
    assertThat(Scenario.actions(host.configure(web(OLD)), Outcome.DONE))
        .containsExactly("remove /srv/boot/.k.ncm-xen.tmp");
    assertThat(host.path("/srv/boot/.k.ncm-xen.tmp")).doesNotExist();
  }

  @Test
  void aLinkAtThePlaceIsLeftAloneAndSaid() throws Exception {
    Scenario host = host().file("/srv/boot/real", "kernel");
    Files.createSymbolicLink(host.path(PLACE), Path.of("real"));
    ComponentResult result = host.configure(web(OLD));
    assertThat(result.plan().findings())
        .extracting(Finding::id, Finding::found)
        .contains(tuple("XEN156", PLACE + " is a symbolic link"));
    assertThat(host.host().spec().domains()).isEmpty();
    assertThat(host.path(PLACE)).isSymbolicLink();
  }

  @Test
  void theDataOfAGuestIsNeverReplaced() throws Exception {
    String disk =
        "\"disk\": [{\"type\": \"file\", \"path\": \"/srv/xen/web.img\", \"size\": 1,"
            + " \"guestdevice\": \"xvda\", \"rw\": \"w\"}],";
    Scenario host = host();
    host.configure(guests(guest("web", "", disk)));
    Profile otherName =
        guests(
            guest("other", fetch(URL, OLD).replace(PLACE, "/srv/xen/web.img"), ""),
            guest("web", "", ""));
    assertThat(host.plan(otherName).findings())
        .extracting(Finding::id, Finding::found)
        .contains(
            tuple(
                "XEN157", "/srv/xen/web.img is not replaced, because running domain web uses it"));

    end(host, "web");
    ComponentPlan plan = host.plan(otherName);
    assertThat(plan.findings())
        .extracting(Finding::id, Finding::found)
        .contains(tuple("XEN157", "/srv/xen/web.img is an image that ncm-xen created"));
    assertThat(plan.actions()).noneMatch(action -> action.type().equals("fetch-file"));

    Profile disks = guests(guest("web", fetch(URL, OLD), disk));
    host.file(PLACE, "data");
    ComponentPlan same =
        host.answering("identity", () -> new DiskIdentity("file 1:1:1", Set.of())).plan(disks);
    assertThat(same.findings())
        .extracting(Finding::id, Finding::found)
        .contains(
            tuple(
                "XEN157",
                PLACE
                    + " is not replaced, because it is the disk /software/components/xen/domains/web/options/disk/0"));
    assertThat(same.actions()).noneMatch(action -> action.type().equals("fetch-file"));
  }

  @Test
  void whatDom0UsesIsNotReplaced() throws Exception {
    Scenario host = host().file(PLACE, "data");
    assertThat(host.answering("users", () -> List.of("loop0")).plan(web(OLD)).findings())
        .extracting(Finding::id, Finding::found)
        .contains(tuple("XEN157", PLACE + " is used in dom0: loop0"));

    assertThat(host.failing("users", "an I/O error").plan(web(OLD)).findings())
        .extracting(Finding::id, Finding::found)
        .contains(tuple("XEN157", "whether dom0 uses " + PLACE + " is unknown: an I/O error"));
  }

  @Test
  void whatCannotBeLookedAtIsNotFetched() throws Exception {
    Scenario host = host().file(PLACE, "kernel");
    ComponentPlan plan = host.failing("sha256", "an I/O error").plan(web(OLD));
    assertThat(plan.complete()).isFalse();
    assertThat(plan.findings())
        .extracting(Finding::id, Finding::found)
        .contains(tuple("XEN155", "an I/O error"));
    assertThat(plan.actions()).noneMatch(action -> action.type().equals("fetch-file"));
  }

  @Test
  void aRunThatIsEndedLeavesNothingHalf() {
    Scenario host = host();
    AtomicInteger asked = new AtomicInteger();
    ComponentResult result =
        new XenComponent(duration -> {})
            .configure(
                host.context(web(OLD)).cancellation(() -> asked.incrementAndGet() > 1).build());
    assertThat(result.actions().get(0).cause())
        .isEqualTo(
            "cannot fetch "
                + PLACE
                + " from "
                + URL
                + ": the run was ended before it was complete");
    assertThat(host.everything().keySet()).noneMatch(path -> path.startsWith("srv/boot/"));
    assertThat(host.configure(web(OLD)).errors()).isZero();
  }

  @Test
  void userAndPasswordAreInNoAnswer() {
    Profile profile =
        guests(guest("web", fetch("https://joe:hidden@boot.example.org/k?token=hidden", OLD), ""));
    Scenario host = host();
    ComponentResult result = host.configure(profile);
    assertThat(result.count(Outcome.FAILED)).isEqualTo(1);
    assertThat(JsonReport.result(result, false) + JsonReport.plan(result.plan()) + result)
        .contains("https://boot.example.org/k?...")
        .doesNotContain("hidden")
        .doesNotContain("joe");
    assertThat(JsonReport.status(new XenComponent().status(host.context(profile).build())))
        .doesNotContain("hidden");
    assertThat(host.plan(guests(guest("web", fetch("ftp://joe:hidden@h/k", OLD), ""))).findings())
        .extracting(Finding::sentence)
        .singleElement()
        .asString()
        .doesNotContain("hidden");
    assertThat(host.everything().toString()).doesNotContain("hidden").doesNotContain("joe");
  }
}
