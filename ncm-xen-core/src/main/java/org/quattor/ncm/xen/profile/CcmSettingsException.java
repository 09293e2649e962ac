package org.quattor.ncm.xen.profile;

import java.io.Serial;

/** {@code ccm.conf} is missing or wrong. The message is for people. */
public final class CcmSettingsException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  CcmSettingsException(String message) {
    super(message);
  }
}
