package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Optional;
import org.quattor.ncm.xen.finding.XenPaths;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.model.Disk.Access;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.Lifecycle.State;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observed;
import org.quattor.ncm.xen.observe.Observer;
import org.quattor.ncm.xen.plan.DomainAction.StartDomain;

/** Plans the starts of declared guests that are known not to run and have their disks. */
final class StartPlanner {

  private final DesiredState desired;
  private final Observation host;
  private final PlanBuilder builder;
  private final GuestTexts texts;
  private final StartRequirements requirements;
  private final DiskUsers users;

  StartPlanner(
      DesiredState desired,
      Observation host,
      PlanBuilder builder,
      GuestTexts texts,
      StartRequirements requirements,
      DiskUsers users) {
    this.desired = desired;
    this.host = host;
    this.builder = builder;
    this.texts = texts;
    this.requirements = requirements;
    this.users = users;
  }

  /** Reports once why no declared guest is started. */
  void planAll() {
    ImmutableCollection<Guest> guests = desired.configuration().guests().values();
    boolean starts = guests.stream().anyMatch(this::wanted);
    if (!host.facts().dom0()) {
      if (!starts) {
        return;
      }
      builder.report("XEN350", XenPaths.DOMAINS);
    } else if (host.domains() instanceof Observed.Unknown<ImmutableList<DomainState>> unknown
        && (starts || users.gapMatters() || guests.stream().anyMatch(StopPlanner::wanted))) {
      builder.incomplete();
      builder.report(
          "XEN351",
          XenPaths.DOMAINS,
          "reason",
          unknown.reason(),
          "toolstack",
          host.toolstack().command());
    }
  }

  void plan(Guest guest, Iterable<String> after, boolean newVolume) {
    if (!wanted(guest)
        || !(host.domains() instanceof Observed.Known<ImmutableList<DomainState>> domains)) {
      return;
    }
    if (desired.otherHost(guest).isPresent()) {
      return;
    }
    String name = guest.options().name();
    if (host.domain(name) instanceof Observed.Known<Optional<DomainState>> known
        && known.value().isPresent()) {
      explain(guest, known.value().get());
      return;
    }
    requirements.require(guest);
    otherName(guest);
    if (builder.isHeldBack(guest)) {
      builder.report("XEN353", guest.path(), "domain", name);
      return;
    }
    boolean mayBeRebooting = !newVolume && mayBeRebooting(guest, domains.value());
    builder.add(
        new StartDomain(
            Step.of(guest.key(), reason(guest)).after(after),
            name,
            Observer.FOLDER + "/" + guest.key(),
            mayBeRebooting,
            guest.lifecycle().startDelaySeconds(),
            DiskClaim.of(guest)));
  }

  /** A guest whose name changed runs on under the old one: the domain has its identity. */
  private void otherName(Guest guest) {
    String uuid = texts.uuid(guest);
    // Where no domain is described, any may be the guest; most are held back for their disks.
    if (host.configurations() instanceof Observed.Unknown<?> unknown
        && guest.options().allDisks().stream()
            .allMatch(disk -> disk.common().access() == Access.SHARED_WRITE)) {
      users.isUnknown(guest, unknown.reason());
    }
    host
        .configurations()
        .fold(ImmutableSortedMap::values, why -> ImmutableList.<DomainConfiguration>of())
        .stream()
        .filter(domain -> domain.uuid().equals(uuid))
        .filter(domain -> SecondInstances.moved(domain.name()).isEmpty())
        .findFirst()
        .ifPresent(
            domain ->
                builder.holdBack(
                    guest,
                    "XEN349",
                    guest.path() + "/options/name",
                    "oldName",
                    domain.name(),
                    "newName",
                    guest.options().name(),
                    "toolstack",
                    host.toolstack().command()));
  }

  /** A domain that exists without running is for an administrator to look at. */
  private void explain(Guest guest, DomainState domain) {
    switch (domain.activity()) {
      case RUNNING, PAUSED, BUILDING -> {}
      case SHUT_DOWN, CRASHED, DYING ->
          builder.report(
              "XEN352",
              guest.path(),
              "domain",
              domain.name(),
              "activity",
              domain.activity().text(),
              "toolstack",
              host.toolstack().command());
    }
  }

  /**
   * A guest that reboots has no domain for about two seconds, but a process that will start it
   * again. A process that works for no known domain may be that one; so may a domain that is being
   * torn down, which has lost its name.
   */
  private boolean mayBeRebooting(Guest guest, ImmutableList<DomainState> domains) {
    return domains.stream().anyMatch(domain -> domain.name().equals("(null)"))
        || host.watched()
            .fold(
                all ->
                    all.stream()
                        .anyMatch(process -> isOf(guest, process) || isOfNobody(process, domains)),
                why -> true);
  }

  private boolean isOfNobody(String process, ImmutableList<DomainState> domains) {
    return desired.declared().values().stream().noneMatch(guest -> isOf(guest, process))
        && domains.stream()
            .noneMatch(domain -> ToolstackProcesses.isOf(process, domain.name(), domain.name()));
  }

  private static boolean isOf(Guest guest, String process) {
    return ToolstackProcesses.isOf(process, guest.key(), guest.options().name());
  }

  private static Reason reason(Guest guest) {
    return guest.lifecycle().state() == State.RUNNING ? Reason.STATE_RUNNING : Reason.NOT_RUNNING;
  }

  private boolean wanted(Guest guest) {
    return wanted(desired, guest);
  }

  /** Returns whether a guest is to be started when it does not run. */
  static boolean wanted(DesiredState desired, Guest guest) {
    return switch (guest.lifecycle().state()) {
      case RUNNING -> true;
      case UNDECLARED -> desired.configuration().createDomains();
      case STOPPED, UNMANAGED -> false;
    };
  }
}
