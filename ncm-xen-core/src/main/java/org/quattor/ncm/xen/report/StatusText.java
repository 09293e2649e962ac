package org.quattor.ncm.xen.report;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.plan.BridgeStatus;
import org.quattor.ncm.xen.plan.GuestStatus;
import org.quattor.ncm.xen.plan.HostStatus;
import org.quattor.ncm.xen.text.Printable;

/** How it stands with a host, as a table for people, and what differs below it. */
public final class StatusText {

  private static final ImmutableList<String> HEADS =
      ImmutableList.of("GUEST", "DECLARED", "FILE", "AUTOSTART", "RUNNING", "DISKS", "TAKES");

  private static final ImmutableList<String> BRIDGE_HEADS =
      ImmutableList.of("BRIDGE", "DEVICE", "MADE", "MEMBERS", "TAKES");

  private StatusText() {}

  /** Returns the lines: the table, then for each guest what differs and what configure would do. */
  public static ImmutableList<String> lines(HostStatus status) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADS);
    for (GuestStatus guest : status.guests()) {
      rows.add(
          ImmutableList.of(
              guest.guest(),
              guest.wanted(),
              guest.file(),
              guest.autostart(),
              guest.running(),
              guest.disks(),
              takes(guest)));
    }
    for (DomainState other : status.others()) {
      rows.add(
          ImmutableList.of(
              other.name(), "not in the profile", "-", "-", other.activity().text(), "-", "-"));
    }
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    int[] widths = widths(rows);
    rows.forEach(row -> lines.add(line(row, widths)));
    for (GuestStatus guest : status.guests()) {
      guest.differences().forEach(text -> lines.add(below(guest, "differs: " + text)));
      guest.actions().forEach(text -> lines.add(below(guest, "configure would " + text)));
      guest.errors().forEach(text -> lines.add(below(guest, "error " + text)));
    }
    bridges(status, lines);
    return lines.build();
  }

  /** A table of their own, since bridges and guests have nothing in common. */
  private static void bridges(HostStatus status, ImmutableList.Builder<String> lines) {
    if (status.bridges().isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(BRIDGE_HEADS);
    for (BridgeStatus bridge : status.bridges()) {
      rows.add(
          ImmutableList.of(
              bridge.bridge(),
              bridge.port(),
              bridge.made(),
              bridge.members().isEmpty() ? "-" : String.join(",", bridge.members()),
              !bridge.errors().isEmpty()
                  ? "errors"
                  : !bridge.declared()
                      ? "not in the profile"
                      : bridge.actions().isEmpty() ? "nothing" : "configure"));
    }
    lines.add("");
    int[] widths = widths(rows);
    rows.forEach(row -> lines.add(line(row, widths)));
    for (BridgeStatus bridge : status.bridges()) {
      String name = bridge.bridge() + ": ";
      bridge.actions().forEach(text -> lines.add(Printable.line(name + "configure would " + text)));
      bridge.errors().forEach(text -> lines.add(Printable.line(name + "error " + text)));
    }
  }

  /** What has to happen to a running guest, or whether anything has. */
  static String takes(GuestStatus guest) {
    if (!guest.errors().isEmpty()) {
      return "errors";
    }
    if (guest.pending()) {
      return "pending, " + Impact.NEXT_REBOOT.text();
    }
    if (guest.takes() != Impact.NONE) {
      return guest.takes().text();
    }
    return guest.actions().isEmpty() ? "nothing" : "configure";
  }

  private static String below(GuestStatus guest, String text) {
    return Printable.line(guest.guest() + ": " + text);
  }

  private static int[] widths(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Printable.line(row.get(i)).length());
      }
    }
    return widths;
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(Strings.padEnd(Printable.line(row.get(i)), widths[i] + 2, ' '));
    }
    return line.toString().stripTrailing();
  }
}
