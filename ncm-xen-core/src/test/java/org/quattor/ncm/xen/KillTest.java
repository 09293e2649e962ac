package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.host.simulated.FailingHost;

/** A run that ends at any operation is made good by the next one, and costs nobody's data. */
class KillTest {

  private static final int FAST_STEP = 5;

  @TempDir Path folder;
  private final Profile profile = TenGuests.profile();
  private Map<String, String> undisturbed = Map.of();
  private int operations;
  private int changes;

  private Scenario host(String name) {
    return TenGuests.withFiles(
        new Scenario(folder.resolve(name)).with(TenGuests::furnish), "/srv/xen/");
  }

  private ComponentResult configure(FailingHost host) {
    return new XenComponent(duration -> {})
        .configure(
            ComponentContext.builder(profile).operations(XenHost.class, host.host()).build());
  }

  @BeforeEach
  void runWithoutDisturbance() {
    Scenario host = host("undisturbed");
    FailingHost counting = new FailingHost(host.host());
    ComponentResult result = configure(counting);
    assertThat(result.errors()).isZero();
    undisturbed = host.everything();
    operations = counting.operations();
    changes = counting.changes();
    intact(undisturbed);
  }

  private static void intact(Map<String, String> host) {
    assertThat(host.keySet()).noneMatch(path -> path.endsWith(HostFiles.TEMPORARY_SUFFIX));
    assertThat(host.get("srv/xen/kept.img")).isEqualTo(TenGuests.CANARY);
    assertThat(host.get("srv/xen/strange.img")).isEqualTo(TenGuests.CANARY);
    assertThat(host.get("srv/xen/short.img")).startsWith(TenGuests.CANARY).hasSize(1 << 20);
    assertThat(host.get("etc/xen/.byhand")).isEqualTo(TenGuests.CANARY);
    assertThat(host.get("host.json").split("the data of a guest", -1)).hasSize(4);
    assertThat(host.get("host.json")).doesNotContain("ncm-xen.unfinished");
  }

  @Test
  void theProfileNeedsEveryKindOfOperation() {
    assertThat(changes).isGreaterThan(70);
    assertThat(undisturbed.get("host.json"))
        .contains("ext4 file system labelled root", "swap area", "xfs file system", "vg1/xfs");
    assertThat(undisturbed.get("srv/xen/ext4.img")).isEqualTo((8 << 20) + " bytes");
  }

  /** A fifth of all boundaries in the fast tests; all of them in the long ones. */
  @TestFactory
  Stream<DynamicTest> killedAtSomeOperations() {
    return Stream.of(beforeChanges(FAST_STEP), afterChanges(FAST_STEP), failures(FAST_STEP))
        .flatMap(tests -> tests);
  }

  @TestFactory
  @Tag("long")
  Stream<DynamicTest> killedAtEveryOperation() {
    return Stream.of(beforeChanges(1), afterChanges(1), failures(1)).flatMap(tests -> tests);
  }

  private static IntStream every(int step, int last) {
    return IntStream.rangeClosed(1, last).filter(n -> n % step == 0);
  }

  private Stream<DynamicTest> beforeChanges(int step) {
    return every(step, changes)
        .mapToObj(
            n ->
                DynamicTest.dynamicTest(
                    "before change " + n,
                    () -> killed("before" + n, (host, death) -> host.dieBefore(n, death))));
  }

  private Stream<DynamicTest> afterChanges(int step) {
    return every(step, changes)
        .mapToObj(
            n ->
                DynamicTest.dynamicTest(
                    "after change " + n,
                    () -> killed("after" + n, (host, death) -> host.dieAfter(n, death))));
  }

  private interface Blow {
    void prepare(FailingHost host, Error death);
  }

  private void killed(String name, Blow blow) {
    Scenario host = host(name);
    FailingHost doomed = new FailingHost(host.host());
    blow.prepare(doomed, new Killed());

    assertThatThrownBy(() -> configure(doomed)).isInstanceOf(Killed.class);
    ComponentResult second = host.configure(profile);

    assertThat(second.errors()).isZero();
    assertThat(host.everything()).isEqualTo(undisturbed);
    intact(host.everything());
    host.assertConverged(profile);
  }

  private Stream<DynamicTest> failures(int step) {
    return every(step, operations)
        .mapToObj(
            n ->
                DynamicTest.dynamicTest(
                    "operation " + n,
                    () -> {
                      Scenario host = host("failing" + n);
                      FailingHost failing = new FailingHost(host.host());
                      failing.failAt(n);
                      fails(failing);
                      assertThat(host.configure(profile).errors()).isZero();
                      inAnyOrder(host);
                    }));
  }

  private void fails(FailingHost failing) {
    try {
      ComponentResult result = configure(failing);
      assertThat(result.count(Outcome.FAILED)).isLessThanOrEqualTo(1);
    } catch (Refusal e) {
      assertThat(e.kind()).isEqualTo(Refusal.Kind.UNREADABLE_HOST);
      assertThat(e.getCause()).isInstanceOf(HostFailure.class);
    }
  }

  /** Other guests are started before the one that failed, so numbers of domains differ. */
  private void inAnyOrder(Scenario host) {
    Map<String, String> found = host.everything();
    intact(found);
    assertThat(withoutNumbers(found)).isEqualTo(withoutNumbers(undisturbed));
    host.assertConverged(profile);
  }

  private static Map<String, String> withoutNumbers(Map<String, String> host) {
    java.util.TreeMap<String, String> copy = new java.util.TreeMap<>(host);
    copy.computeIfPresent("host.json", (name, text) -> text.replaceAll("\"id\" : [0-9]+", "id"));
    return copy;
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }
}
