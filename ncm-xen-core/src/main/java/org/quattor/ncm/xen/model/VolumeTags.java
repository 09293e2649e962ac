package org.quattor.ncm.xen.model;

/** The tags that volumes of ours bear in LVM. */
public final class VolumeTags {

  /** ncm-xen made the volume. */
  public static final String OURS = "ncm-xen";

  /** The file system in it is still to be made, or incomplete. */
  public static final String UNFINISHED = "ncm-xen.unfinished";

  private VolumeTags() {}
}
