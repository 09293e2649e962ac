package org.quattor.ncm.xen;

import java.io.Serial;

/** The host has no toolstack to work with, so that nothing was done. The message is for people. */
public final class NoToolstackException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /** Makes one with a sentence. */
  public NoToolstackException(String message) {
    super(message);
  }
}
