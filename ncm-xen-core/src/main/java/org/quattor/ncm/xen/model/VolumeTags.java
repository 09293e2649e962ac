package org.quattor.ncm.xen.model;

/** The tags that volumes of ours bear in LVM. */
public final class VolumeTags {

  /** ncm-xen made the volume. */
  public static final String OURS = "ncm-xen";

  /** It is not complete: not wiped yet, or without the file system that belongs in it. */
  public static final String UNFINISHED = "ncm-xen.unfinished";

  /** The folder of {@link #note}. */
  public static final String NOTES = "/etc/xen";

  private VolumeTags() {}

  /**
   * Returns the name of the file that says the same as {@link #UNFINISHED} without LVM: it is there
   * before {@code lvcreate} is run. No name of LVM holds a {@code %}, {@code lvm(8)}.
   */
  public static String note(String group, String volume) {
    return "." + group + "%" + volume + ".unfinished";
  }

  /** Returns the commands by which an administrator says that a volume is complete. */
  public static String settled(String group, String volume) {
    return String.format(
        "lvchange --deltag %s %s/%s; rm -f '%s/%s'",
        UNFINISHED, group, volume, NOTES, note(group, volume));
  }
}
