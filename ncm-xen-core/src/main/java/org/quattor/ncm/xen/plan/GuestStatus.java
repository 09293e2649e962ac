package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.Impact;

/**
 * How it stands with one guest that the profile declares.
 *
 * @param guest its key
 * @param domain its name at the toolstack
 * @param wanted whether it is to run: {@code running}, {@code stopped}, {@code unmanaged}, {@code
 *     on HOST} for a guest of another host, or {@code as it is}
 * @param file its guest file: {@code ok}, {@code missing}, {@code differs}, {@code in the way};
 *     {@code there} and {@code missing} for a guest that is not managed
 * @param autostart {@code on} or {@code off}, followed by {@code , declared off} where it differs
 * @param running {@code running}, {@code paused}, {@code being built}, {@code shut down}, {@code
 *     crashed}, {@code dying}, {@code no} or {@code unknown}
 * @param disks {@code ok}, {@code none}, {@code to make}, {@code to change} or {@code error}
 * @param differences what the running domain has otherwise than declared, with its class
 * @param takes what it takes until all of that is as declared
 * @param pending whether the rest waits for the next reboot of the guest
 * @param actions what configure would do about it
 * @param errors what keeps configure from doing more
 */
public record GuestStatus(
    String guest,
    String domain,
    String wanted,
    String file,
    String autostart,
    String running,
    String disks,
    ImmutableList<String> differences,
    Impact takes,
    boolean pending,
    ImmutableList<String> actions,
    ImmutableList<String> errors) {

  /** What {@link #wanted} says of a guest that is to run. */
  static final String WANTED = "running";

  /** Returns whether it is to run and is known not to. */
  public boolean isDown() {
    return wanted.equals(WANTED)
        && !running.equals("running")
        && !running.equals("paused")
        && !running.equals("being built")
        && !running.equals("unknown");
  }

  /** Returns whether it is to run and is there, but does nothing. */
  public boolean isPaused() {
    return wanted.equals(WANTED) && running.equals("paused");
  }

  /** Returns whether something is otherwise than declared, or is to be done. */
  public boolean isDrifted() {
    return !differences.isEmpty() || !actions.isEmpty() || !errors.isEmpty();
  }
}
