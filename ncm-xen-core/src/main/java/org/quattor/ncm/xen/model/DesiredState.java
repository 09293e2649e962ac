package org.quattor.ncm.xen.model;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.quattor.ncm.xen.model.Lifecycle.State;

/**
 * What is to be true of a host after a run.
 *
 * @param configuration the guests that are to be there, and are worked on
 * @param declared all guests that the profile declares, those included that are not worked on; none
 *     when it was not read
 * @param withdraws which guests that are not in the configuration are withdrawn
 * @param spared keys of guests that may be unmanaged: the profile was not understood
 * @param stopDomains whether the domains of withdrawn guests are shut down
 * @param hostName the full name of the host that the profile is of; empty when it is not known
 * @param ownName the name that the host itself shows; empty before it was looked at
 */
public record DesiredState(
    XenConfiguration configuration,
    ImmutableSortedMap<String, Guest> declared,
    Withdrawals withdraws,
    ImmutableSortedSet<String> spared,
    boolean stopDomains,
    String hostName,
    String ownName) {

  /** Which guests are withdrawn, of those that ncm-xen made. */
  public sealed interface Withdrawals {
    /** All that are not wished for. */
    record All() implements Withdrawals {}

    /**
     * Some.
     *
     * @param keys their keys; none for none
     */
    record Only(ImmutableSortedSet<String> keys) implements Withdrawals {}
  }

  /** Wishes for what the profile declares; guests, when there are any, limits it to these. */
  public static DesiredState configured(
      XenConfiguration configuration,
      Collection<String> guests,
      boolean stopDomains,
      String hostName) {
    return new DesiredState(
        withGuests(
            configuration,
            Maps.filterEntries(
                configuration.guests(),
                guest -> managed(guest) && (guests.isEmpty() || guests.contains(guest.getKey())))),
        configuration.guests(),
        guests.isEmpty() ? new Withdrawals.All() : new Withdrawals.Only(ImmutableSortedSet.of()),
        ImmutableSortedSet.of(),
        stopDomains,
        hostName,
        "");
  }

  /**
   * Wishes for a host without anything that ncm-xen made, volumes apart.
   *
   * @param declared what the profile declares, so that unmanaged guests stay as they are
   * @param spared guests that may be unmanaged
   * @param guests when there are any, only these are withdrawn
   */
  public static DesiredState nothing(
      ImmutableSortedMap<String, Guest> declared,
      ImmutableSortedSet<String> spared,
      Collection<String> guests,
      boolean stopDomains,
      String hostName) {
    XenConfiguration empty =
        new XenConfiguration(
            true, false, false, ImmutableSortedMap.of(), ImmutableSortedMap.of(), Network.NONE);
    return new DesiredState(
        empty,
        declared,
        guests.isEmpty()
            ? new Withdrawals.All()
            : new Withdrawals.Only(ImmutableSortedSet.copyOf(guests)),
        spared,
        stopDomains,
        hostName,
        "");
  }

  /** Returns whether the whole host is looked after, and not only some of its guests. */
  public boolean wholeHost() {
    return withdraws instanceof Withdrawals.All;
  }

  /** Returns whether files of that key are withdrawn unless the configuration has them. */
  public boolean mayWithdraw(String key) {
    if (isUnmanaged(key) || spared.contains(key)) {
      return false;
    }
    return withdraws instanceof Withdrawals.Only only ? only.keys().contains(key) : true;
  }

  /** Returns whether the profile says that nothing of the guest is touched. */
  public boolean isUnmanaged(String key) {
    return declared(key).filter(guest -> guest.lifecycle().state() == State.UNMANAGED).isPresent();
  }

  /** Returns the desired state for a host that shows this name. */
  public DesiredState on(String name) {
    return new DesiredState(
        configuration, declared, withdraws, spared, stopDomains, hostName, name);
  }

  /** Returns where {@code guest_map} places a guest: by its key, or by the name of its domain. */
  public Place place(Guest guest) {
    GuestLocation location = configuration.location(guest, declared.keySet()).orElse(null);
    return location == null
        ? new Place.Here()
        : new HostIdentity(hostName, ownName).place(location, configuration.locations().values());
  }

  /**
   * Returns the host that {@code guest_map} places a guest on when that may be another one; empty
   * when it is this one, or when {@code guest_map} does not have the guest.
   */
  public Optional<String> otherHost(Guest guest) {
    Place place = place(guest);
    if (place instanceof Place.Elsewhere elsewhere) {
      return Optional.of(elsewhere.host());
    }
    return place instanceof Place.Doubtful doubtful
        ? Optional.of(doubtful.host())
        : Optional.empty();
  }

  /** Returns what the profile declares of a guest. */
  public Optional<Guest> declared(String key) {
    return Optional.ofNullable(declared.get(key));
  }

  private static boolean managed(Map.Entry<String, Guest> guest) {
    return guest.getValue().lifecycle().state() != State.UNMANAGED;
  }

  private static XenConfiguration withGuests(XenConfiguration whole, Map<String, Guest> guests) {
    return new XenConfiguration(
        whole.active(),
        whole.createFilesystems(),
        whole.createDomains(),
        ImmutableSortedMap.copyOf(guests),
        whole.locations(),
        whole.network());
  }
}
