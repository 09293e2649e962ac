package org.quattor.ncm.xen.host;

import java.util.Comparator;

/**
 * A domain that a process of the toolstack moves, such as {@code xl migrate} or {@code xl save}.
 *
 * @param kind which way it moves
 * @param domain its name or number, as the process was given it; empty when only the process knows
 *     it, as when it comes from another host
 */
public record DomainTransfer(Kind kind, String domain) implements Comparable<DomainTransfer> {

  private static final Comparator<DomainTransfer> ORDER =
      Comparator.comparing(DomainTransfer::kind).thenComparing(DomainTransfer::domain);

  /** Which way a domain moves. */
  public enum Kind {
    /** It comes from another host ({@code xl migrate-receive}). */
    RECEIVE,
    /** It goes to another host ({@code xl migrate}, {@code xl remus}). */
    SEND,
    /** It goes to a file ({@code xl save}). */
    SAVE
  }

  @Override
  public int compareTo(DomainTransfer other) {
    return ORDER.compare(this, other);
  }
}
