package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.observe.NetworkState;
import org.quattor.ncm.xen.observe.Observation;

/** What keeps a bridge: the host, devices on it or on top of it, and guests that declare it. */
final class BridgeUsers {

  /** As Xen's scripts name the device of a guest: by the number of its domain. */
  private static final Pattern GUEST_DEVICE = Pattern.compile("(?:vif|tap)([0-9]{1,9})\\..*");

  private final DesiredState desired;
  private final Observation host;
  private final PlanBuilder builder;

  BridgeUsers(DesiredState desired, Observation host, PlanBuilder builder) {
    this.desired = desired;
    this.host = host;
    this.builder = builder;
  }

  /** Returns why a bridge is not removed; empty when nothing uses it. */
  Optional<String> whyKept(NetworkState state, String bridge, Collection<String> ports) {
    return state.use().whyKept(bridge, ports).or(() -> declaredBy(bridge));
  }

  /** Returns the same for the time after all planned stops of guests. */
  Optional<String> whyKeptAfterStops(NetworkState state, String bridge, Collection<String> ports) {
    ImmutableList<String> going =
        state.use().members(bridge, ports).stream()
            .filter(this::goes)
            .collect(ImmutableList.toImmutableList());
    return whyKept(
        state, bridge, ImmutableSet.<String>builder().addAll(ports).addAll(going).build());
  }

  /** Returns the steps that stop guests: a guest's device goes when its domain is gone. */
  ImmutableList<String> stops() {
    return builder.actions().stream()
        .filter(DomainAction.StopDomain.class::isInstance)
        .map(Action::id)
        .collect(ImmutableList.toImmutableList());
  }

  private Optional<String> declaredBy(String bridge) {
    return desired.configuration().guests().values().stream()
        .filter(
            guest ->
                guest.options().allVifs().stream()
                    .anyMatch(vif -> vif.bridge().equals(Optional.of(bridge))))
        .map(Guest::key)
        .findFirst()
        .map(guest -> "guest " + guest + " has a vif on " + bridge);
  }

  private boolean goes(String device) {
    Matcher name = GUEST_DEVICE.matcher(device);
    if (!name.matches()) {
      return false;
    }
    int id = Integer.parseInt(name.group(1));
    return builder.actions().stream()
        .filter(DomainAction.StopDomain.class::isInstance)
        .map(action -> host.domain(((DomainAction.StopDomain) action).domain()))
        .anyMatch(
            reading ->
                reading.fold(
                    domain -> domain.map(DomainState::id).equals(Optional.of(id)), why -> false));
  }
}
