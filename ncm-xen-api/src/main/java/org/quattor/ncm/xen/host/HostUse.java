package org.quattor.ncm.xen.host;

/** Whether the host itself uses a network device: it has an address there, or a route over it. */
public sealed interface HostUse {

  /** The host uses it. */
  HostUse USED = new Used();

  /** The host does not use it; every route and address was looked at. */
  HostUse UNUSED = new Unused();

  /** An address or a route of the host is on the device. */
  record Used() implements HostUse {}

  /** No address and no route of the host is on the device. */
  record Unused() implements HostUse {}

  /**
   * Not all routes and addresses were looked at, and none was found so far.
   *
   * @param reason why they were not
   */
  record Unknown(String reason) implements HostUse {}
}
