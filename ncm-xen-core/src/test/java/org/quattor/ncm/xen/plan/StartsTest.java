package org.quattor.ncm.xen.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSortedSet;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.host.LvmInventory;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;
import org.quattor.ncm.xen.plan.DomainAction.StartDomain;

/**
 * Which starts have to look once more: a guest may be rebooting when the toolstack has a process
 * that works for it, or for nobody that is known.
 */
class StartsTest {

  private static final String GUESTS =
      """
      {"web": {"options": {"name": "www", "memory": 64, "kernel": "/k" %s}},
       "db": {"state": "unmanaged", "options": {"name": "data", "memory": 64, "kernel": "/k"}}}
      """;

  @TempDir Path folder;
  private Scenario host;

  @BeforeEach
  void aHostWhereAnotherHandHasADomain() {
    host =
        new Scenario(folder)
            .with(
                bare ->
                    bare.withGroup("vg0", 1L << 40)
                        .withDomain(
                            "byhand",
                            new SimulatedHostSpec.RunningDomain(
                                9,
                                Activity.RUNNING,
                                DomainConfiguration.named("byhand").build(),
                                ImmutableSortedSet.of())));
  }

  private boolean mayBeRebooting(String disk) {
    XenPlan plan = (XenPlan) host.plan(Scenario.domains(GUESTS.formatted(disk)));
    return plan.actions().stream()
        .filter(action -> action instanceof StartDomain)
        .map(action -> (StartDomain) action)
        .findFirst()
        .orElseThrow()
        .mayBeRebooting();
  }

  @ParameterizedTest
  @CsvSource({
    "web, true",
    "www, true",
    "web.start, true",
    "www.cfg, true",
    "db, false",
    "data.conf, false",
    "byhand, false",
    "nobody, true",
    "web.old, true",
  })
  void aProcessIsKnownByTheFileThatItWasGiven(String process, boolean mayBeRebooting) {
    host.with(bare -> bare.withWatched(process));

    assertThat(mayBeRebooting("")).isEqualTo(mayBeRebooting);
  }

  @Test
  void whereNoProcessWaitsNoneIsRebooting() {
    assertThat(mayBeRebooting("")).isFalse();
  }

  @Test
  void whereProcessesCannotBeListedAnyGuestMayBe() {
    host.failing("watched", "cannot list processes");

    assertThat(mayBeRebooting("")).isTrue();
  }

  @Test
  void aGuestWhoseVolumeIsOnlyNowMadeCannotBe() {
    host.with(bare -> bare.withWatched("web"));
    String disk =
        """
        , "disk": [{"type": "lvm", "hostdevice": "vg0", "hostvol": "web", "guestdevice": "xvda",
                    "rw": "w", "size": 1024}]""";

    assertThat(mayBeRebooting(disk)).isFalse();
    host.with(bare -> bare.withVolume("vg0", "web", new LvmInventory.Volume(1L << 29, Set.of())));
    assertThat(mayBeRebooting(disk.replace("\"size\"", "\"grow\": true, \"size\""))).isTrue();
  }
}
