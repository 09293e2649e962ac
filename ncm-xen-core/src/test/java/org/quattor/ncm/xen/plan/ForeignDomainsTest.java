package org.quattor.ncm.xen.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSortedSet;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec.RunningDomain;

/** A domain that runs under the name of a guest is not always that guest. */
class ForeignDomainsTest {

  private static final String UUID = "6ca04c19-25fe-408f-bb87-502d140a7203";

  @TempDir Path folder;

  private static Profile web(String fields) {
    return Scenario.domains(
        """
        {"web": {"on_change": "restart", "options": {"name": "web", "memory": 512, %s
          "kernel": "/k", "disk": [{"type": "lvm", "hostdevice": "vg0", "hostvol": "web",
          "guestdevice": "xvda", "rw": "w", "size": 1024}]}}}
        """
            .formatted(fields));
  }

  private Scenario runs(String target) {
    return runs(List.of(new DomainConfiguration.Disk(target, "xvda", true)));
  }

  private Scenario runs(List<DomainConfiguration.Disk> disks) {
    RunningDomain domain =
        new RunningDomain(
            3,
            Activity.RUNNING,
            DomainConfiguration.named("web").uuid(UUID).disks(disks).build(),
            ImmutableSortedSet.of());
    return new Scenario(folder)
        .with(bare -> bare.withGroup("vg0", 8L << 30).withDomain("web", domain));
  }

  @Test
  void aGuestGetsNoDisksWhileAnotherMachineHasItsName() {
    ComponentPlan plan = runs("/srv/byhand.img").plan(web(""));
    assertThat(plan.actions()).isEmpty();
    assertThat(plan.findings())
        .filteredOn(finding -> finding.id().equals("XEN338"))
        .extracting(Finding::found)
        .containsExactly("running domain web is not this guest: it has the disks /srv/byhand.img");
  }

  /** Many machines read one installation medium. */
  @Test
  void oneThatReadsADiskOfTheGuestAndWritesToOthersIsAnother() {
    ComponentPlan plan =
        runs(List.of(
                new DomainConfiguration.Disk("/dev/vg0/web", "xvdc", false),
                new DomainConfiguration.Disk("/srv/byhand.img", "xvda", true)))
            .plan(web(""));
    assertThat(plan.findings()).extracting(Finding::id).contains("XEN338");
    assertThat(plan.actions()).isEmpty();
  }

  @Test
  void oneWithoutDisksIsNotAGuestWithDisks() {
    ComponentPlan plan = runs(List.of()).plan(web(""));
    assertThat(plan.actions()).isEmpty();
    assertThat(plan.findings())
        .filteredOn(finding -> finding.id().equals("XEN338"))
        .extracting(Finding::found)
        .containsExactly("running domain web is not this guest: it has no disks");
  }

  @Test
  void oneWithTheDiskOfTheGuestIsTheGuest() {
    assertThat(runs("/dev/vg0/web").plan(web("")).findings())
        .extracting(Finding::id)
        .doesNotContain("XEN338");
  }

  @Test
  void oneWithItsUuidIsTheGuestWhateverItsDisks() {
    assertThat(runs("/srv/old.img").plan(web("\"uuid\": \"" + UUID + "\",")).findings())
        .extracting(Finding::id)
        .doesNotContain("XEN338");
  }
}
