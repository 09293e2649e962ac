package org.quattor.ncm.xen.model;

/**
 * When a guest runs, and what becomes of changes while it does.
 *
 * @param state {@code state}
 * @param startOrder {@code start_order}: lower ones are started first; 0 when absent
 * @param startDelaySeconds {@code start_delay}: what is waited after its start before the next one;
 *     0 when absent
 * @param shutdownTimeoutSeconds {@code shutdown_timeout}: what its shutdown may take; 120 when
 *     absent
 * @param onChange {@code on_change} of the guest, else of the component, else {@code report}
 */
public record Lifecycle(
    State state,
    long startOrder,
    long startDelaySeconds,
    long shutdownTimeoutSeconds,
    OnChange onChange) {

  /** What may be waited for a shutdown where nothing is declared. */
  public static final long SHUTDOWN_TIMEOUT_SECONDS = 120;

  /** That of a guest that declares nothing. */
  public static final Lifecycle UNDECLARED =
      new Lifecycle(State.UNDECLARED, 0, 0, SHUTDOWN_TIMEOUT_SECONDS, OnChange.REPORT);

  /** What {@code state} says. */
  public enum State {
    /** Absent: started as {@code create_domains} says, never stopped. */
    UNDECLARED,
    /** Started in any case. */
    RUNNING,
    /** Shut down, and not started with the host. */
    STOPPED,
    /** Nothing of it is touched, neither file nor link, disk or domain. */
    UNMANAGED
  }

  /** What is done about a change of a guest that runs; each does what those before it do. */
  public enum OnChange {
    /** It is said. */
    REPORT,
    /** What a running guest can take is changed while it runs. */
    LIVE,
    /** The rest is stored for the guest's next reboot. */
    NEXT_REBOOT,
    /** The rest is brought by a shutdown and a start, at once. */
    RESTART
  }
}
