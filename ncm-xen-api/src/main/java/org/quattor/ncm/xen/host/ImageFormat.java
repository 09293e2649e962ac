package org.quattor.ncm.xen.host;

/** The format of an image file; the declared one counts, none is ever guessed from the content. */
public enum ImageFormat {
  /** The bytes of the disk. */
  RAW,
  /** QEMU's copy-on-write format, version 2 or 3. */
  QCOW2
}
