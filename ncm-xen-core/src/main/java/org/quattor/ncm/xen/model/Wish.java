package org.quattor.ncm.xen.model;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import java.util.Set;

/**
 * What is to be true of a host after a run.
 *
 * @param configuration the guests that are to be there
 * @param wholeHost whether guests that are not in the configuration are withdrawn
 * @param stopDomains whether the domains of withdrawn guests are shut down
 * @param hostName the full name of the host that the profile is of; empty when it is not known
 */
public record Wish(
    XenConfiguration configuration, boolean wholeHost, boolean stopDomains, String hostName) {

  /** Wishes for what the profile declares; guests, when there are any, limits it to these. */
  public static Wish configured(
      XenConfiguration configuration, Set<String> guests, boolean stopDomains, String hostName) {
    if (guests.isEmpty()) {
      return new Wish(configuration, true, stopDomains, hostName);
    }
    return new Wish(
        withGuests(
            configuration,
            ImmutableSortedMap.copyOf(Maps.filterKeys(configuration.guests(), guests::contains))),
        false,
        stopDomains,
        hostName);
  }

  /** Wishes for a host without anything that ncm-xen made, volumes apart. */
  public static Wish nothing(boolean stopDomains, String hostName) {
    XenConfiguration empty =
        new XenConfiguration(
            true,
            false,
            false,
            ImmutableSortedMap.of(),
            ImmutableSortedMap.of(),
            new Network(ImmutableSortedSet.of()));
    return new Wish(empty, true, stopDomains, hostName);
  }

  private static XenConfiguration withGuests(
      XenConfiguration whole, ImmutableSortedMap<String, Guest> guests) {
    return new XenConfiguration(
        whole.active(),
        whole.createFilesystems(),
        whole.createDomains(),
        guests,
        whole.locations(),
        whole.network());
  }
}
