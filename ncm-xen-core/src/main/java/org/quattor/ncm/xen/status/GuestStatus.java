package org.quattor.ncm.xen.status;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.component.PlannedAction;

/**
 * The state of one guest that the profile declares.
 *
 * @param guest its key
 * @param domain its name at the toolstack
 * @param declared whether it is to run
 * @param otherHost the host that {@code guest_map} names, when it is not this one for certain; else
 *     empty
 * @param file its guest file
 * @param autostart whether the host starts it at boot: {@link Autostart#ON} or {@link
 *     Autostart#OFF}
 * @param autostartDeclared whether it is to
 * @param state its domain
 * @param disks its disks
 * @param differences what the running domain has otherwise than declared
 * @param stored whether what is declared is stored for the next reboot of the running domain
 * @param actions what configure would do about it
 * @param errors what keeps configure from doing more
 */
public record GuestStatus(
    String guest,
    String domain,
    Declared declared,
    String otherHost,
    File file,
    Autostart autostart,
    Autostart autostartDeclared,
    DomainStatus state,
    Disks disks,
    ImmutableList<Difference> differences,
    boolean stored,
    ImmutableList<PlannedAction> actions,
    ImmutableList<Finding> errors) {

  /** Whether a guest is to run on this host. */
  public enum Declared {
    /** It is started when it does not run. */
    RUNNING,
    /** It is shut down when it runs. */
    STOPPED,
    /** It is left as it is: neither {@code state} nor {@code create_domains} is set. */
    ANY,
    /** ncm-xen changes nothing about it. */
    UNMANAGED,
    /** {@code guest_map} places it on another host. */
    ELSEWHERE,
    /** The name in {@code guest_map} may be that of another host. */
    UNCERTAIN
  }

  /** The state of a guest file. */
  public enum File {
    /** As declared. */
    OK,
    /** It does not exist. */
    MISSING,
    /** It is not as declared. */
    DIFFERS,
    /** A directory or another thing that is not a file has its path. */
    NOT_A_FILE,
    /** It exists, and is not compared because the guest is unmanaged. */
    PRESENT
  }

  /** Whether the host starts a guest when it boots. */
  public enum Autostart {
    /** It does. */
    ON,
    /** It does not. */
    OFF,
    /** Nothing is declared, so the host's links stay as they are. */
    ANY
  }

  /** The state of a guest's disks. */
  public enum Disks {
    /** As declared. */
    OK,
    /** The guest has no disk. */
    NONE,
    /** {@code configure} would create one or more. */
    MISSING,
    /** {@code configure} would change one or more. */
    DIFFERS,
    /** Errors have to be fixed first. */
    ERROR,
    /** Not examined, because the guest is unmanaged. */
    NOT_CHECKED
  }

  /**
   * One thing that a running domain has otherwise than declared.
   *
   * @param summary from what to what, for people
   * @param impact what it takes: {@link Impact#LIVE} or {@link Impact#NEXT_REBOOT}
   */
  public record Difference(String summary, Impact impact) {}

  /** Returns what has to happen until it is as declared. */
  public Takes takes() {
    if (!errors.isEmpty()) {
      return Takes.ERRORS;
    }
    if (stored) {
      return Takes.PENDING;
    }
    if (!differences.isEmpty()) {
      return differences.stream().allMatch(each -> each.impact() == Impact.LIVE)
          ? Takes.LIVE
          : Takes.NEXT_REBOOT;
    }
    return actions.isEmpty() ? Takes.NOTHING : Takes.CONFIGURE;
  }

  /** Returns whether it is to run and is known not to. */
  public boolean isDown() {
    return declared == Declared.RUNNING
        && switch (state) {
          case RUNNING, PAUSED, BUILDING, UNKNOWN -> false;
          case SHUT_DOWN, CRASHED, DYING, STOPPED -> true;
        };
  }

  /** Returns whether it is to run, and its domain exists but is paused. */
  public boolean isPaused() {
    return declared == Declared.RUNNING && state == DomainStatus.PAUSED;
  }

  /** Returns whether something is not as declared, or is to be done. */
  public boolean isDrifted() {
    return !differences.isEmpty() || !actions.isEmpty() || !errors.isEmpty();
  }
}
