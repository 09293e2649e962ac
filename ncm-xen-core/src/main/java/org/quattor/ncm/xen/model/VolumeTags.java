package org.quattor.ncm.xen.model;

import org.quattor.ncm.xen.host.HostVolumes;

/** What shows that a volume is not complete, beside its tag {@link HostVolumes#UNFINISHED}. */
public final class VolumeTags {

  /** The directory of {@link #note}. */
  public static final String NOTES = "/etc/xen";

  private VolumeTags() {}

  /**
   * Returns the name of the file that says the same as the tag without LVM: it is there before
   * {@code lvcreate} is run. No name of LVM holds a {@code %}, {@code lvm(8)}.
   */
  public static String note(String group, String volume) {
    return "." + group + "%" + volume + ".unfinished";
  }

  /** Returns the commands by which an administrator says that a volume is complete. */
  public static String settled(String group, String volume) {
    return String.format(
        "lvchange --deltag %s %s/%s; rm -f '%s/%s'",
        HostVolumes.UNFINISHED, group, volume, NOTES, note(group, volume));
  }
}
