package org.quattor.ncm.xen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.XenComponent;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;

class NagiosLineTest {

  @TempDir Path folder;

  private static Profile guests(int count) {
    return Scenario.domains(
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    """
                    "g%1$s": {"options": {"name": "g%1$s", "memory": 64, "kernel": "/k"}}
                    """
                        .formatted(i))
            .collect(Collectors.joining(",", "{", "}")));
  }

  private static String line(Scenario host, Profile profile) {
    return NagiosLine.of(new XenComponent().status(host.context(profile).build())).text();
  }

  @Test
  void aLongLineEndsInItsCountsAllTheSame() {
    assertThat(line(new Scenario(folder), guests(12)))
        .isEqualTo(
            "XEN CRITICAL - not running: g0, g1, g10, g11, g2, g3, g4, g5, g6, g7 and 2 more;"
                + " not as declared: g0, g1, g10, g11, g2, g3, g4, g5, g6, g7 and 2 more"
                + " | guests=12 running=0 down=12 drifted=12 errors=0 warnings=0");
  }

  @Test
  void aGuestThatIsPausedIsAWarning() {
    Scenario host = new Scenario(folder);
    host.configure(guests(1));
    assertThat(line(host, guests(1))).startsWith("XEN OK - 1 guest as declared | ");
    host.change(
        now -> {
          SimulatedHostSpec.RunningDomain domain = now.domains().get("g0");
          return now.withDomain(
              "g0",
              new SimulatedHostSpec.RunningDomain(
                  domain.id(), Activity.PAUSED, domain.configuration(), domain.shared()));
        });

    assertThat(line(host, guests(1)))
        .isEqualTo(
            "XEN WARNING - paused: g0"
                + " | guests=1 running=0 down=0 drifted=0 errors=0 warnings=0");
  }
}
