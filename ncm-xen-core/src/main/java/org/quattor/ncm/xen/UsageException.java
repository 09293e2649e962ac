package org.quattor.ncm.xen;

import java.io.Serial;

/** An option asks for what there is not, such as an unknown guest. The message is for people. */
public final class UsageException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /** Makes one with a sentence. */
  public UsageException(String message) {
    super(message);
  }
}
