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
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observed;

/**
 * Makes the plan: first disks and files, guest by guest; then what is withdrawn; then stops, starts
 * and changes of running guests, because a slow start must not delay another guest's files.
 */
public final class Planner {

  /** A plain lambda, because no class-data archive has those that Comparator's methods make. */
  private static final Comparator<Guest> START_ORDER =
      (one, other) -> {
        int byOrder = Long.compare(one.lifecycle().startOrder(), other.lifecycle().startOrder());
        return byOrder == 0 ? one.key().compareTo(other.key()) : byOrder;
      };

  private final Intent intent;
  private final DesiredState desired;
  private final Observation host;
  private final PlanBuilder builder = new PlanBuilder();
  private final GuestTexts texts;
  private final RunningGuests running;

  private Planner(Intent intent, DesiredState desired, Observation host, GuestTexts texts) {
    this.intent = intent;
    this.desired = desired;
    this.host = host;
    this.texts = texts;
    this.running = new RunningGuests(host, texts);
  }

  /**
   * Returns the plan.
   *
   * @param texts of the host
   * @param judged the findings of earlier stages, which have no error
   * @param wished the digest of the component's tree and the options
   */
  public static XenPlan plan(
      Intent intent,
      DesiredState desired,
      Observation host,
      GuestTexts texts,
      ImmutableList<Finding> judged,
      PlanDigest wished) {
    return new Planner(intent, desired, host, texts).plan(judged, wished);
  }

  private XenPlan plan(ImmutableList<Finding> judged, PlanDigest wished) {
    actions();
    return new XenPlan(
        intent,
        builder.isComplete(),
        true,
        ImmutableList.<Finding>builder().addAll(judged).addAll(builder.findings()).build(),
        builder.actions(),
        wished,
        new PlanDigest(host::digest));
  }

  private void actions() {
    ForeignDomains foreign = new ForeignDomains(host, builder, texts);
    ImmutableList<Guest> guests =
        withoutLibvirt(desired.configuration().guests().values().asList()).stream()
            .filter(guest -> !foreign.has(guest))
            .collect(ImmutableList.toImmutableList());
    DiskUsers users = new DiskUsers(desired, host, builder);
    EarlierDisks earlier = new EarlierDisks(desired, host, builder, texts);
    StoragePlanner storage = new StoragePlanner(desired, host, builder, guests, users, earlier);
    FetchPlanner fetches = new FetchPlanner(host, builder, users);
    GuestFilePlanner files = new GuestFilePlanner(host, builder, texts, running, earlier);
    Autostarts autostarts = new Autostarts(host, texts);
    AutostartPlanner autostart = new AutostartPlanner(desired, host, builder, autostarts);
    SecondInstances instances = new SecondInstances(desired, host, builder);
    instances.places(guests);
    StorageKeeping keeping = new StorageKeeping(desired, host, builder);
    if (desired.wholeHost()) {
      keeping.removeLeftovers();
    }
    Reason reason = intent == Intent.UNCONFIGURE ? Reason.WITHDRAWN : Reason.NOT_DECLARED;
    NetworkPlanner network = new NetworkPlanner(desired, host, builder, reason);
    network.prepare();
    StartRequirements requirements =
        new StartRequirements(new BootFiles(host, builder), users, network);
    ChangePlanner changes = new ChangePlanner(desired, host, builder, running, requirements);
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
    new WithdrawalPlanner(desired, host, builder, texts, autostarts, earlier, reason).plan();
    new OtherAutostarts(desired, host, builder, texts, autostarts).name();
    if (desired.wholeHost()) {
      keeping.nameOrphans();
    }
    ImmutableList<Guest> inOrder = ImmutableList.sortedCopyOf(START_ORDER, guests);
    StopPlanner stops = new StopPlanner(host, builder);
    inOrder.reverse().forEach(stops::plan);
    network.withdraw();
    StartPlanner starts = new StartPlanner(desired, host, builder, texts, requirements, users);
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

  /** Two managers of one domain undo each other's work, and may start it twice. */
  private ImmutableList<Guest> withoutLibvirt(ImmutableList<Guest> all) {
    if (host.libvirt() instanceof Observed.Unknown<ImmutableSortedSet<String>> unknown) {
      builder.incomplete();
      builder.report("XEN348", "/etc/libvirt/libxl", "reason", unknown.reason());
      all.forEach(builder::holdBack);
    }
    ImmutableSet<String> libvirt =
        host.libvirt().fold(ImmutableSet::copyOf, why -> ImmutableSet.of());
    ImmutableList.Builder<Guest> ours = ImmutableList.builder();
    for (Guest guest : all) {
      if (libvirt.contains(guest.options().name())) {
        builder.report("XEN347", guest.path(), "domain", guest.options().name());
      } else {
        ours.add(guest);
      }
    }
    return ours.build();
  }

  /** A guest whose disk this run creates cannot be rebooting. */
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
