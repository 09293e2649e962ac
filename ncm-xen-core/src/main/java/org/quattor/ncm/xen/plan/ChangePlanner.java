package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Optional;
import java.util.stream.Collectors;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.xen.finding.XenPaths;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.Lifecycle.OnChange;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observed;
import org.quattor.ncm.xen.observe.Observer;
import org.quattor.ncm.xen.plan.DomainAction.RestartDomain;
import org.quattor.ncm.xen.plan.DomainAction.UpdateConfiguration;

/**
 * Plans what is done about guests that run with something else than is declared, as far as {@code
 * on_change} allows it. All is computed from the host anew in every run: what was done shows there.
 */
final class ChangePlanner {

  private final DesiredState desired;
  private final Observation host;
  private final PlanBuilder builder;
  private final RunningGuests running;
  private final StartRequirements requirements;

  ChangePlanner(
      DesiredState desired,
      Observation host,
      PlanBuilder builder,
      RunningGuests running,
      StartRequirements requirements) {
    this.requirements = requirements;
    this.desired = desired;
    this.host = host;
    this.builder = builder;
    this.running = running;
  }

  /** Reports once why no running guest is compared with the profile. */
  void planAll() {
    if (host.configurations()
            instanceof Observed.Unknown<ImmutableSortedMap<String, DomainConfiguration>> unknown
        && desired.configuration().guests().values().stream().anyMatch(running::runs)) {
      builder.incomplete();
      builder.report(
          "XEN362",
          XenPaths.DOMAINS,
          "reason",
          unknown.reason(),
          "toolstack",
          host.toolstack().command());
      return;
    }
    for (Guest guest : desired.configuration().guests().values()) {
      if (running.runs(guest)
          && running.configuration(guest).isEmpty()
          && !StopPlanner.wanted(guest)) {
        builder.incomplete();
        builder.report(
            "XEN362.undescribed",
            guest.path(),
            "domain",
            guest.options().name(),
            "toolstack",
            host.toolstack().command());
      }
    }
  }

  void plan(Guest guest, Iterable<String> after) {
    Optional<ImmutableList<Difference>> differences = running.differences(guest);
    if (differences.isEmpty() || StopPlanner.wanted(guest)) {
      return;
    }
    ImmutableList<Difference> all = differences.get();
    ImmutableList<Difference> later =
        all.stream()
            .filter(difference -> difference.impact() != Impact.LIVE)
            .collect(ImmutableList.toImmutableList());
    if (guest.lifecycle().onChange() == OnChange.RESTART && !later.isEmpty()) {
      requirements.requireRestart(guest);
    } else if (guest.lifecycle().onChange() != OnChange.REPORT && all.size() > later.size()) {
      requirements.requireDevices(guest);
    }
    OnChange mode = builder.isHeldBack(guest) ? OnChange.REPORT : guest.lifecycle().onChange();
    if (mode == OnChange.RESTART && !later.isEmpty()) {
      restart(guest, all, after);
      return;
    }
    if (mode == OnChange.REPORT) {
      report(guest, all);
    } else {
      live(guest, all, after);
    }
    switch (mode) {
      case NEXT_REBOOT -> nextReboot(guest, later, after);
      case LIVE -> report(guest, later);
      case REPORT, RESTART -> {}
    }
    if (mode != OnChange.NEXT_REBOOT) {
      storedOtherwise(guest);
    }
  }

  private void live(Guest guest, ImmutableList<Difference> all, Iterable<String> after) {
    Step step = Step.of(guest.key(), Reason.RUNS_OTHERWISE).after(after).with(Impact.LIVE);
    all.stream().flatMap(difference -> difference.action(step).stream()).forEach(builder::add);
  }

  private void nextReboot(Guest guest, ImmutableList<Difference> later, Iterable<String> after) {
    boolean stored = running.configuration(guest).map(made -> made.stored() != null).orElse(false);
    if (later.isEmpty() && !stored) {
      return;
    }
    if (running.isStored(guest)) {
      if (!later.isEmpty()) {
        builder.report("XEN364", guest.path(), "domain", name(guest), "changes", text(later));
      }
      return;
    }
    String onReboot =
        running.configuration(guest).map(made -> made.setting("on_reboot")).orElse("restart");
    boolean restarts = onReboot.contains("restart");
    if (later.isEmpty() && !(restarts && isWatched(guest))) {
      storedOtherwise(guest);
      return;
    }
    if (!restarts) {
      builder.report(
          "XEN365",
          guest.path(),
          "domain",
          name(guest),
          "action",
          onReboot,
          "changes",
          text(later));
      return;
    }
    if (!isWatched(guest)) {
      builder.report(
          "XEN365.unwatched",
          guest.path(),
          "domain",
          name(guest),
          "toolstack",
          host.toolstack().command(),
          "changes",
          text(later));
      return;
    }
    Reason reason = stored ? Reason.STORED_OTHERWISE : Reason.RUNS_OTHERWISE;
    builder.add(
        new UpdateConfiguration(
            Step.of(guest.key(), reason).after(after).with(Impact.NEXT_REBOOT),
            name(guest),
            file(guest)));
  }

  /** Returns whether a process of the toolstack waits to start the domain anew when it reboots. */
  private boolean isWatched(Guest guest) {
    return host.watched()
        .fold(
            all ->
                all.stream()
                    .anyMatch(
                        process -> ToolstackProcesses.isOf(process, guest.key(), name(guest))),
            why -> true);
  }

  private void restart(Guest guest, ImmutableList<Difference> all, Iterable<String> after) {
    if (cannotRestart(guest, all)) {
      return;
    }
    builder.add(
        new RestartDomain(
            Step.of(guest.key(), Reason.RUNS_OTHERWISE).after(after).with(Impact.RESTART),
            name(guest),
            file(guest),
            guest.lifecycle().shutdownTimeoutSeconds(),
            guest.lifecycle().startDelaySeconds(),
            moreMemoryMib(guest),
            guest.options().bootFiles(host.toolstack()),
            DiskClaim.of(guest)));
  }

  private long moreMemoryMib(Guest guest) {
    return running
        .configuration(guest)
        .map(DomainConfiguration::memoryKib)
        .map(hasKib -> Math.max(0, guest.options().memoryMib() - hasKib * 1024 / Size.MIB))
        .orElse(0L);
  }

  /** Returns whether the domain would not end, or not be started here; reports that then. */
  private boolean cannotRestart(Guest guest, ImmutableList<Difference> all) {
    Optional<String> other = desired.otherHost(guest);
    Optional<String> comesBack = running.configuration(guest).flatMap(StopPlanner::comesBack);
    if (other.isPresent()) {
      builder.report(
          "XEN365.elsewhere",
          guest.path(),
          "domain",
          name(guest),
          "host",
          other.get(),
          "changes",
          text(all));
    } else if (comesBack.isPresent()) {
      builder.report(
          "XEN365.comes-back",
          guest.path(),
          "domain",
          name(guest),
          "action",
          comesBack.get(),
          "toolstack",
          host.toolstack().command(),
          "changes",
          text(all));
    }
    return other.isPresent() || comesBack.isPresent();
  }

  private void report(Guest guest, ImmutableList<Difference> differences) {
    if (!differences.isEmpty()) {
      builder.report(
          host.toolstack() == Toolstack.XM ? "XEN363.xm" : "XEN363",
          guest.path(),
          "domain",
          name(guest),
          "differences",
          differences.stream()
              .map(each -> each.text() + " (" + each.impact().text() + ")")
              .collect(Collectors.joining("; ")));
    }
  }

  /** What an earlier run or an administrator stored comes with the next reboot all the same. */
  private void storedOtherwise(Guest guest) {
    boolean stored = running.configuration(guest).map(made -> made.stored() != null).orElse(false);
    if (stored && !running.isStored(guest)) {
      builder.report("XEN366", guest.path(), "domain", name(guest), "file", file(guest));
    }
  }

  private static String text(ImmutableList<Difference> differences) {
    return differences.stream().map(Difference::text).collect(Collectors.joining("; "));
  }

  private static String name(Guest guest) {
    return guest.options().name();
  }

  private static String file(Guest guest) {
    return Observer.FOLDER + "/" + guest.key();
  }
}
