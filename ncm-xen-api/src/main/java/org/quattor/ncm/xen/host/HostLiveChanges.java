package org.quattor.ncm.xen.host;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Changes to domains that run, as {@code xl} makes them; {@code xm} hosts have none here. What is
 * changed shows in {@link HostDomains#configurations} from then on.
 */
public interface HostLiveChanges {

  /** Gives a domain that much memory, which its kernel takes or returns by and by. */
  void setMemory(String name, long memoryMib) throws HostFailure;

  /** Brings virtual CPUs online or takes them off, so that there are that many. */
  void setVcpus(String name, int vcpus) throws HostFailure;

  /** Sets the share of the CPUs; the scheduler is the one that the domain has. */
  void setShare(String name, DomainConfiguration.Share share) throws HostFailure;

  /**
   * Lets the virtual CPUs run on these physical ones.
   *
   * @param affinity one set for each virtual CPU from the first on, or one set for all; none for
   *     any CPU
   */
  void pin(String name, List<Set<Integer>> affinity) throws HostFailure;

  /**
   * Attaches a disk.
   *
   * @param keys in the words of {@code xl-disk-configuration(5)}; {@code target} and {@code vdev}
   *     among them
   */
  void attachDisk(String name, Map<String, String> keys) throws HostFailure;

  /**
   * Attaches a network interface.
   *
   * @param keys in the words of {@code xl-network-configuration(5)}
   */
  void attachVif(String name, Map<String, String> keys) throws HostFailure;

  /**
   * Stores a guest file as what the domain is made from at its next reboot, once; one that is
   * stored is replaced.
   *
   * @param guestFile absolute path
   */
  void store(String name, String guestFile) throws HostFailure;
}
