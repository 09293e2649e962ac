package org.quattor.ncm.xen.status;

import org.quattor.ncm.xen.host.DomainState.Activity;

/** The state of a domain, or that there is none. */
public enum DomainStatus {
  /** It runs, or waits for something to do. */
  RUNNING,
  /** It is paused. */
  PAUSED,
  /** The toolstack is creating it. */
  BUILDING,
  /** It has shut down, and the toolstack has not removed it yet. */
  SHUT_DOWN,
  /** It has crashed. */
  CRASHED,
  /** The toolstack is removing it. */
  DYING,
  /** There is no domain of that name. */
  STOPPED,
  /** The toolstack did not answer. */
  UNKNOWN;

  /** Returns the state of a domain that exists. */
  public static DomainStatus of(Activity activity) {
    return switch (activity) {
      case RUNNING -> RUNNING;
      case PAUSED -> PAUSED;
      case BUILDING -> BUILDING;
      case SHUT_DOWN -> SHUT_DOWN;
      case CRASHED -> CRASHED;
      case DYING -> DYING;
    };
  }
}
