package org.quattor.ncm.xen.host;

/**
 * A domain as {@code xl list} shows it.
 *
 * @param name its name at the toolstack; {@code (null)} for one that is being torn down
 * @param id its number; 0 is dom0
 * @param activity what it does
 */
public record DomainState(String name, int id, Activity activity) {

  /** What a domain does, from the letters of {@code xl(1)} list. */
  public enum Activity {
    /** Running, blocked, or between the two. */
    RUNNING("running"),
    /** Paused. */
    PAUSED("paused"),
    /** Is being made: it has no memory yet, for example because its bootloader still runs. */
    BUILDING("being built"),
    /** Has shut down; the toolstack has not removed it yet. */
    SHUT_DOWN("shut down"),
    /** Has crashed. */
    CRASHED("crashed"),
    /** Is being torn down. */
    DYING("dying");

    private final String text;

    Activity(String text) {
      this.text = text;
    }

    /** Returns the word for messages. */
    public String text() {
      return text;
    }
  }
}
