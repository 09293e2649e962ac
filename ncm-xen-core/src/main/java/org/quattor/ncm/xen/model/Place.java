package org.quattor.ncm.xen.model;

/** Where {@code guest_map} places a guest, as seen from one host. */
public sealed interface Place {

  /** On this host, or {@code guest_map} has no entry for it. */
  record Here() implements Place {}

  /**
   * On another host.
   *
   * @param host its name, as declared
   */
  record Elsewhere(String host) implements Place {}

  /**
   * On this host or another one: the names do not tell.
   *
   * @param host the name in {@code guest_map}
   * @param why they do not tell, as a clause
   */
  record Doubtful(String host, String why) implements Place {}
}
