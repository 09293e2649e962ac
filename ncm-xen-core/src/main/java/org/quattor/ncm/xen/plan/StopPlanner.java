package org.quattor.ncm.xen.plan;

import java.util.Optional;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.Lifecycle.State;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observed;
import org.quattor.ncm.xen.plan.DomainAction.StopDomain;

/** Plans the shutdown of guests whose {@code state} is stopped; none is ever destroyed. */
final class StopPlanner {

  private final Observation host;
  private final PlanBuilder builder;

  StopPlanner(Observation host, PlanBuilder builder) {
    this.host = host;
    this.builder = builder;
  }

  static boolean wanted(Guest guest) {
    return guest.lifecycle().state() == State.STOPPED;
  }

  /** Returns what happens to a domain that shuts down; empty when it ends then. */
  static Optional<String> comesBack(DomainConfiguration domain) {
    return Optional.of(domain.setting("on_poweroff"))
        .filter(action -> !action.equals("destroy") && !action.equals("coredump-destroy"));
  }

  private void stop(Guest guest, DomainState domain) {
    if (!(host.configuration(domain.name()) instanceof Observed.Known<DomainConfiguration> known)) {
      builder.incomplete();
      builder.report(
          "XEN345",
          guest.path() + "/state",
          "domain",
          domain.name(),
          "reason",
          host.configuration(domain.name()).whyUnknown(),
          "toolstack",
          host.toolstack().command());
      return;
    }
    Optional<String> comesBack = comesBack(known.value());
    if (comesBack.isPresent()) {
      builder.report(
          "XEN345.comes-back",
          guest.path() + "/state",
          "domain",
          domain.name(),
          "action",
          comesBack.get(),
          "toolstack",
          host.toolstack().command());
      return;
    }
    builder.add(
        new StopDomain(
            Step.of(guest.key(), Reason.STATE_STOPPED).with(Impact.RESTART),
            domain.name(),
            guest.lifecycle().shutdownTimeoutSeconds()));
  }

  void plan(Guest guest) {
    Optional<DomainState> domain =
        host.domain(guest.options().name()).fold(found -> found, why -> Optional.empty());
    if (!wanted(guest) || domain.isEmpty()) {
      return; // XEN351 reports unknown domains.
    }
    switch (domain.get().activity()) {
      case RUNNING -> stop(guest, domain.get());
      case PAUSED ->
          builder.report(
              "XEN344",
              guest.path() + "/state",
              "domain",
              domain.get().name(),
              "toolstack",
              host.toolstack().command());
      case BUILDING ->
          builder.report("XEN344.building", guest.path() + "/state", "domain", domain.get().name());
      case SHUT_DOWN, CRASHED, DYING -> {}
    }
  }
}
