package org.quattor.ncm.xen;

import java.io.Serial;

/** The host could not be read at all, so that nothing was done. The message is for people. */
public final class UnreadableHostException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /** Makes one with a sentence and its cause. */
  public UnreadableHostException(String message, Throwable cause) {
    super(message, cause);
  }
}
