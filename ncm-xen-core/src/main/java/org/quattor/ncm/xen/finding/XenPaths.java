package org.quattor.ncm.xen.finding;

/** The paths of a profile that the component has. */
public final class XenPaths {

  /** The component's part of a profile. */
  public static final String COMPONENT = "/software/components/xen";

  /** The guests, by key. */
  public static final String DOMAINS = COMPONENT + "/domains";

  /** The host of each guest, by key of the guest. */
  public static final String GUEST_MAP = COMPONENT + "/guest_map";

  /** The bridges. */
  public static final String NETWORK = COMPONENT + "/network";

  private XenPaths() {}
}
