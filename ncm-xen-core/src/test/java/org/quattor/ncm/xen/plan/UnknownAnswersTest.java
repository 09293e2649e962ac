package org.quattor.ncm.xen.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.XenComponent;
import org.quattor.ncm.xen.host.DiskIdentity;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec.RunningDomain;

/** What is unknown is not absent, on each road to a start, a stop, a write or a removal. */
class UnknownAnswersTest {

  private static final Profile DISKLESS =
      Scenario.domains(
          """
          {"web": {"options": {"name": "web", "memory": 64, "kernel": "/boot/k"}}}
          """);

  @TempDir Path folder;

  private Scenario host() {
    return new Scenario(folder).file("/boot/k", "a kernel");
  }

  private static RunningDomain running(String name) {
    return new RunningDomain(
        7,
        Activity.RUNNING,
        new DomainConfiguration(
            name, "", 65536L, null, 1, null, null, List.of(), List.of(), List.of(), Map.of(), null),
        ImmutableSortedSet.of());
  }

  private static List<String> actions(ComponentPlan plan) {
    return plan.actions().stream().map(PlannedAction::summary).toList();
  }

  /** A domain of another name may have the uuid of the guest. */
  @Test
  void aGuestWithoutDisksIsNotStartedWhileNoDomainIsDescribed() {
    Scenario host = host().change(bare -> bare.withDomain("old", running("old")));

    assertThat(actions(host.plan(DISKLESS))).contains("start domain web");
    host.failing("configurations", "xl list -l failed");
    assertThat(actions(host.plan(DISKLESS))).doesNotContain("start domain web");
    assertThat(Scenario.findings(host.plan(DISKLESS)))
        .contains("XEN302 /software/components/xen/domains");
  }

  /** The file would get another uuid than the domain has. */
  @Test
  void noFirstFileIsWrittenOfADomainThatIsNotDescribed() {
    Scenario host = host().change(bare -> bare.withDomain("web", running("web")));

    assertThat(actions(host.plan(DISKLESS))).contains("write /etc/xen/web");
    host.failing("configurations", "xl list -l failed");
    assertThat(host.plan(DISKLESS).actions()).isEmpty();
    assertThat(host.plan(DISKLESS).complete()).isFalse();
  }

  /** It may be another domain under the name of the guest. */
  @Test
  void noDiskIsMadeForADomainThatIsNotDescribed() {
    Scenario host = host().change(bare -> bare.withDomain("web", running("web")));
    host.failing("configurations", "xl list -l failed");

    ComponentPlan plan =
        host.plan(
            Scenario.domains(
                """
                {"web": {"options": {"name": "web", "memory": 64, "kernel": "/boot/k", "disk": [
                  {"type": "file", "path": "/srv/web.img", "guestdevice": "xvda", "rw": "w",
                   "size": 1}]}}}
                """));

    assertThat(plan.actions()).isEmpty();
    assertThat(Scenario.findings(plan))
        .contains("XEN336 /software/components/xen/domains/web/options/disk/0");
  }

  @Test
  void theFileStaysWhileItIsUnknownWhetherItsDomainIsToBeShutDown() {
    Scenario host = host();
    assertThat(host.configure(DISKLESS).errors()).isZero();
    host.failing("HostDomains.list", "xl list failed");

    ComponentPlan plan =
        new XenComponent(duration -> {})
            .plan(
                Intent.UNCONFIGURE,
                host.context(DISKLESS).option("stop-domains", ImmutableList.of("true")).build());

    assertThat(plan.actions()).isEmpty();
    assertThat(Scenario.findings(plan)).contains("XEN369 /etc/xen/web");
    assertThat(plan.complete()).isFalse();
  }

  @Test
  void aBootloaderThatCannotBeLookedAtIsNotCalledMissing() {
    Scenario host = host().failing("HostStorage.look", "input/output error");
    Profile netboot =
        Scenario.domains(
            """
            {"web": {"options": {"name": "web", "memory": 64, "bootloader": "/usr/bin/pypxeboot"}}}
            """);

    assertThat(host.plan(netboot).findings())
        .filteredOn(finding -> finding.id().equals("XEN343"))
        .isNotEmpty()
        .allSatisfy(
            finding ->
                assertThat(finding.found())
                    .startsWith("it is unknown whether ")
                    .endsWith(" exists: input/output error"));
    assertThat(actions(host.plan(netboot))).noneMatch(action -> action.startsWith("start"));
  }

  /** A disk of which nothing is known may be the file that a fetch would replace. */
  @Test
  void nothingIsFetchedOverWhatMayBeADiskThatCannotBeLookedAt() {
    Scenario host =
        host().change(bare -> bare.withBlockDevice("/dev/sdb", 1 << 20)).file("/boot/v", "old");
    Profile profile =
        Scenario.domains(
            """
            {"web": {"fetch": [{"url": "http://192.0.2.1/v", "path": "/boot/v", "sha256": "%s"}],
              "options": {"name": "web", "memory": 64, "kernel": "/boot/v"}},
             "db": {"options": {"name": "db", "memory": 64, "kernel": "/boot/k", "disk": [
               {"type": "phy", "hostdevice": "/dev/sdb", "guestdevice": "xvda", "rw": "w"}]}}}
            """
                .formatted("0".repeat(64)));

    assertThat(actions(host.plan(profile))).anyMatch(action -> action.contains("/boot/v"));
    host.failing("HostStorage.look", "did not answer");
    assertThat(actions(host.plan(profile))).noneMatch(action -> action.contains("/boot/v"));
  }

  /** It would count as absent, and so as free. */
  @Test
  void aDiskThatIsThereWithoutAnIdentityIsNotFree() {
    Scenario host =
        host()
            .file("/srv/web.img", "the data of a guest")
            .answering("identity", () -> DiskIdentity.NOTHING);

    ComponentPlan plan =
        host.plan(
            Scenario.domains(
                """
                {"web": {"options": {"name": "web", "memory": 64, "kernel": "/boot/k", "disk": [
                  {"type": "file", "path": "/srv/web.img", "guestdevice": "xvda", "rw": "w"}]}}}
                """));

    assertThat(actions(plan)).noneMatch(action -> action.startsWith("start"));
  }

  /** A list of the toolstack that is empty is not believed where the kernel shows a domain. */
  @Test
  void aDomainThatTheListLeavesOutIsFoundByItsTraces() {
    String disk = "disk = ['format=raw,vdev=xvda,access=rw,target=/dev/sdb']";
    Scenario host =
        host()
            .change(bare -> bare.withBlockDevice("/dev/sdb", 1 << 20))
            .file("/etc/xen/rescue", "name = 'rescue'\nmemory = 64\n" + disk);
    start(host);
    host.answering(
        "HostDomains.list", () -> List.of(new DomainState("Domain-0", 0, Activity.RUNNING)));

    ComponentPlan plan =
        host.plan(
            Scenario.domains(
                """
                {"web": {"options": {"name": "web", "memory": 64, "kernel": "/boot/k", "disk": [
                  {"type": "phy", "hostdevice": "/dev/sdb", "guestdevice": "xvda", "rw": "w"}]}}}
                """));

    assertThat(actions(plan)).noneMatch(action -> action.startsWith("start"));
    assertThat(Scenario.findings(plan))
        .contains("XEN315 /software/components/xen/domains/web/options/disk/0");
  }

  private static void start(Scenario host) {
    try {
      host.host().domains(Toolstack.XL).start("/etc/xen/rescue");
    } catch (HostFailure e) {
      throw new AssertionError(e);
    }
  }
}
