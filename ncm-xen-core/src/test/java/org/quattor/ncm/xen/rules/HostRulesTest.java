package org.quattor.ncm.xen.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.model.ModelReader;
import org.quattor.ncm.xen.profile.ProfileReader;

/** What the rest of a profile says of its host. In texts {@code '} stands for {@code "}. */
class HostRulesTest {

  private static final String GUESTS =
      """
      'domains': {
        'a': {'options': {'name': 'a', 'memory': 3000, 'vcpus': 4,
          'vif': ['mac=00:16:3e:00:00:01,bridge=xenbr0'],
          'disk': [{'type': 'lvm', 'hostdevice': 'vg0', 'hostvol': 'a', 'guestdevice': 'xvda',
                    'rw': 'w'}]}},
        'b': {'options': {'name': 'b', 'memory': 2000, 'vif': ['bridge=xenbr1'],
          'disk': [{'type': 'lvm', 'hostdevice': 'vg0', 'hostvol': 'b', 'guestdevice': 'xvda',
                    'rw': 'w'}]}}}
      """;

  private static List<String> check(String rest, String component) {
    String text =
        "{%s 'software': {'components': {'xen': {%s %s}}}}".formatted(rest, component, GUESTS);
    Profile profile =
        new ProfileReader()
            .read(
                new ByteArrayInputStream(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
                "test");
    return Rules.check(
            ModelReader.read(profile.find("/software/components/xen").orElseThrow())
                .configuration(),
            "host.example.org",
            profile)
        .stream()
        .map(finding -> finding.id() + " " + finding.path().replace("/software/components/xen", ""))
        .toList();
  }

  @Test
  void whatAProfileDoesNotSayIsNotAskedFor() {
    assertThat(check("", "")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          'hardware': {'ram': [{'size': 4096}, {'size': 904}]},           |
          'hardware': {'ram': [{'size': 4096}, {'size': 903}]},           | XEN118 /domains
          'hardware': {'ram': [{'size': 4096}, {'speed': 1}]},            |
          'hardware': {'ram': [{'size': 9223372036854775807}]},           |
          'hardware': {'ram': 'much'},                                    |
          'hardware': {'cpu': [{'cores': 2}, {'cores': 2}]},              |
          'hardware': {'cpu': [{'cores': 3}]},                            | XEN120 /domains/a/options/vcpus
          'hardware': {'cpu': [{'cores': 2, 'max_threads': 4}]},          |
          'hardware': {'cpu': [{'model': 'old'}]},                        |
          'system': {'network': {'interfaces': {'xenbr0': {}, 'eth0': {'bridge': 'xenbr1'}}}}, |
          'system': {'network': {'interfaces': {'eth0': {'bridge': 'xenbr0'}}}}, | XEN121 /domains/b/options/vif/0
          'system': {'blockdevices': {'volume_groups': {'vg0': {}}}},     |
          'system': {'blockdevices': {'volume_groups': {'vg1': {}}}},     | XEN122 /domains/a/options/disk/0/hostdevice
          """)
  void guestsAreHeldAgainstTheHost(String rest, String expected) {
    assertThat(check(rest, "")).isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @Test
  void bridgesOfTheComponentCount() {
    assertThat(check("", "'network': {'bridges': {'xenbr0': {}}},"))
        .containsExactly("XEN121 /domains/b/options/vif/0");
    assertThat(
            check(
                "",
                "'network': {'bridges': {'xenbr0': {}}, 'vlans': {'xenbr1': {'netdev': 'e', 'vlan': 2}}},"))
        .isEmpty();
  }

  @Test
  void aGuestOfAnotherHostTakesNoMemoryHere() {
    assertThat(
            check(
                "'hardware': {'ram': [{'size': 3000}]},",
                "'guest_map': {'b': {'guest_mac': '00:16:3e:00:00:02',"
                    + " 'hypervisor_name': 'other'}},"))
        .containsExactly("XEN117 /domains/b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          01:16:3e:00:00:01 | 00:16:3e:00:00:02 | XEN111
          00:16:3E:00:00:01 | 00-16-3e-00-00-01 | XEN113
          0:16:3e:0:0:1     | 00163e000001      | XEN113
          0016.3e00.0001    | 00:16:3e:00:00:01 | XEN113
          00:16:3e:00:00:01 | 00:16:3e:00:00:02 |
          """)
  void addressesAreComparedWhateverTheirNotation(String one, String other, String id) {
    String text =
        """
        {"software": {"components": {"xen": {"domains": {
          "a": {"options": {"name": "a", "memory": 1, "vif": ["mac=%s", "mac=%s"]}}}}}}}
        """
            .formatted(one, other);
    Profile profile =
        new ProfileReader()
            .read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "test");
    assertThat(
            Rules.check(
                    ModelReader.read(profile.find("/software/components/xen").orElseThrow())
                        .configuration(),
                    "",
                    profile)
                .stream()
                .map(finding -> finding.id())
                .toList())
        .isEqualTo(id == null ? List.of() : List.of(id));
  }
}
