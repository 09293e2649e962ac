package org.quattor.ncm.xen.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.finding.XenPaths;
import org.quattor.ncm.xen.model.MacAddress;
import org.quattor.ncm.xen.model.ModelReader;

/** What is remembered of a host to hold others against it. */
class HostSummaryTest {

  private static final String UUID = "6a0a8b0e-1b7c-3f5e-8d5c-0d8d5b6b7a11";

  private static HostSummary summary(String active) {
    Profile profile =
        Scenario.profile(
            """
            {"active": %s,
             "guest_map": {"db": {"guest_mac": "00:16:3e:00:00:09", "hypervisor_name": "xen2"}},
             "domains": {
              "web": {"options": {"name": "web", "memory": 1, "uuid": "%s",
                "vif": ["bridge=xenbr0", "mac=0:16:3E:0:0:1", "mac=nonsense"]}},
              "db": {"options": {"name": "db", "memory": 1, "nics": [{"mac": "00:16:3e:00:00:02"}]}}
             }}
            """
                .formatted(active, UUID));
    return HostSummary.of(
        ModelReader.read(profile.find(XenPaths.COMPONENT).orElseThrow()).configuration(),
        "xen1.example.org");
  }

  @Test
  void itHasGuestsWithTheirAddressesAndWhereTheyStand() {
    assertThat(summary("true"))
        .isEqualTo(
            new HostSummary(
                "xen1.example.org",
                ImmutableList.of(
                    new HostSummary.GuestSummary(
                        "db",
                        ImmutableList.of(new MacAddress(0x00163e000002L)),
                        ImmutableList.of("/options/nics/0"),
                        null),
                    new HostSummary.GuestSummary(
                        "web",
                        ImmutableList.of(new MacAddress(0x00163e000001L)),
                        ImmutableList.of("/options/vif/1"),
                        UUID)),
                ImmutableSortedMap.of("db", "xen2")));
  }

  @Test
  void aHostWhoseComponentIsInactiveHasNoGuests() {
    assertThat(summary("false").guests()).isEmpty();
    assertThat(summary("false").map()).containsEntry("db", "xen2");
  }
}
