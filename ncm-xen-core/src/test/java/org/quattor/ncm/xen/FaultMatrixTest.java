package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.common.collect.ImmutableSortedSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.host.simulated.SimulatedHost;

/**
 * Every operation of the host times every fault, with ten guests: the result is right, or an error
 * names the fault; who has nothing to do with it is served; the next run brings about what an
 * undisturbed one would have; and what was there before is untouched. In no cell is a guest started
 * on, or anything written to, a disk that something else uses at that moment ({@link DiskWatch}),
 * nor is a bridge removed that the host uses.
 *
 * <p>The cells are made from the interfaces, so that an operation that is added to them is in it.
 * The fault strikes when the operation is asked for the first time, and when it is for the last.
 */
class FaultMatrixTest {

  /** Every so many cells belong to the fast tests. */
  private static final int FAST_STEP = 9;

  /** Asked for by doctor, or on hosts of other kinds than those here, which have own tests. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "HostDomains.freeMemoryMib",
          "HostFilesystems.beginsBlank",
          "HostFilesystems.initrdFiles",
          "HostFetches.fetch",
          "HostFetches.sha256",
          "HostNetwork.startAll",
          "HostNetwork.stopAll",
          "HostNetwork.libvirtRuns",
          "HostNetwork.restartLibvirt");

  private static int cells;
  private static int tooLate;

  @TempDir Path folder;
  private int folders;

  /** What a run without a fault leaves, and what it asked for. */
  private record Undisturbed(
      Map<String, String> host,
      Set<String> said,
      Map<String, Integer> asked,
      ImmutableSortedSet<String> disks) {}

  private record Cell(Situation situation, HostOperation operation, Fault fault, int nth) {
    @Override
    public String toString() {
      return situation + ": " + operation + " " + nth + " " + fault;
    }
  }

  private final Map<Situation, Undisturbed> undisturbed = new HashMap<>();

  private Scenario host(Situation situation) {
    return situation.host(folder.resolve("host" + folders++));
  }

  private static ComponentResult configure(Situation situation, FaultyHost host) {
    return new XenComponent(duration -> {})
        .configure(
            ComponentContext.builder(situation.profile())
                .operations(XenHost.class, host.host())
                .build());
  }

  private Undisturbed undisturbed(Situation situation) {
    return undisturbed.computeIfAbsent(
        situation,
        key -> {
          try {
            return undisturbedRun(situation);
          } catch (HostFailure e) {
            throw new AssertionError(e);
          }
        });
  }

  private Undisturbed undisturbedRun(Situation situation) throws HostFailure {
    Scenario host = host(situation);
    Set<String> disks = new TreeSet<>(disks(host));
    SimulatedHost simulated = host.host();
    Intruders none = new Intruders(simulated, ImmutableSortedSet.of(), 0);
    FaultyHost counting = new FaultyHost(simulated, null, null, 0, none);
    ComponentResult result = configure(situation, counting);
    assertThat(result.errors()).isZero();
    disks.addAll(disks(host));
    return new Undisturbed(
        withoutNumbers(host.everything()),
        said(result),
        counting.asked(),
        ImmutableSortedSet.copyOf(disks));
  }

  /** Returns the disks of all guests that there are files of, and the devices for new groups. */
  private static Set<String> disks(Scenario host) throws HostFailure {
    Set<String> disks = new TreeSet<>(host.host().spec().blockDevices().keySet());
    for (Map.Entry<String, String> file : host.everything().entrySet()) {
      if (file.getKey().matches("etc/xen/[a-z]+[0-9]")) {
        SimulatedToolstack.read(file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8))
            .configuration()
            .disks()
            .stream()
            .map(DomainConfiguration.Disk::target)
            .forEach(disks::add);
      }
    }
    return disks;
  }

  private List<Cell> cells() {
    List<Cell> all = new ArrayList<>();
    for (Situation situation : Situation.values()) {
      Map<String, Integer> asked = undisturbed(situation).asked();
      for (HostOperation operation : HostOperation.all()) {
        int times = asked.getOrDefault(operation.toString(), 0);
        for (Fault fault : Fault.values()) {
          if (times > 0 && fault.fits(operation)) {
            all.add(new Cell(situation, operation, fault, 1));
            if (times > 1 && fault != Fault.LYING) {
              all.add(new Cell(situation, operation, fault, times));
            }
          }
        }
      }
    }
    return all;
  }

  @TestFactory
  Stream<DynamicTest> someCells() {
    List<Cell> all = cells();
    return Stream.iterate(0, i -> i < all.size(), i -> i + FAST_STEP).map(i -> test(all.get(i)));
  }

  @TestFactory
  @Tag("long")
  Stream<DynamicTest> allCells() {
    Set<String> never = new TreeSet<>();
    HostOperation.all().forEach(operation -> never.add(operation.toString()));
    for (Situation situation : Situation.values()) {
      never.removeAll(undisturbed(situation).asked().keySet());
    }
    return Stream.concat(
        cells().stream().map(this::test),
        Stream.of(
            DynamicTest.dynamicTest(
                "every operation is asked for",
                () ->
                    assertThat(ELSEWHERE)
                        .as("operations that one of the situations should need")
                        .containsAll(never))));
  }

  @AfterAll
  static void tellTheCount() {
    System.out.println(
        "FaultMatrixTest: "
            + cells
            + " cells; in "
            + tooLate
            + " acts somebody came after the last look");
  }

  private DynamicTest test(Cell cell) {
    return DynamicTest.dynamicTest(
        cell.toString(),
        () -> {
          cells++;
          try {
            strike(cell);
          } catch (AssertionError e) {
            throw new AssertionError(cell + ": " + e.getMessage(), e);
          }
        });
  }

  private static boolean beyondUs(Cell cell) {
    return cell.fault() == Fault.LYING && Lies.BEYOND_US.containsKey(cell.operation().toString());
  }

  private void strike(Cell cell) throws HostFailure {
    Undisturbed expected = undisturbed(cell.situation());
    Scenario host = host(cell.situation());
    Map<String, String> before = host.everything();
    SimulatedHost simulated = host.host();
    Intruders intruders = new Intruders(simulated, expected.disks(), cell.nth() == 1 ? 0 : 1);
    DiskWatch watch = new DiskWatch(simulated, intruders);
    FaultyHost faulty =
        new FaultyHost(watch.watched(), cell.fault(), cell.operation(), cell.nth(), intruders);
    if (cell.fault() == Fault.LYING) {
      intruders.come();
    }
    try {
      ComponentResult result = configure(cell.situation(), faulty);
      assertThat(beyondUs(cell) ? List.of() : watch.violations()).isEmpty();
      intruders.go();
      rightOrNamed(cell, expected, host, result);
      othersAreServed(expected, host, result);
    } catch (Fault.Killed e) {
      assertThat(cell.fault()).isIn(Fault.KILLED_BEFORE, Fault.KILLED_AFTER);
      assertThat(watch.violations()).isEmpty();
    } catch (Refusal e) {
      assertThat(e.kind()).isEqualTo(Refusal.Kind.UNREADABLE_HOST);
      assertThat(e).hasMessageContaining(Fault.MARK);
      intruders.go();
      assertThat(host.everything()).as("nothing was changed").isEqualTo(before);
    }
    assertThat(faulty.happened()).isTrue();
    tooLate += watch.tooLate();
    intact(cell.situation(), host.everything());

    ComponentResult second = host.configure(cell.situation().profile());

    assertThat(second.errors()).as(failures(second)).isZero();
    assertThat(withoutNumbers(host.everything())).isEqualTo(expected.host());
    host.assertConverged(cell.situation().profile());
  }

  private static void rightOrNamed(
      Cell cell, Undisturbed expected, Scenario host, ComponentResult result) {
    Set<String> news = said(result);
    news.removeAll(expected.said());
    if (news.isEmpty() && !beyondUs(cell)) {
      Map<String, String> found = withoutNumbers(host.everything());
      // Litter of an older run may wait for the next one.
      found.keySet().removeIf(path -> path.endsWith(HostFiles.TEMPORARY_SUFFIX));
      assertThat(found).as("nothing was said, so all is well").isEqualTo(expected.host());
    } else if (!cell.fault().isSilent()) {
      assertThat(String.join("\n", news)).contains(Fault.MARK);
    }
  }

  /** Returns what a run says at ERROR or WARN. */
  private static Set<String> said(ComponentResult result) {
    return Stream.concat(
            result.plan().findings().stream()
                .filter(finding -> finding.severity() != Severity.NOTE)
                .map(Finding::sentence),
            result.actions().stream()
                .filter(action -> action.outcome() == Outcome.FAILED)
                .map(action -> action.action().summary() + ": " + action.cause()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String failures(ComponentResult result) {
    return String.join("\n", said(result));
  }

  /** A guest of which nothing failed and nothing was said is as it would be without the fault. */
  private static void othersAreServed(Undisturbed expected, Scenario host, ComponentResult result) {
    Set<String> news = said(result);
    news.removeAll(expected.said());
    Map<String, String> found = host.everything();
    Map<String, String> wanted = expected.host();
    for (String file : wanted.keySet()) {
      String guest = file.substring(file.lastIndexOf('/') + 1);
      boolean guestFile = file.startsWith("etc/xen/") && guest.matches("[a-z]+[0-9]");
      boolean concerned =
          result.actions().stream()
                  .anyMatch(
                      action ->
                          action.action().subject().equals(guest)
                              && action.outcome() != Outcome.DONE)
              || news.stream()
                  .anyMatch(text -> text.contains("/" + guest) || !text.contains("/domains/"));
      if (guestFile && !concerned) {
        assertThat(found).as("guest " + guest).containsEntry(file, wanted.get(file));
      }
    }
  }

  private static void intact(Situation situation, Map<String, String> host) {
    switch (situation) {
      case FIRST_RUN -> {
        assertThat(host.get("srv/xen/kept.img")).isEqualTo(TenGuests.CANARY);
        assertThat(host.get("srv/xen/strange.img")).isEqualTo(TenGuests.CANARY);
        assertThat(host.get("srv/xen/short.img")).startsWith(TenGuests.CANARY);
        assertThat(host.get("etc/xen/.byhand")).isEqualTo(TenGuests.CANARY);
        assertThat(host.get("host.json").split("the data of a guest", -1)).hasSize(4);
      }
      case CHANGES, ALL_GONE, NETWORKS, NETWORKS_GONE ->
          assertThat(host.get("etc/xen/byhand")).isEqualTo(TenGuests.CANARY);
      default -> fail("no such situation");
    }
  }

  /** Guests are started in another order when one of them is late. */
  private static Map<String, String> withoutNumbers(Map<String, String> host) {
    Map<String, String> copy = new TreeMap<>(host);
    copy.computeIfPresent("host.json", (name, text) -> text.replaceAll("\"id\" : [0-9]+", "id"));
    return copy;
  }
}
