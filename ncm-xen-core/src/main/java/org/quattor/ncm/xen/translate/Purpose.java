package org.quattor.ncm.xen.translate;

import org.quattor.ncm.xen.guestfile.GuestFile;

/** Which of its two files a guest is described for. */
public enum Purpose {
  /** {@code /etc/xen/<key>}, from {@code options}. */
  RUN(""),
  /** {@code /etc/xen/<key>.start}, from {@code install_options}. */
  INSTALL(GuestFile.INSTALL_SUFFIX);

  private final String suffix;

  Purpose(String suffix) {
    this.suffix = suffix;
  }

  /** Returns the name of the file in {@code /etc/xen}. */
  String file(String key) {
    return key + suffix;
  }
}
