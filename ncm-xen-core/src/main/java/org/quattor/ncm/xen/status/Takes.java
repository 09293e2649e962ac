package org.quattor.ncm.xen.status;

/** What has to happen until a guest or a bridge is as declared. */
public enum Takes {
  /** It is as declared, as far as ncm-xen manages it. */
  NOTHING,
  /** {@code configure} does it. */
  CONFIGURE,
  /** The running domain differs, and can be changed while it runs. */
  LIVE,
  /** The running domain differs, and takes the rest when it reboots with the declared file. */
  NEXT_REBOOT,
  /** What is declared is stored for the next reboot of the running domain. */
  PENDING,
  /** Errors have to be fixed first. */
  ERRORS
}
