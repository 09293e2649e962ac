package org.quattor.ncm.xen.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.xen.model.MacAddress;
import org.quattor.ncm.xen.rules.HostSummary.GuestSummary;

class AcrossHostsTest {

  private final AcrossHosts hosts = new AcrossHosts();

  private List<String> add(String host, Map<String, String> map, GuestSummary... guests) {
    HostSummary summary =
        new HostSummary(host, ImmutableList.copyOf(guests), ImmutableMap.copyOf(map));
    return hosts.add(summary, host + ".json").stream().map(AcrossHostsTest::line).toList();
  }

  private static String line(Finding finding) {
    return finding.id()
        + " "
        + finding.path().replace("/software/components/xen", "")
        + ": "
        + finding.found();
  }

  private static GuestSummary guest(String key, String mac, String uuid) {
    return new GuestSummary(
        key,
        MacAddress.parse(mac).stream().collect(ImmutableList.toImmutableList()),
        mac.isEmpty() ? ImmutableList.of() : ImmutableList.of("/options/vif/0"),
        uuid.isEmpty() ? null : uuid);
  }

  @Test
  void hostsWithNothingInCommonAreFine() {
    assertThat(add("a", Map.of("x", "a", "y", "b"), guest("x", "00:16:3e:00:00:01", "u1")))
        .isEmpty();
    assertThat(add("b", Map.of("x", "a", "y", "b"), guest("y", "00:16:3e:00:00:02", "u2")))
        .isEmpty();
  }

  @Test
  void aGuestAMacAndAUuidAreOnOneHostEach() {
    add("a", Map.of(), guest("x", "00:16:3e:00:00:01", "u1"));
    assertThat(
            add(
                "b",
                Map.of(),
                guest("x", "", ""),
                guest("y", "00:16:3e:00:00:01", ""),
                guest("z", "", "u1")))
        .containsExactly(
            "XEN190 /domains/x: the guest is also declared on a",
            "XEN191 /domains/y/options/vif/0: the MAC 00:16:3e:00:00:01 is also used on a",
            "XEN192 /domains/z/options/uuid: u1 is also used on a");
  }

  @Test
  void aHostWithoutNameIsCalledByItsFile() {
    add("", Map.of(), guest("x", "", ""));
    assertThat(
            hosts.add(
                new HostSummary("", ImmutableList.of(guest("x", "", "")), ImmutableMap.of()),
                "b.json"))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.found()).isEqualTo("the guest is also declared on .json"));
  }

  @Test
  void theSameHostInTwoFilesDoesNotContradictItself() {
    add("a.example.org", Map.of(), guest("x", "00:16:3e:00:00:01", "u1"));
    assertThat(add("a.example.org", Map.of(), guest("x", "00:16:3e:00:00:01", "u1"))).isEmpty();
  }

  @Test
  void guestMapsAgreeWithEachOtherWhateverTheFormOfTheName() {
    add("a", Map.of("x", "h1.example.org", "y", "h1"));
    assertThat(add("b", Map.of("x", "h1", "y", "h2")))
        .containsExactly("XEN193 /guest_map/y/hypervisor_name: is h2, and h1 in the profile of a");
  }

  @Test
  void guestMapsAgreeWithTheHostsThatDeclareGuests() {
    add("a.example.org", Map.of("y", "c"), guest("x", "", ""));
    assertThat(add("b.example.org", Map.of("x", "b"), guest("y", "", "")))
        .containsExactly(
            "XEN193 /domains/y: guest_map of a.example.org places the guest on c",
            "XEN193 /guest_map/x/hypervisor_name: is b, but the profile of a.example.org declares the guest");
  }
}
