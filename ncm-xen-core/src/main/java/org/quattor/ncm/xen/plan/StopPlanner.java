package org.quattor.ncm.xen.plan;

import java.util.Optional;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.Lifecycle.State;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.plan.GuestAction.StopDomain;

/** Plans the shutdown of guests whose {@code state} is stopped; none is ever destroyed. */
final class StopPlanner {

  private final Observation host;
  private final Draft draft;

  StopPlanner(Observation host, Draft draft) {
    this.host = host;
    this.draft = draft;
  }

  static boolean wanted(Guest guest) {
    return guest.lifecycle().state() == State.STOPPED;
  }

  void plan(Guest guest) {
    Optional<DomainState> domain = host.domain(guest.options().name());
    if (!wanted(guest) || domain.isEmpty()) {
      return;
    }
    switch (domain.get().activity()) {
      case RUNNING ->
          draft.add(
              new StopDomain(
                  Step.of(guest.key(), Reason.STATE_STOPPED).with(Impact.RESTART),
                  domain.get().name(),
                  guest.lifecycle().shutdownTimeoutSeconds()));
      case PAUSED ->
          draft.found(
              new Finding(
                  "XEN344",
                  Severity.ERROR,
                  guest.path() + "/state",
                  "domain " + domain.get().name() + " is paused, and cannot shut down",
                  "a domain that is stopped, or runs",
                  host.toolstack().command() + " unpause lets it run"));
      case SHUT_DOWN, CRASHED, DYING -> {}
    }
  }
}
