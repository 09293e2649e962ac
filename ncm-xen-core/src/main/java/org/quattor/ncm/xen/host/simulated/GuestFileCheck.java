package org.quattor.ncm.xen.host.simulated;

import com.google.common.collect.ImmutableSortedSet;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.HostFailure;

/** Reads a guest file as far as a simulated toolstack needs it to start the domain. */
@FunctionalInterface
public interface GuestFileCheck {

  /**
   * Reads a guest file.
   *
   * @param path the file's path on the host, for messages
   * @throws HostFailure when a toolstack would not take the file, with the place in it
   */
  Guest read(String path, byte[] content) throws HostFailure;

  /**
   * What a guest file asks for.
   *
   * @param configuration what the domain is made of; the uuid is empty when the file has none
   * @param shared the targets of disks that it writes to together with others ({@code w!})
   */
  record Guest(DomainConfiguration configuration, ImmutableSortedSet<String> shared) {}
}
