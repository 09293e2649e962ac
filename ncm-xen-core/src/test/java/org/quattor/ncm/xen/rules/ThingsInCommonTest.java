package org.quattor.ncm.xen.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.finding.XenPaths;
import org.quattor.ncm.xen.model.ModelReader;
import org.quattor.ncm.xen.profile.ProfileReader;

/**
 * What guests share with each other and with the rest of a profile, to the last word of a finding.
 * In texts {@code '} stands for {@code "}.
 */
class ThingsInCommonTest {

  private static final String DOMAINS = XenPaths.COMPONENT + "/domains/";

  @Test
  void twoGuestsNeedTwoUuids() {
    String uuid = "6a0a8b0e-1b7c-3f5e-8d5c-0d8d5b6b7a11";
    assertThat(
            check(
                "",
                "",
                "'a': {'options': {'name': 'a', 'memory': 1, 'uuid': '%1$s'}},".formatted(uuid)
                    + "'b': {'options': {'name': 'b', 'memory': 1}},"
                    + "'c': {'options': {'name': 'c', 'memory': 1, 'uuid': '%1$s'}}"
                        .formatted(uuid)))
        .extracting(Finding::id, Finding::path, Finding::found)
        .containsExactly(
            tuple(
                "XEN115",
                DOMAINS + "c/options/uuid",
                uuid + " is also used at " + DOMAINS + "a/options/uuid"));
  }

  private static String phy(String device, String name) {
    return "{'type': 'phy', 'hostdevice': '%s', 'guestdevice': '%s', 'rw': 'w'}"
        .formatted(device, name);
  }

  /** A phy disk names its device, an lvm disk its volume; a disk and its partition are one too. */
  @ParameterizedTest
  @CsvSource({
    "/dev/mapper/vg0-web, XEN107",
    "/dev/vg0/web, XEN107",
    "vg0/web, XEN107",
    "/dev/disk/by-id/dm-name-vg0-web, XEN107",
    "/dev/mapper/vg0-web1, ''",
  })
  void aVolumeIsOneDiskWhateverItsNameAndType(String device, String id) {
    String volume = lvm("vg0", "web", "");
    for (String guests :
        new String[] {
          guest("a", volume) + "," + guest("b", phy(device, "xvdb")),
          guest("b", phy(device, "xvdb")) + "," + guest("c", volume),
          guest("a", volume + "," + phy(device, "xvdb")),
        }) {
      assertThat(check("", "", guests))
          .extracting(Finding::id)
          .isEqualTo(id.isEmpty() ? ImmutableList.of() : ImmutableList.of(id));
    }
  }

  @Test
  void aPartitionOfAnotherGuestsDiskIsNamedAsItStandsThere() {
    assertThat(
            check(
                "",
                "",
                guest("a", phy("/dev/sdb", "xvda")) + "," + guest("b", phy("/dev/sdb1", "xvda"))))
        .extracting(Finding::id, Finding::path, Finding::found)
        .containsExactly(
            tuple(
                "XEN107",
                DOMAINS + "b/options/disk/0",
                "/dev/sdb1 is also used at "
                    + DOMAINS
                    + "a/options/disk/0, as /dev/sdb, and at least one of the two can write"));
    assertThat(
            check(
                "",
                "",
                guest("a", phy("/dev/sdb1", "xvda")) + "," + guest("b", phy("/dev/sdb2", "xvda"))))
        .isEmpty();
  }

  @Test
  void theDeviceOfAVolumeGroupIsForNothingElse() {
    String group = lvm("vg0", "web", "'path': '/dev/sdb', 'create': true,");
    assertThat(check("", "", guest("a", phy("/dev/sdb1", "xvdb")) + "," + guest("b", group)))
        .extracting(Finding::id, Finding::path, Finding::found)
        .containsExactly(
            tuple(
                "XEN138",
                DOMAINS + "a/options/disk/0",
                "/dev/sdb1 is the device of volume group vg0, by "
                    + DOMAINS
                    + "b/options/disk/0/path"));
    assertThat(
            check(
                "",
                "",
                guest("b", group)
                    + ","
                    + guest("c", lvm("vg1", "c", "'path': '/dev/sdb', 'create': true,"))
                    + ","
                    + guest("d", lvm("vg0", "d", "'path': '/dev/./sdb', 'create': true,"))))
        .extracting(Finding::id, Finding::path)
        .contains(tuple("XEN138", DOMAINS + "c/options/disk/0/path"))
        .doesNotContain(tuple("XEN119", DOMAINS + "d/options/disk/0/path"));
  }

  @Test
  void oneVolumeGroupIsMadeOnOneDevice() {
    assertThat(
            check(
                "",
                "",
                guest("a", lvm("vg0", "a", "'path': '/dev/sdb', 'create': true,"))
                    + ","
                    + guest("b", lvm("vg0", "b", ""))
                    + ","
                    + guest("c", lvm("vg0", "c", "'path': '/dev/sdb', 'create': true,"))
                    + ","
                    + guest("d", lvm("vg0", "d", "'path': '/dev/sdc', 'create': true,"))))
        .extracting(Finding::id, Finding::path, Finding::found)
        .containsExactly(
            tuple(
                "XEN119",
                DOMAINS + "d/options/disk/0/path",
                "volume group vg0 is declared on /dev/sdb elsewhere, and on /dev/sdc here"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          'path': '/dev/sdb', 'create': true,  |
          'path': '/dev/sdb', 'create': false, | XEN122
          'path': '/dev/sdb',                  | XEN122
          'create': true,                      | XEN122
          """)
  void aGroupThatIsNotInTheProfileHasToBeMade(String fields, String id) {
    assertThat(
            check(
                "'system': {'blockdevices': {'volume_groups': {'other': {}}}},",
                "",
                guest("a", lvm("vg0", "a", fields))))
        .extracting(Finding::id)
        .isEqualTo(id == null ? ImmutableList.of() : ImmutableList.of(id));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          'system': {'network': {'interfaces': ['eth0']}},
          'system': {'network': {'interfaces': 'eth0'}},
          'system': {'network': {'interfaces': {'xenbr0': {'bridge': ['eth0']}}}},
          'system': {'blockdevices': {'volume_groups': ['vg0']}},
          'system': {'blockdevices': {'volume_groups': 'vg0'}},
          'hardware': {'ram': [{'size': '1'}]},
          'hardware': {'ram': [{'size': 1.5}]},
          'hardware': {'ram': [{'size': -1}]},
          'hardware': {'ram': []},
          'hardware': {'ram': {}},
          """)
  void whatHasAnotherFormThanExpectedIsNotAskedFor(String rest) {
    assertThat(
            check(
                rest,
                "",
                "'a': {'options': {'name': 'a', 'memory': 1, 'vif': ['bridge=xenbr0'],"
                    + " 'disk': ["
                    + lvm("vg0", "a", "")
                    + "]}}"))
        .isEmpty();
  }

  @Test
  void memoryBeyondAllBoundsIsTooMuchAndNotNegative() {
    String most = Long.toString(Long.MAX_VALUE);
    assertThat(
            check(
                "'hardware': {'ram': [{'size': 4096}]},",
                "",
                "'a': {'options': {'name': 'a', 'memory': %1$s}},".formatted(most)
                    + "'b': {'options': {'name': 'b', 'memory': %1$s}}".formatted(most)))
        .extracting(Finding::id, Finding::found)
        .containsExactly(tuple("XEN118", "the guests need " + most + " MiB of memory together"));
  }

  @Test
  void aBridgeThatIsNearlyOneIsNamed() {
    assertThat(
            check(
                "'system': {'network': {'interfaces': {'xenbr0': {}}}},",
                "",
                "'a': {'options': {'name': 'a', 'memory': 1, 'vif': ['bridge=xenbr9']}},"
                    + "'b': {'options': {'name': 'b', 'memory': 1, 'vif': ['bridge=elsewhere']}}"))
        .extracting(Finding::id, Finding::hint)
        .containsExactly(tuple("XEN121", "did you mean xenbr0?"), tuple("XEN121", ""));
  }

  @Test
  void aDiskOfTheInstallationIsNoPlaceForAFetchedFile() {
    String sum = "0".repeat(64);
    assertThat(
            check(
                "",
                "",
                """
                'a': {
                  'options': {'name': 'a', 'memory': 1},
                  'install_options': {'name': 'a', 'memory': 1, 'disk': [
                    {'type': 'file', 'path': '/srv/install.img', 'guestdevice': 'xvda',
                     'rw': 'w'}]},
                  'fetch': [{'url': 'http://h/f', 'path': '/srv/install.img', 'sha256': '%s'}]}
                """
                    .formatted(sum)))
        .extracting(Finding::id)
        .contains("XEN151");
  }

  @Test
  void anotherContentNeedsAnotherPathAndAnotherUrlDoesNot() {
    assertThat(
            check(
                "",
                "",
                fetching("a", "http://h/f", "0")
                    + ","
                    + fetching("b", "http://h/f", "1")
                    + ","
                    + fetching("c", "http://h/g", "0")))
        .extracting(Finding::id, Finding::path, Finding::hint)
        .containsExactly(
            tuple("XEN150", DOMAINS + "b/fetch/0/sha256", "give each version a path of its own"),
            tuple("XEN150", DOMAINS + "c/fetch/0/url", ""));
  }

  @Test
  void theHintsAboutDevicesFitTheirCause() {
    assertThat(
            check(
                "",
                "'network': {'bridges': {'p': {'netdev': 'eth1:2'}, 'q': {'netdev': '..'},"
                    + " 'r': {'netdev': 'eth0'}, 'xenbr0': {}, 's': {'netdev': 'eth0'}}},",
                ""))
        .extracting(Finding::id, Finding::path, Finding::hint)
        .containsExactlyInAnyOrder(
            tuple("XEN131", bridge("p") + "/netdev", "declare the interface without the label"),
            tuple("XEN131", bridge("q") + "/netdev", ""),
            tuple("XEN133", bridge("s"), ""),
            tuple(
                "XEN133",
                bridge("xenbr0"),
                "declare netdev: without it the name of the bridge decides"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {"a b", "a\u007f", "a\u001f", "\u00e9"})
  void aDeviceHasVisibleAsciiInItsName(String name) {
    assertThat(
            check(
                "",
                "'network': {'bridges': {'%s': {'netdev': 'eth1'}}},"
                    .formatted(name.replace("\u001f", "\\u001f")),
                ""))
        .extracting(Finding::id)
        .containsExactly("XEN130");
  }

  private static String bridge(String name) {
    return XenPaths.COMPONENT + "/network/bridges/" + name;
  }

  private static String fetching(String guest, String url, String digit) {
    return """
    '%1$s': {'options': {'name': '%1$s', 'memory': 1},
             'fetch': [{'url': '%2$s', 'path': '/srv/boot/f', 'sha256': '%3$s'}]}
    """
        .formatted(guest, url, digit.repeat(64));
  }

  private static String guest(String name, String disk) {
    return "'%1$s': {'options': {'name': '%1$s', 'memory': 1, 'disk': [%2$s]}}"
        .formatted(name, disk);
  }

  private static String lvm(String group, String volume, String more) {
    return "{'type': 'lvm', 'hostdevice': '%s', 'hostvol': '%s', %s 'guestdevice': 'xvda', 'rw': 'w'}"
        .formatted(group, volume, more);
  }

  private static ImmutableList<Finding> check(String rest, String component, String domains) {
    String text =
        "{%s 'software': {'components': {'xen': {%s 'domains': {%s}}}}}"
            .formatted(rest, component, domains)
            .replace('\'', '"');
    Profile profile =
        new ProfileReader()
            .read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "test");
    return ImmutableList.copyOf(
        Rules.check(
            ModelReader.read(profile.find(XenPaths.COMPONENT).orElseThrow()).configuration(),
            "",
            profile));
  }
}
