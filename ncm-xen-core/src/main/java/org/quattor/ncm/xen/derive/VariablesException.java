package org.quattor.ncm.xen.derive;

import java.io.Serial;

/** A file of variables cannot be read. The message is for people. */
public final class VariablesException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  VariablesException(String message) {
    super(message);
  }
}
