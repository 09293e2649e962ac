package org.quattor.ncm.xen.host;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;

/** The domains of one toolstack. */
public interface HostDomains {

  /** Reads all domains, dom0 included, in one command. */
  List<DomainState> list() throws HostFailure;

  /**
   * Reads what each running domain is made of by name, dom0 left out, in one command; a domain that
   * is missing here has an unknown configuration, it is not stopped.
   */
  Map<String, DomainConfiguration> configurations() throws HostFailure;

  /**
   * Returns the names of domains that a process of the toolstack watches over, so that it would
   * start them again after a reboot of theirs; costs no command.
   */
  Set<String> watched() throws HostFailure;

  /**
   * Returns what processes of the toolstack move to or from this host, or save to a file, at the
   * moment; costs no command.
   */
  Set<DomainTransfer> transfers() throws HostFailure;

  /**
   * Returns the memory that is free for a new domain, in MiB, with one command at most; empty when
   * that is not known, or when dom0 gives up memory of its own for one ({@code autoballoon}).
   */
  OptionalLong freeMemoryMib() throws HostFailure;

  /**
   * Returns what the kernel and the toolstack's files show of each domain and its devices, by the
   * number of the domain: as long as it is the same, no domain was made, ended or given a device.
   * Empty when this host does not show it. Costs no command.
   */
  Optional<SortedMap<Integer, String>> traces() throws HostFailure;

  /**
   * Starts a domain from its guest file and returns when the toolstack says that it runs. The
   * processes that the toolstack leaves behind live on when the caller ends.
   *
   * @param guestFile absolute path
   */
  void start(String guestFile) throws HostFailure;

  /** Asks a domain to shut down and waits until it is gone; fails when the time is over. */
  void shutdown(String name, Duration timeout) throws HostFailure;
}
