package org.quattor.ncm.xen.report;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.xen.status.BridgeStatus;
import org.quattor.ncm.xen.status.GuestStatus;
import org.quattor.ncm.xen.status.GuestStatus.Autostart;
import org.quattor.ncm.xen.status.HostStatus;
import org.quattor.ncm.xen.status.HostStatus.OtherDomain;
import org.quattor.ncm.xen.text.Printable;
import org.quattor.ncm.xen.text.Words;

/** The state of a host as a table for people, and below it what differs; its words are JSON's. */
public final class StatusText {

  private static final ImmutableList<String> HEADS =
      ImmutableList.of("GUEST", "DECLARED", "FILE", "AUTOSTART", "STATE", "DISKS", "TAKES");

  private static final ImmutableList<String> BRIDGE_HEADS =
      ImmutableList.of("BRIDGE", "PORT", "DECLARED", "STATE", "MEMBERS", "TAKES");

  private StatusText() {}

  /** Returns the lines: the table, then for each guest what differs and what configure would do. */
  public static ImmutableList<String> lines(HostStatus status) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADS);
    status.guests().forEach(guest -> rows.add(row(guest)));
    for (OtherDomain other : status.others()) {
      rows.add(ImmutableList.of(other.domain(), "no", "-", "-", Words.of(other.state()), "-", "-"));
    }
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    table(rows, lines);
    for (GuestStatus guest : status.guests()) {
      for (GuestStatus.Difference each : guest.differences()) {
        lines.add(
            below(guest.guest(), "differs: " + each.summary() + with(Words.of(each.impact()))));
      }
      below(guest.guest(), guest.actions(), guest.errors(), lines);
    }
    // A table of their own, because bridges and guests have nothing in common.
    if (!status.bridges().isEmpty()) {
      rows.clear();
      rows.add(BRIDGE_HEADS);
      status.bridges().forEach(bridge -> rows.add(row(bridge)));
      lines.add("");
      table(rows, lines);
      for (BridgeStatus bridge : status.bridges()) {
        below(bridge.bridge(), bridge.actions(), bridge.errors(), lines);
      }
    }
    return lines.build();
  }

  private static ImmutableList<String> row(GuestStatus guest) {
    Autostart autostart = guest.autostart();
    Autostart declared = guest.autostartDeclared();
    return ImmutableList.of(
        guest.guest(),
        Words.of(guest.declared()) + (guest.otherHost().isEmpty() ? "" : with(guest.otherHost())),
        Words.of(guest.file()),
        Words.of(autostart)
            + (declared == autostart || declared == Autostart.ANY
                ? ""
                : with("declared " + Words.of(declared))),
        Words.of(guest.state()),
        Words.of(guest.disks()),
        Words.of(guest.takes()));
  }

  private static ImmutableList<String> row(BridgeStatus bridge) {
    return ImmutableList.of(
        bridge.bridge(),
        bridge.port(),
        bridge.declared() ? "yes" : "no",
        Words.of(bridge.state()),
        bridge.members().isEmpty() ? "-" : String.join(",", bridge.members()),
        Words.of(bridge.takes()));
  }

  private static String with(String detail) {
    return " (" + detail + ")";
  }

  private static void below(
      String name,
      List<PlannedAction> actions,
      List<Finding> errors,
      ImmutableList.Builder<String> lines) {
    actions.forEach(action -> lines.add(below(name, "configure would " + action.summary())));
    errors.forEach(error -> lines.add(below(name, "error " + error.id() + " " + error.found())));
  }

  private static String below(String name, String text) {
    return Printable.line(name + ": " + text);
  }

  private static void table(List<List<String>> rows, ImmutableList.Builder<String> lines) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Printable.line(row.get(i)).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(Strings.padEnd(Printable.line(row.get(i)), widths[i] + 2, ' '));
      }
      lines.add(line.toString().stripTrailing());
    }
  }
}
