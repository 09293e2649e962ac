package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.Wish;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Reading;

/**
 * Makes the plan: first everything on disks and files, guest by guest; then what is withdrawn; then
 * the stops, the starts and the changes of running guests in their order, so that a slow start
 * delays no other guest's files.
 */
public final class Planner {

  private static final Comparator<Guest> START_ORDER =
      Comparator.comparingLong((Guest guest) -> guest.lifecycle().startOrder())
          .thenComparing(Guest::key);

  private final Intent intent;
  private final Wish wish;
  private final Observation host;
  private final Draft draft = new Draft();
  private final GuestTexts texts;
  private final RunningGuests running;

  private Planner(Intent intent, Wish wish, Observation host, GuestTexts texts) {
    this.intent = intent;
    this.wish = wish;
    this.host = host;
    this.texts = texts;
    this.running = new RunningGuests(host, texts);
  }

  /**
   * Returns the plan.
   *
   * @param texts of the host
   * @param judged what was found before the host was looked at, no error among it
   * @param wished goes into the plan
   */
  public static XenPlan plan(
      Intent intent,
      Wish wish,
      Observation host,
      GuestTexts texts,
      ImmutableList<Finding> judged,
      PlanDigest wished) {
    return new Planner(intent, wish, host, texts).plan(judged, wished);
  }

  private XenPlan plan(ImmutableList<Finding> judged, PlanDigest wished) {
    actions();
    return new XenPlan(
        intent,
        draft.isComplete(),
        true,
        ImmutableList.<Finding>builder().addAll(judged).addAll(draft.findings()).build(),
        draft.actions(),
        wished,
        new PlanDigest(host::digest));
  }

  private void actions() {
    ForeignDomains foreign = new ForeignDomains(host, draft, texts);
    ImmutableList<Guest> guests =
        withoutLibvirt(wish.configuration().guests().values().asList()).stream()
            .filter(guest -> !foreign.has(guest))
            .collect(ImmutableList.toImmutableList());
    DiskUsers users = new DiskUsers(wish, host, draft);
    EarlierDisks earlier = new EarlierDisks(wish, host, draft, texts);
    StoragePlanner storage = new StoragePlanner(wish, host, draft, guests, users, earlier);
    FetchPlanner fetches = new FetchPlanner(host, draft, users);
    GuestFilePlanner files = new GuestFilePlanner(host, draft, texts, running, earlier);
    Autostarts autostarts = new Autostarts(host, texts);
    AutostartPlanner autostart = new AutostartPlanner(wish, host, draft, autostarts);
    SecondInstances instances = new SecondInstances(wish, host, draft);
    instances.places(guests);
    StorageKeeping keeping = new StorageKeeping(wish, host, draft);
    if (wish.wholeHost()) {
      keeping.removeLeftovers();
    }
    Reason reason = intent == Intent.UNCONFIGURE ? Reason.WITHDRAWN : Reason.NOT_DECLARED;
    NetworkPlanner network = new NetworkPlanner(wish, host, draft, reason);
    network.prepare();
    StartRequirements requirements =
        new StartRequirements(new BootFiles(host, draft), users, network);
    ChangePlanner changes = new ChangePlanner(wish, host, draft, running, requirements);
    Map<String, Needs> needs = new HashMap<>(); // by key: the hash of a guest is a long way
    for (Guest guest : guests) {
      StoragePlanner.Disks disks = storage.plan(guest);
      ImmutableList<String> fetched = fetches.plan(guest);
      ImmutableList<String> file =
          ImmutableList.<String>builder()
              .addAll(fetched)
              .addAll(files.plan(guest, fetched, disks))
              .build();
      autostart.plan(guest, file);
      needs.put(guest.key(), new Needs(disks.actions(), file, network.before(guest)));
    }
    new WithdrawalPlanner(wish, host, draft, texts, autostarts, earlier, reason).plan();
    new OtherAutostarts(wish, host, draft, texts, autostarts).name();
    if (wish.wholeHost()) {
      keeping.nameOrphans();
    }
    ImmutableList<Guest> inOrder = ImmutableList.sortedCopyOf(START_ORDER, guests);
    StopPlanner stops = new StopPlanner(host, draft);
    inOrder.reverse().forEach(stops::plan);
    network.withdraw();
    StartPlanner starts = new StartPlanner(wish, host, draft, texts, requirements, users);
    instances.plan(inOrder);
    starts.planAll();
    for (Guest guest : inOrder) {
      Needs need = Objects.requireNonNull(needs.get(guest.key()));
      starts.plan(guest, need.all(), need.disks().stream().anyMatch(this::made));
    }
    changes.planAll();
    for (Guest guest : inOrder) {
      changes.plan(guest, Objects.requireNonNull(needs.get(guest.key())).all());
    }
  }

  /** Two managers of one domain undo each other's work, and start it twice in the end. */
  private ImmutableList<Guest> withoutLibvirt(ImmutableList<Guest> all) {
    if (host.libvirt() instanceof Reading.Unknown<ImmutableSortedSet<String>> unknown) {
      draft.incomplete();
      draft.error(
          "XEN348",
          "/etc/libvirt/libxl",
          "no guest is started or changed, because it is unknown which ones libvirt has: "
              + unknown.reason(),
          "",
          "");
      all.forEach(draft::holdBack);
    }
    ImmutableSet<String> libvirt =
        host.libvirt().fold(ImmutableSet::copyOf, why -> ImmutableSet.of());
    ImmutableList.Builder<Guest> ours = ImmutableList.builder();
    for (Guest guest : all) {
      if (libvirt.contains(guest.options().name())) {
        draft.error(
            "XEN347",
            guest.path(),
            "domain "
                + guest.options().name()
                + " is one of libvirt's, so that nothing is done about it",
            "a guest that one of both manages",
            "virsh -c xen:///system undefine "
                + guest.options().name()
                + " takes it from libvirt; state unmanaged takes it from ncm-xen");
      } else {
        ours.add(guest);
      }
    }
    return ours.build();
  }

  /** A guest whose volume is only now being made cannot be one that is rebooting. */
  private boolean made(String id) {
    return id.startsWith("create-") || id.startsWith("make-");
  }

  private record Needs(
      ImmutableList<String> disks, ImmutableList<String> file, ImmutableSet<String> bridges) {
    ImmutableSet<String> all() {
      return ImmutableSet.<String>builder().addAll(disks).addAll(file).addAll(bridges).build();
    }
  }
}
