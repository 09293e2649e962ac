package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.Effect;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.xen.model.Fetch;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.GuestOptions;
import org.quattor.ncm.xen.observe.FetchedFile;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observed;
import org.quattor.ncm.xen.plan.FileAction.FetchFile;

/** Plans what is fetched: files of guests that are missing or have another digest than declared. */
final class FetchPlanner {

  private final Observation host;
  private final PlanBuilder builder;
  private final DiskUsers users;

  FetchPlanner(Observation host, PlanBuilder builder, DiskUsers users) {
    this.host = host;
    this.builder = builder;
    this.users = users;
  }

  /** Returns the ids of the actions that the guest's file and its start have to wait for. */
  ImmutableList<String> plan(Guest guest) {
    ImmutableList.Builder<String> needed = ImmutableList.builder();
    for (Fetch fetch : guest.fetches()) {
      needed.addAll(plan(guest, fetch));
    }
    return needed.build();
  }

  private ImmutableList<String> plan(Guest guest, Fetch fetch) {
    Observed<FetchedFile> reading = host.fetched(fetch.file());
    if (!(reading instanceof Observed.Known<FetchedFile> known)) {
      builder.incomplete();
      builder.holdBack(guest, "XEN155", fetch.path(), "reason", reading.whyUnknown());
      return ImmutableList.of();
    }
    FetchedFile there = known.value();
    return switch (there.entry().kind()) {
      case MISSING -> fetch(Step.of(guest.key(), Reason.MISSING), fetch, Effect.CREATE);
      case FILE ->
          there.sha256().equals(fetch.source().sha256()) || isDisk(guest, fetch, there)
              ? ImmutableList.of()
              : fetch(
                  Step.of(guest.key(), Reason.OTHER_CONTENT).with(impact(guest, fetch)),
                  fetch,
                  Effect.CHANGE);
      case DIRECTORY, LINK, BLOCK_DEVICE, OTHER -> {
        builder.holdBack(
            guest,
            "XEN156",
            fetch.path() + "/path",
            "file",
            fetch.file(),
            "kind",
            there.entry().kind().text());
        yield ImmutableList.of();
      }
    };
  }

  /** A folder on the way may be a link, so that a disk has names that the profile does not tell. */
  private boolean isDisk(Guest guest, Fetch fetch, FetchedFile there) {
    String obstacle = users.obstacle(there.identity());
    String path = fetch.path() + "/path";
    String file = fetch.file();
    if (!obstacle.isEmpty()) {
      builder.holdBack(guest, "XEN157", path, "file", file, "obstacle", obstacle);
      return true;
    }
    if (there.image()) {
      builder.holdBack(guest, "XEN157.image", path, "file", file);
      return true;
    }
    if (there.users() instanceof Observed.Unknown<ImmutableList<String>> unknown) {
      builder.holdBack(guest, "XEN157.unknown", path, "file", file, "reason", unknown.reason());
      return true;
    }
    if (there.users() instanceof Observed.Known<ImmutableList<String>> dom0
        && !dom0.value().isEmpty()) {
      builder.holdBack(guest, "XEN157.dom0", path, "file", file, "users", dom0.value());
      return true;
    }
    if (!users.gap().isEmpty()) {
      users.isUnknown(guest, users.gap());
      return true;
    }
    return false;
  }

  private ImmutableList<String> fetch(Step step, Fetch fetch, Effect effect) {
    return ImmutableList.of(builder.add(new FetchFile(step, fetch.file(), fetch.source(), effect)));
  }

  /** A running guest is booted from its kernel and ramdisk anew when it reboots. */
  private Impact impact(Guest guest, Fetch fetch) {
    GuestOptions.Boot boot = guest.options().boot();
    boolean boots = fetch.file().equals(boot.kernel()) || fetch.file().equals(boot.ramdisk());
    return boots && host.mayHaveDomain(guest.options().name()) ? Impact.NEXT_REBOOT : Impact.NONE;
  }
}
