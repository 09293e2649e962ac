package org.quattor.ncm.xen.model;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /software/components/xen} of one host.
 *
 * @param active false when the site has switched the component off
 * @param createFilesystems whether missing volumes may be made; false when absent
 * @param createDomains whether guests that do not run are started; false when absent
 * @param guests {@code domains}, by key
 * @param locations {@code guest_map}, by guest: where each guest of the site belongs
 * @param network {@code network}
 */
public record XenConfiguration(
    boolean active,
    boolean createFilesystems,
    boolean createDomains,
    ImmutableSortedMap<String, Guest> guests,
    ImmutableSortedMap<String, GuestLocation> locations,
    Network network) {

  /**
   * Returns where a guest belongs: by its key, or by the domain's name unless that is a key too.
   */
  public Optional<GuestLocation> location(Guest guest, Set<String> keys) {
    String name = guest.options().name();
    return Optional.ofNullable(locations.get(guest.key()))
        .or(() -> Optional.ofNullable(keys.contains(name) ? null : locations.get(name)));
  }
}
