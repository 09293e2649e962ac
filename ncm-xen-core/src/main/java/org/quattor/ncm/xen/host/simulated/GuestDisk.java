package org.quattor.ncm.xen.host.simulated;

import org.quattor.ncm.xen.model.Disk.Access;

/**
 * A disk as a domain uses it.
 *
 * @param target the absolute path in dom0
 * @param access what the domain may do with it
 */
public record GuestDisk(String target, Access access) {

  /**
   * Returns whether the toolstack lets two domains use the disk together, by the rules of Xen's
   * {@code block} script: all read only, or the asking one insists ({@code w!}).
   */
  boolean goesWith(GuestDisk running) {
    return !target.equals(running.target)
        || access == Access.SHARED_WRITE
        || (access == Access.READ_ONLY && running.access != Access.READ_WRITE);
  }
}
