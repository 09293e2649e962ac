package org.quattor.ncm.component;

import java.io.Serial;

/**
 * There is no profile to work on, or it has no part for the component. The message is for people.
 */
public final class ProfileException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /** What kind of trouble, for the exit code. */
  public enum Kind {
    /** Missing, a directory, unreadable, or without the component. */
    ABSENT,
    /** Opened, but not a profile. */
    INVALID
  }

  private final Kind kind;

  /** Makes one with a sentence that names the source and the place. */
  public ProfileException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** Returns what kind of trouble it is. */
  public Kind kind() {
    return kind;
  }
}
