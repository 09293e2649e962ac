package org.quattor.ncm.xen.guestfile;

import com.google.common.collect.ImmutableMap;

/** The prefixes that {@code access_method} may name, as {@code xm} knew them. */
public final class DiskMethods {

  /** The format, in the words of {@code xl-disk-configuration(5)}, by the prefix. */
  public static final ImmutableMap<String, String> FORMATS =
      ImmutableMap.<String, String>builder()
          .put("phy", "raw")
          .put("file", "raw")
          .put("aio", "raw")
          .put("tap", "raw")
          .put("tap2", "raw")
          .put("tap:aio", "raw")
          .put("tap:sync", "raw")
          .put("tap:tapdisk:aio", "raw")
          .put("tap2:aio", "raw")
          .put("tap2:tapdisk:aio", "raw")
          .put("tap:qcow", "qcow")
          .put("tap2:qcow", "qcow")
          .put("tap:qcow2", "qcow2")
          .put("tap2:qcow2", "qcow2")
          .put("tap:vhd", "vhd")
          .put("tap2:vhd", "vhd")
          .buildOrThrow();

  private DiskMethods() {}

  /** Returns the format that a prefix stands for; the prefix itself when it is unknown. */
  static String format(String prefix) {
    return FORMATS.getOrDefault(prefix, prefix);
  }
}
