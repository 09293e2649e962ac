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

  /** Returns what becomes of a domain that shuts down, unless it is gone then. */
  static Optional<String> comesBack(DomainConfiguration domain) {
    return Optional.of(domain.setting("on_poweroff"))
        .filter(action -> !action.equals("destroy") && !action.equals("coredump-destroy"));
  }

  private void stop(Guest guest, DomainState domain) {
    if (!(host.configuration(domain.name()) instanceof Observed.Known<DomainConfiguration> known)) {
      builder.incomplete();
      builder.error(
          "XEN345",
          guest.path() + "/state",
          "domain "
              + domain.name()
              + " is not shut down, because it is unknown whether it is this guest and whether it"
              + " would come back: "
              + host.configuration(domain.name()).whyUnknown(),
          "a domain that the toolstack describes",
          host.toolstack().command() + " list -l shows more; run again");
      return;
    }
    Optional<String> comesBack = comesBack(known.value());
    if (comesBack.isPresent()) {
      builder.error(
          "XEN345",
          guest.path() + "/state",
          "domain "
              + domain.name()
              + " runs with on_poweroff "
              + comesBack.get()
              + ", so that a shutdown does not end it",
          "on_poweroff destroy for a guest that is to be stopped",
          host.toolstack().command() + " destroy ends it without asking its kernel");
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
      return; // XEN351 says it when domains are unknown.
    }
    switch (domain.get().activity()) {
      case RUNNING -> stop(guest, domain.get());
      case PAUSED ->
          builder.error(
              "XEN344",
              guest.path() + "/state",
              "domain " + domain.get().name() + " is paused, and cannot shut down",
              "a domain that is stopped, or runs",
              host.toolstack().command() + " unpause lets it run");
      case BUILDING ->
          builder.error(
              "XEN344",
              guest.path() + "/state",
              "domain " + domain.get().name() + " is being built, and cannot shut down yet",
              "a domain that is stopped, or runs",
              "the next run stops it");
      case SHUT_DOWN, CRASHED, DYING -> {}
    }
  }
}
