package org.quattor.ncm.xen;

import java.io.Serial;

/** The caller asked for something that there is not. The message is for people. */
public final class UsageException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /** Makes one from a sentence. */
  public UsageException(String message) {
    super(message);
  }
}
