package org.quattor.ncm.xen.host.local;

import java.util.regex.Pattern;
import org.quattor.ncm.xen.host.HostFailure;

/** What LVM takes as the name of a group or volume, and as a tag: {@code lvm(8)}. */
public final class LvmNames {

  // A hyphen at the beginning would be an option; "." and ".." would be folders of /dev.
  private static final Pattern NAME =
      Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9+_.][A-Za-z0-9+_.-]{0,126}");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_+.][A-Za-z0-9_+.:#=!/&-]{0,1023}");

  private LvmNames() {}

  /** Returns the name of a group or volume; fails when LVM would not take it. */
  public static String name(String name) throws HostFailure {
    return checked(name, NAME, "name");
  }

  /** Returns the tag; fails when LVM would not take it. */
  public static String tag(String tag) throws HostFailure {
    return checked(tag, TAG, "tag");
  }

  /** Returns whether LVM takes the text as one tag. */
  public static boolean isTag(String text) {
    return TAG.matcher(text).matches();
  }

  private static String checked(String text, Pattern pattern, String what) throws HostFailure {
    if (pattern.matcher(text).matches()) {
      return text;
    }
    throw new HostFailure(
        "not a " + what + " that LVM takes: \"" + text.replaceAll("\\p{Cntrl}", "?") + "\"");
  }
}
