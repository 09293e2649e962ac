package org.quattor.ncm.xen.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.MoreCollectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.XenComponent;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec.RunningDomain;

/** Only what ncm-xen wrote, where it wrote it, is withdrawn. */
class CopiedFilesTest {

  private static final Profile WEB =
      Scenario.domains(
          """
          {"web": {"options": {"name": "web", "memory": 64, "kernel": "/boot/k"},
                   "install_options": {"name": "web", "memory": 64, "kernel": "/boot/i"}}}
          """);
  private static final Profile NOTHING = Scenario.domains("{}");

  @TempDir Path folder;
  private Scenario host;

  @BeforeEach
  void aGuestThatRuns() {
    host = new Scenario(folder);
    host.configure(WEB);
  }

  private ComponentResult stoppingAll(Profile profile) {
    return new XenComponent(duration -> {})
        .configure(host.context(profile).option("stop-domains", ImmutableList.of("true")).build());
  }

  private static String old(String text) {
    return text.replaceFirst("ncm-xen as [^\n]*", "ncm-xen");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "webtest",
        "web.bak",
        "web~",
        ".web.swp",
        "web.rpmsave",
        "web.dpkg-old",
        "web.2024",
        "web.orig.start",
        "web.old"
      })
  void aCopyIsLeftAlone(String name) throws IOException {
    for (String text : new String[] {host.read("/etc/xen/web"), old(host.read("/etc/xen/web"))}) {
      host.file("/etc/xen/" + name, text.replace("name = \"web\"", "name = \"webtest\""));
      host.file("/etc/xen/" + name + "2", text);

      assertThat(stoppingAll(WEB).actions()).isEmpty();
      host.unconfigure(WEB);

      assertThat(host.path("/etc/xen/" + name)).exists();
      assertThat(host.path("/etc/xen/" + name + "2")).exists();
      assertThat(host.path("/etc/xen/web")).doesNotExist();
      host.configure(WEB);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCopyInWhichEveryNameWasReplacedIsNamed(boolean old) {
    String copy = host.read("/etc/xen/web").replace("web", "webtest");
    host.file("/etc/xen/webtest", old ? old(copy) : copy);

    ComponentResult result = stoppingAll(WEB);

    assertThat(result.actions()).isEmpty();
    assertThat(Scenario.findings(result.plan())).containsExactly("XEN354 /etc/xen/webtest");
  }

  /** The guests of a host are written anew once, and nothing else comes of it. */
  @Test
  void aFileOfAnEarlierVersionIsOursAndIsMarkedAnew() {
    host.file("/etc/xen/web", old(host.read("/etc/xen/web")));
    host.file("/etc/xen/web.start", old(host.read("/etc/xen/web.start")));

    ComponentResult result = host.configure(WEB);

    assertThat(Scenario.actions(result, Outcome.DONE))
        .containsExactly("write /etc/xen/web.start", "write /etc/xen/web");
    assertThat(result.actions()).allMatch(done -> done.action().impact() == Impact.NONE);
    assertThat(result.plan().findings()).isEmpty();
    assertThat(host.path("/etc/xen/web.old")).doesNotExist();
    host.assertConverged(WEB);
  }

  @Test
  void aFileOfAnEarlierVersionIsWithdrawnWhenItDescribesItsOwnName() {
    host.file("/etc/xen/web", old(host.read("/etc/xen/web")));
    host.file("/etc/xen/key", old(host.read("/etc/xen/web")).replace("\"web\"", "\"other\""));

    host.file("/etc/xen/half", old(host.read("/etc/xen/web")) + "disk = [ 'phy:");

    ComponentResult result = host.configure(NOTHING);

    assertThat(host.path("/etc/xen/web")).doesNotExist();
    assertThat(host.path("/etc/xen/key")).exists();
    assertThat(host.path("/etc/xen/half")).exists();
    assertThat(result.plan().findings())
        .extracting(finding -> finding.path() + ": " + finding.found())
        .containsExactly(
            "/etc/xen/half: has the mark of ncm-xen, and ncm-xen cannot read it",
            "/etc/xen/key: has the mark of ncm-xen, and describes domain other",
            "/etc/xen/web: is withdrawn, and domain web keeps running");
  }

  @Test
  void aCopyInThePlaceOfAGuestIsKept() {
    Profile two =
        Scenario.domains(
            """
            {"web": {"options": {"name": "web", "memory": 64, "kernel": "/boot/k"}},
             "db": {"options": {"name": "db", "memory": 64, "kernel": "/boot/k"}}}
            """);
    host.file("/etc/xen/db", host.read("/etc/xen/web"));
    host.configure(two);

    assertThat(host.read("/etc/xen/db.old")).contains("name = \"web\"");
    assertThat(host.read("/etc/xen/db")).contains("name = \"db\"");
  }

  @Test
  void theDomainThatOurFileMadeIsShutDown() {
    assertThat(Scenario.actions(stoppingAll(NOTHING), Outcome.DONE))
        .startsWith("shut down domain web");
    assertThat(host.host().spec().domains()).isEmpty();
  }

  @Test
  void aDomainThatOurFileDidNotMakeRunsOn() {
    RunningDomain web = host.host().spec().domains().get("web");
    DomainConfiguration other =
        web.configuration().toBuilder().uuid("11111111-2222-3333-4444-555555555555").build();
    host.change(
        now -> now.withDomain("web", new RunningDomain(9, web.activity(), other, web.shared())));

    ComponentResult result = stoppingAll(NOTHING);

    assertThat(Scenario.findings(result.plan())).contains("XEN369 /etc/xen/web");
    assertThat(host.host().spec().domains()).containsOnlyKeys("web");
    assertThat(Files.exists(host.path("/etc/xen/web"))).isFalse();
  }

  private String whyNotStopped() {
    return stoppingAll(NOTHING).plan().findings().stream()
        .filter(finding -> finding.id().equals("XEN369"))
        .map(Finding::found)
        .collect(MoreCollectors.onlyElement());
  }

  @Test
  void aDomainOfLibvirtRunsOn() {
    host.file("/etc/libvirt/libxl/web.xml", "<domain type='xen'/>");

    assertThat(whyNotStopped()).isEqualTo("domain web keeps running, because libvirt manages it");
    assertThat(host.host().spec().domains()).containsOnlyKeys("web");
  }

  @Test
  void aDomainThatMayBeOneOfLibvirtRunsOn() {
    host.file("/etc/libvirt/libxl", "not a directory");

    assertThat(whyNotStopped())
        .startsWith("domain web keeps running, because it is unknown whether libvirt manages it: ");
    assertThat(host.host().spec().domains()).containsOnlyKeys("web");
  }

  @Test
  void aDomainWithOtherDisksThanAFileWithoutUuidRunsOn() {
    host.file(
        "/etc/xen/web",
        host.read("/etc/xen/web").replaceAll("uuid = .*\n", "")
            + "disk = [ 'format=raw, vdev=xvda, access=rw, target=/dev/vg0/web' ]\n");

    assertThat(whyNotStopped())
        .isEqualTo("domain web keeps running, because it has other disks than this file");
    assertThat(host.host().spec().domains()).containsOnlyKeys("web");
  }

  @Test
  void aDomainOfWhichNothingIsKnownRunsOn() {
    host.failing("configurations", "xl list -l does not answer");

    ComponentResult result =
        new XenComponent(duration -> {})
            .unconfigure(
                host.context(WEB).option("stop-domains", ImmutableList.of("true")).build());

    assertThat(Scenario.findings(result.plan())).contains("XEN369 /etc/xen/web");
    assertThat(host.host().spec().domains()).containsOnlyKeys("web");
  }
}
