package org.quattor.ncm.xen.schema;

import java.io.Serial;

/**
 * A file of Pan declarations cannot be used. The message is one line: {@code file:line:column: what
 * was found and what is expected}.
 */
public final class SchemaException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  SchemaException(String message) {
    super(message);
  }
}
