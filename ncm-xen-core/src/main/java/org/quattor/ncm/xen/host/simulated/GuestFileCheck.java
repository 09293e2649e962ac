package org.quattor.ncm.xen.host.simulated;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.jspecify.annotations.Nullable;
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
   * @param name the domain's name
   * @param uuid its uuid; null when the file has none
   * @param memoryMib its memory
   * @param disks its disks
   * @param bridges the bridges that its network interfaces name
   */
  record Guest(
      String name,
      @Nullable String uuid,
      long memoryMib,
      ImmutableList<GuestDisk> disks,
      ImmutableSet<String> bridges) {}
}
