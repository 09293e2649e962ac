package org.quattor.ncm.xen.host;

import java.io.Serial;

/** An operation on the host failed. The message is a sentence for people and holds the cause. */
public final class HostFailure extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** Makes one from a sentence. */
  public HostFailure(String message) {
    super(message);
  }

  /** Makes one from a sentence and what caused it. */
  public HostFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
