package org.quattor.ncm.xen.rules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.MacAddress;
import org.quattor.ncm.xen.model.Vif;
import org.quattor.ncm.xen.model.XenConfiguration;

/**
 * What has to be known of a host to hold it against others; small, since there may be many.
 *
 * @param hostName the full name of the host; empty when its profile says none
 * @param guests the guests of an active component
 * @param map {@code guest_map}: the host of each guest, as declared
 */
public record HostSummary(
    String hostName, ImmutableList<GuestSummary> guests, ImmutableMap<String, String> map) {

  /**
   * A guest.
   *
   * @param key its key
   * @param macs its addresses, in the order of its interfaces
   * @param macPaths the Pan paths of these interfaces below the guest
   * @param uuid as declared; null when absent
   */
  record GuestSummary(
      String key,
      ImmutableList<MacAddress> macs,
      ImmutableList<String> macPaths,
      @Nullable String uuid) {}

  /** Returns the summary of a configuration. */
  public static HostSummary of(XenConfiguration configuration, String hostName) {
    ImmutableMap.Builder<String, String> map = ImmutableMap.builder();
    configuration
        .locations()
        .forEach((guest, location) -> map.put(guest, location.hypervisorName()));
    return new HostSummary(
        hostName,
        configuration.active()
            ? configuration.guests().values().stream()
                .map(HostSummary::guest)
                .collect(ImmutableList.toImmutableList())
            : ImmutableList.of(),
        map.buildOrThrow());
  }

  private static GuestSummary guest(Guest guest) {
    ImmutableList.Builder<MacAddress> macs = ImmutableList.builder();
    ImmutableList.Builder<String> paths = ImmutableList.builder();
    for (Vif vif : guest.options().allVifs()) {
      Optional<MacAddress> mac = vif.mac();
      if (mac.isPresent()) {
        macs.add(mac.get());
        paths.add(vif.path().substring(guest.path().length()));
      }
    }
    return new GuestSummary(guest.key(), macs.build(), paths.build(), guest.options().uuid());
  }
}
