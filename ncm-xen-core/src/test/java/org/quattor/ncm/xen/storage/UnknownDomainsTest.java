package org.quattor.ncm.xen.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.storage.Disks.DEVICE;
import static org.quattor.ncm.xen.storage.Disks.GIB;
import static org.quattor.ncm.xen.storage.Disks.IMAGE;
import static org.quattor.ncm.xen.storage.Disks.MIB;
import static org.quattor.ncm.xen.storage.Disks.NEW_GROUP;
import static org.quattor.ncm.xen.storage.Disks.VOLUME;
import static org.quattor.ncm.xen.storage.Disks.guest;
import static org.quattor.ncm.xen.storage.Disks.running;
import static org.quattor.ncm.xen.storage.Disks.volume;
import static org.quattor.ncm.xen.storage.Disks.web;
import static org.quattor.ncm.xen.storage.Disks.with;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.Scenario;

/**
 * A domain whose disks are unknown may have any disk that is there: every road to a disk is closed,
 * whatever the reason, and one finding reports it.
 */
class UnknownDomainsTest {

  private static final String FETCHED =
      """
      {"web": {"fetch": [{"url": "http://192.0.2.1/k", "path": "/boot/k",
                          "sha256": "%s"}],
               "options": {"name": "web", "memory": 512, "kernel": "/boot/k"}}}
      """
          .formatted("0".repeat(64));

  @TempDir Path folder;

  /** Ways to a disk that is there, by what the plan would have without the unknown domain. */
  private static Map<String, Profile> roads() {
    Map<String, Profile> roads = new TreeMap<>();
    roads.put("start-domain", web(DEVICE));
    roads.put("extend-image", web(with(IMAGE, "\"grow\": true")));
    roads.put("extend-volume", web(with(VOLUME, "\"grow\": true")));
    roads.put("make-filesystem", web(with(VOLUME, "\"filesystem\": \"ext4\"")));
    roads.put("create-group", web(NEW_GROUP.replace("vg0", "vg1").replace("sdb", "sdc")));
    roads.put("fetch-file", Scenario.domains(FETCHED));
    return roads;
  }

  static Stream<Arguments> roadsAndGaps() {
    return roads().keySet().stream()
        .flatMap(
            road ->
                Stream.of("list", "list -l", "left out")
                    .map(gap -> Arguments.arguments(road, gap)));
  }

  private Scenario host() {
    return new Scenario(folder)
        .with(
            bare ->
                bare.withBlockDevice("/dev/sdb", GIB)
                    .withBlockDevice("/dev/sdc", 4 * GIB)
                    .withGroup("vg0", 4 * GIB)
                    .withVolume(
                        "vg0", "web", volume(512 * MIB, "", "ncm-xen", "ncm-xen.unfinished"))
                    .withDomain("rescue", running("rescue", "/srv/other.img", true)))
        .file("/srv/xen/web.img", "short")
        .file("/boot/k", "old");
  }

  private Scenario unknown(String gap) {
    return switch (gap) {
      case "list" -> host().failing("HostDomains.list", "xl list failed");
      case "list -l" -> host().failing("configurations", "xl list -l failed");
      default -> host().answering("configurations", Map::of);
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("roadNames")
  void withoutAGapTheRoadIsOpen(String road) {
    assertThat(types(host().plan(roads().get(road)))).contains(road);
  }

  static Stream<String> roadNames() {
    return roads().keySet().stream();
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("roadsAndGaps")
  void withAGapTheRoadIsClosed(String road, String gap) {
    Scenario host = unknown(gap);
    ComponentPlan plan = host.plan(roads().get(road));
    assertThat(types(plan)).doesNotContain(road, "start-domain");
    assertThat(plan.complete()).isFalse();
    assertThat(plan.findings())
        .filteredOn(finding -> finding.severity() == Severity.ERROR)
        .extracting(Finding::id)
        .containsOnlyOnce(gap.equals("list") ? "XEN351" : "XEN302");
    ComponentResult result = host.configure(roads().get(road));
    assertThat(result.errors()).isPositive();
  }

  @Test
  void aGuestWhoseDisksAreAllNewIsStartedAllTheSame() {
    Scenario host = unknown("left out");
    assertThat(types(host.plan(web(VOLUME.replace("\"web\"", "\"new\"")))))
        .contains("create-volume", "start-domain");
  }

  @Test
  void oneFindingServesAllGuests() {
    Profile two =
        Scenario.domains(
            "{" + guest("web", DEVICE) + "," + guest("b", DEVICE.replace("sdb", "sdc")) + "}");
    assertThat(unknown("left out").plan(two).findings())
        .filteredOn(finding -> finding.severity() == Severity.ERROR)
        .extracting(Finding::sentence)
        .singleElement()
        .asString()
        .contains("the toolstack does not describe domain rescue");
  }

  private static Stream<String> types(ComponentPlan plan) {
    return plan.actions().stream().map(action -> action.type());
  }
}
