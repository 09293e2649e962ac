package org.quattor.ncm.xen.report;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.status.BridgeStatus;
import org.quattor.ncm.xen.status.DomainStatus;
import org.quattor.ncm.xen.status.GuestStatus;
import org.quattor.ncm.xen.status.HostStatus;
import org.quattor.ncm.xen.text.Printable;

/**
 * How it stands with a host, in one line for Nagios and its kin, by their plugin guidelines.
 *
 * @param state the worst that was found
 * @param text what was found, then {@code |} and the counts
 */
public record NagiosLine(State state, String text) {

  private static final int MAX_NAMES = 10;

  /** The states that there are, with their exit codes. */
  public enum State {
    /** All as declared. */
    OK(0),
    /** Something is to be done, or differs. */
    WARNING(1),
    /** A guest that is to run does not, or something is in error. */
    CRITICAL(2),
    /** It could not be told. */
    UNKNOWN(3);

    private final int code;

    State(int code) {
      this.code = code;
    }

    /** Returns the exit code. */
    public int code() {
      return code;
    }
  }

  /** Returns the exit code. */
  public int code() {
    return state.code();
  }

  /** Returns the line for a status. */
  public static NagiosLine of(HostStatus status) {
    List<String> down = names(status, GuestStatus::isDown);
    List<String> drifted = names(status, GuestStatus::isDrifted);
    List<String> bridges =
        status.bridges().stream()
            .filter(BridgeStatus::isDrifted)
            .map(bridge -> "bridge " + bridge.bridge())
            .toList();
    long errors = count(status, Severity.ERROR);
    long warnings = count(status, Severity.WARNING);
    List<String> parts = new ArrayList<>();
    if (!down.isEmpty()) {
      parts.add("not running: " + listed(down));
    }
    if (errors > 0) {
      parts.add(errors + (errors == 1 ? " error" : " errors") + first(status, Severity.ERROR));
    }
    if (!drifted.isEmpty()) {
      parts.add("not as declared: " + listed(drifted));
    }
    List<String> paused = names(status, GuestStatus::isPaused);
    if (!paused.isEmpty()) {
      parts.add("paused: " + listed(paused));
    }
    if (!bridges.isEmpty()) {
      parts.add("not as declared: " + String.join(", ", bridges));
    }
    if (warnings > 0 && parts.isEmpty()) {
      parts.add(
          warnings + (warnings == 1 ? " warning" : " warnings") + first(status, Severity.WARNING));
    }
    boolean differs = !drifted.isEmpty() || !paused.isEmpty() || !bridges.isEmpty() || warnings > 0;
    State state = state(status, !down.isEmpty(), errors, differs);
    if (state == State.UNKNOWN && status.plan().applicable()) {
      parts.add(0, "not all could be seen");
    }
    int guests = status.guests().size();
    String text =
        parts.isEmpty()
            ? guests + (guests == 1 ? " guest" : " guests") + " as declared"
            : String.join("; ", parts);
    return line(state, text, status, down.size(), drifted.size());
  }

  /** Returns the line for a status that could not be told. */
  public static NagiosLine unknown(String why) {
    return new NagiosLine(State.UNKNOWN, "XEN UNKNOWN - " + plain(why));
  }

  private static State state(HostStatus status, boolean down, long errors, boolean drift) {
    if (down) {
      return State.CRITICAL;
    }
    if (!status.plan().applicable() || !status.plan().complete()) {
      return State.UNKNOWN;
    }
    return errors > 0 ? State.CRITICAL : drift ? State.WARNING : State.OK;
  }

  private static NagiosLine line(
      State state, String text, HostStatus status, int down, int drifted) {
    long running =
        status.guests().stream().filter(guest -> guest.state() == DomainStatus.RUNNING).count();
    return new NagiosLine(
        state,
        "XEN "
            + state
            + " - "
            + plain(text)
            + " | guests="
            + status.guests().size()
            + " running="
            + running
            + " down="
            + down
            + " drifted="
            + drifted
            + " errors="
            + count(status, Severity.ERROR)
            + " warnings="
            + count(status, Severity.WARNING));
  }

  /** Monitoring systems cut long lines, and the counts stand at the end. */
  private static String listed(List<String> names) {
    return names.size() <= MAX_NAMES
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MAX_NAMES))
            + " and "
            + (names.size() - MAX_NAMES)
            + " more";
  }

  /** The first bar begins the counts, so that there is none before them. */
  private static String plain(String text) {
    return Printable.line(text).replace('|', '/');
  }

  private static ImmutableList<String> names(
      HostStatus status, java.util.function.Predicate<GuestStatus> which) {
    return status.guests().stream()
        .filter(which)
        .map(GuestStatus::guest)
        .collect(ImmutableList.toImmutableList());
  }

  private static long count(HostStatus status, Severity severity) {
    return status.plan().findings().stream().filter(f -> f.severity() == severity).count();
  }

  private static String first(HostStatus status, Severity severity) {
    return status.plan().findings().stream()
        .filter(finding -> finding.severity() == severity)
        .findFirst()
        .map(finding -> ", first: " + finding.path() + ": " + finding.found())
        .orElse("");
  }
}
