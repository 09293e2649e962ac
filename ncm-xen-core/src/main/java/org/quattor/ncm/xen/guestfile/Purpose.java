package org.quattor.ncm.xen.guestfile;

/** Which of its two files a guest is described for. */
public enum Purpose {
  /** {@code /etc/xen/<key>}, from {@code options}. */
  RUN,
  /** {@code /etc/xen/<key>.start}, from {@code install_options}. */
  INSTALL
}
