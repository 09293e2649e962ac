package org.quattor.ncm.component;

import java.io.Serial;

/** A run ended before anything was changed. The message is a sentence for people. */
public final class Refusal extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /** Why, for the exit code of a command. */
  public enum Kind {
    /** An option asks for something that does not exist, such as an unknown guest. */
    USAGE,
    /** The profile is missing, a directory, unreadable, or without the component. */
    NO_PROFILE,
    /** The profile was opened, but is not one. */
    INVALID_PROFILE,
    /** A file of settings, of variables or of a schema is missing or wrong. */
    SETTINGS,
    /** The host lacks the tools that the component works with. */
    NO_TOOLSTACK,
    /** The host could not be read at all. */
    UNREADABLE_HOST
  }

  private final Kind kind;

  /** Makes one with a sentence that names the source and the place. */
  public Refusal(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** Makes one with its cause too. */
  public Refusal(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Returns why. */
  public Kind kind() {
    return kind;
  }
}
