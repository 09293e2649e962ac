package org.quattor.ncm.xen.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.finding.XenPaths;
import org.quattor.ncm.xen.model.ModelReader;

/** Each rule with what it finds and what it lets pass. */
class RulesTest {

  @ParameterizedTest
  @CsvSource({
    "web, ''",
    "vm1.example.org, ''",
    "3vm, ''",
    "a_b-c+d, ''",
    "auto, XEN102",
    "scripts, XEN102",
    "xend-config.sxp, XEN102",
    "xl.conf, XEN102",
    "web.old, XEN102",
    "web.start, XEN102",
    ".hidden, XEN101",
    "-x, XEN101",
    "a b, XEN101",
    "'a/b', XEN101",
    "'..', XEN101",
  })
  void aKeyMustBeAFileNameThatIsNotXensOwn(String key, String id) {
    assertThat(errors("{'%s': {'options': {'name': '%s', 'memory': 1}}}".formatted(key, key)))
        .extracting(Finding::id)
        .isEqualTo(id.isEmpty() ? ImmutableList.of() : ImmutableList.of(id));
  }

  @Test
  void aKeyTooLongForAFileNameIsRefused() {
    String key = "k".repeat(201);
    assertThat(errors("{'%s': {'options': {'name': 'k', 'memory': 1}}}".formatted(key)))
        .extracting(Finding::id)
        .containsExactly("XEN101");
  }

  @Test
  void aNameThatDiffersFromTheKeyIsAWarning() {
    assertThat(check("{'web': {'options': {'name': 'www', 'memory': 1}}}"))
        .extracting(Finding::sentence)
        .containsExactly(
            "/software/components/xen/domains/web/options/name: the domain's name differs from the"
                + " key web; expected the same name (use one name for both: xendomains restores"
                + " a saved domain only if its link in /etc/xen/auto has the domain's name)");
  }

  @Test
  void twoGuestsNeedTwoNames() {
    assertThat(
            errors(
                """
                {'a': {'options': {'name': 'x', 'memory': 1}},
                 'b': {'options': {'name': 'x', 'memory': 1}},
                 'c': {'options': {'name': 'a', 'memory': 1}}}
                """))
        .extracting(Finding::id, Finding::path)
        .containsExactly(
            tuple("XEN104", "/software/components/xen/domains/b/options/name"),
            tuple("XEN104", "/software/components/xen/domains/c/options/name"));
  }

  /** Names that are used twice are found after those of each guest. */
  @Test
  void findingsAreInTheOrderOfTheirPathsAndThenOfTheirIds() {
    String domains = "/software/components/xen/domains/";
    assertThat(
            check(
                """
                {'a': {'options': {'name': '1', 'memory': 1}},
                 'b': {'options': {'name': '1', 'memory': 1}}}
                """))
        .extracting(Finding::path, Finding::id)
        .containsExactly(
            tuple(domains + "a/options/name", "XEN103"),
            tuple(domains + "a/options/name", "XEN391"),
            tuple(domains + "b/options/name", "XEN103"),
            tuple(domains + "b/options/name", "XEN104"),
            tuple(domains + "b/options/name", "XEN391"));
  }

  @ParameterizedTest
  @CsvSource({
    "xvda, xvdb, ''",
    "xvda1, xvda2, ''",
    "xvda, xvdb1, ''",
    "xvda, xvda, XEN105",
    "xvda, xvda1, XEN106",
    "sda3, sda, XEN106",
  })
  void aDeviceIsThereOnceAndWholeOrInPartitions(String one, String other, String id) {
    assertThat(
            errors(
                disks(
                    "'type': 'lvm', 'hostdevice': 'vg', 'hostvol': 'a', 'guestdevice': '"
                        + one
                        + "'",
                    "'type': 'lvm', 'hostdevice': 'vg', 'hostvol': 'b', 'guestdevice': '"
                        + other
                        + "'")))
        .extracting(Finding::id)
        .isEqualTo(id.isEmpty() ? ImmutableList.of() : ImmutableList.of(id));
  }

  @ParameterizedTest
  @CsvSource({
    "vg0, root, ''",
    "vg.0+x_y, r-1, ''",
    "-vg, root, XEN108",
    "vg, -L, XEN108",
    "vg, snapshot1, XEN108",
    "vg, pvmove0, XEN108",
    "vg, a_mimage_0, XEN108",
    "vg, .., XEN108",
    "'v/g', root, XEN108",
  })
  void volumesHaveNamesThatLvmTakes(String group, String volume, String id) {
    assertThat(
            errors(
                disks(
                    "'type': 'lvm', 'hostdevice': '%s', 'hostvol': '%s', 'guestdevice': 'xvda'"
                        .formatted(group, volume))))
        .extracting(Finding::id)
        .isEqualTo(id.isEmpty() ? ImmutableList.of() : ImmutableList.of(id));
  }

  @ParameterizedTest
  @CsvSource({
    "file, path, /srv/xen/a.img, ''",
    "file, path, srv/a.img, XEN109",
    "file, path, /srv/../etc/shadow, XEN109",
    "file, path, /srv//a.img, XEN109",
    "file, path, /srv/./a.img, XEN109",
    "file, path, /srv/, XEN109",
    "file, path, /etc/xen/other, XEN109",
    "file, path, /dev/sda, XEN109",
    "file, path, /srv/..a, ''",
    "phy, hostdevice, sdb2, ''",
    "phy, hostdevice, /dev/disk/by-id/x, ''",
    "phy, hostdevice, ../etc/shadow, XEN109",
    "phy, hostdevice, /srv/x, XEN109",
    "phy, hostdevice, /dev/../etc/shadow, XEN109",
  })
  void pathsStayWhatTheyAre(String type, String field, String path, String id) {
    assertThat(
            errors(
                disks(
                    "'type': '%s', '%s': '%s', 'guestdevice': 'xvda'"
                        .formatted(type, field, path))))
        .extracting(Finding::id)
        .isEqualTo(id.isEmpty() ? ImmutableList.of() : ImmutableList.of(id));
  }

  @ParameterizedTest
  @CsvSource({
    "lvm, 'the name of the volume group'",
    "file, 'the absolute path of the image'",
    "phy, 'the path of a block device below /dev'",
  })
  void aDiskHasWhatItsTypeNeeds(String type, String needed) {
    var reading =
        ModelReader.read(component(disks("'type': '%s', 'guestdevice': 'xvda'".formatted(type))));
    assertThat(reading.findings())
        .isNotEmpty()
        .allMatch(finding -> finding.id().equals("XEN100"))
        .anyMatch(finding -> finding.expected().contains(needed));
  }

  @ParameterizedTest
  @CsvSource({"w, w, 1", "w, r, 1", "r, w, 1", "r, r, 0", "w!, w!, 0", "w!, w, 1", "w!, r, 1"})
  void whatOneGuestWritesNoOtherHas(String one, String other, int errors) {
    String guest =
        "{'options': {'name': '%s', 'memory': 1, 'disk': [{'type': 'lvm', 'hostdevice': 'vg',"
            + " 'hostvol': 'same', 'guestdevice': 'xvda', 'rw': '%s'}]}}";
    assertThat(
            errors(
                "{'a': %s, 'b': %s}"
                    .formatted(guest.formatted("a", one), guest.formatted("b", other))))
        .hasSize(errors)
        .allMatch(finding -> finding.id().equals("XEN107"));
  }

  @Test
  void aMacThatIsThereTwiceIsAWarningWhateverItsNotation() {
    assertThat(
            check(
                """
                {'a': {'options': {'name': 'a', 'memory': 1, 'vif': ['mac=00:16:3E:00:00:01']}},
                 'b': {'options': {'name': 'b', 'memory': 1, 'vif': ['mac=00-16-3e-00-00-01']}}}
                """))
        .extracting(Finding::id, Finding::severity)
        .containsExactly(tuple("XEN113", Severity.WARNING));
  }

  private static String fetch(String url, String path, char digit) {
    return "{'url': '%s', 'path': '%s', 'sha256': '%s'}"
        .formatted(url, path, String.valueOf(digit).repeat(64));
  }

  private static String fetching(String one, String other) {
    String guest =
        "{'options': {'name': '%s', 'memory': 1, 'disk': [{'type': 'file', 'path': '/srv/%s.img',"
            + " 'guestdevice': 'xvda', 'rw': 'w'}]}, 'fetch': [%s]}";
    return "{'a': %s, 'b': %s}"
        .formatted(guest.formatted("a", "a", one), guest.formatted("b", "b", other));
  }

  @ParameterizedTest
  @CsvSource({
    "/boot/k, ''",
    "/k, ''",
    "/etc/xen.d/k, ''",
    "/srv/a.img, XEN151",
    "/srv/b.img, XEN151",
    "boot/k, XEN152",
    "/boot/../k, XEN152",
    "/boot//k, XEN152",
    "/boot/, XEN152",
    "/, XEN152",
    "/etc/xen, XEN152",
    "/etc/xen/k, XEN152",
    "/etc/xen/auto/k, XEN152",
    "/dev/vg/k, XEN152",
    "/proc/k, XEN152",
    "/boot/.k.ncm-xen.tmp, XEN152",
  })
  void aFileIsFetchedToAPlaceOfItsOwn(String path, String id) {
    assertThat(errors(fetching(fetch("https://h/k", path, '1'), "")))
        .extracting(Finding::id, Finding::path)
        .isEqualTo(
            id.isEmpty()
                ? ImmutableList.of()
                : ImmutableList.of(tuple(id, "/software/components/xen/domains/a/fetch/0/path")));
  }

  @Test
  void aFileHasOneSource() {
    assertThat(errors(fetching(fetch("http://h/k", "/k", '1'), fetch("http://h/k", "/k", '1'))))
        .isEmpty();
    assertThat(errors(fetching(fetch("http://h/k", "/k", '1'), fetch("http://h/k", "/k", '2'))))
        .extracting(Finding::id, Finding::path, Finding::found)
        .containsExactly(
            tuple(
                "XEN150",
                "/software/components/xen/domains/b/fetch/0/sha256",
                "/k has another sha256 at /software/components/xen/domains/a/fetch/0"));
    assertThat(errors(fetching(fetch("http://h/k", "/k", '1'), fetch("http://h/l", "/k", '1'))))
        .extracting(Finding::id, Finding::path)
        .containsExactly(tuple("XEN150", "/software/components/xen/domains/b/fetch/0/url"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/k, ''",
    "http://h:8080/k?q=%20, ''",
    "'http://[::1]/k', ''",
    "https://u:hidden@h/k, ''",
    "http://u:hidden@h/k, XEN154",
    "http:///k, XEN153",
    "http://u:hidden@/k, XEN153",
    "http://h:0/k, XEN153",
    "http://h:65536/k, XEN153",
    "http://u:hid/den@h/k, XEN153",
    "http://h/%, XEN153",
    "http://h_1/k, XEN153",
    "http://h/{k}, XEN153",
  })
  void aUrlLeadsSomewhere(String url, String id) {
    assertThat(check(fetching(fetch(url, "/k", '1'), "")))
        .allSatisfy(finding -> assertThat(finding.sentence()).doesNotContain("hid"))
        .extracting(Finding::id)
        .isEqualTo(id.isEmpty() ? ImmutableList.of() : ImmutableList.of(id));
  }

  private static String disks(String... disks) {
    StringBuilder all = new StringBuilder();
    for (String disk : disks) {
      all.append(all.isEmpty() ? "" : ", ").append("{").append(disk).append(", 'rw': 'w'}");
    }
    return "{'a': {'options': {'name': 'a', 'memory': 1, 'disk': [" + all + "]}}}";
  }

  private static Element component(String domains) {
    return profile(domains).find(XenPaths.COMPONENT).orElseThrow();
  }

  private static Profile profile(String domains) {
    return Scenario.domains(domains.replace('\'', '"'));
  }

  private static ImmutableList<Finding> check(String domains) {
    Profile profile = profile(domains);
    return Rules.check(
        ModelReader.read(profile.find(XenPaths.COMPONENT).orElseThrow()).configuration(),
        "",
        profile);
  }

  private static ImmutableList<Finding> errors(String domains) {
    return check(domains).stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .collect(ImmutableList.toImmutableList());
  }
}
