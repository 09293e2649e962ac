package org.quattor.ncm.xen.host.linux;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.text.Printable;

/**
 * The table that {@code xl list} and {@code xm list} print. It is read strictly: a line that is not
 * understood fails, since a domain that is overlooked would be started again.
 */
final class DomainTable {

  private static final Splitter LINES = Splitter.on('\n').omitEmptyStrings();

  // Read from the right, since a name may contain blanks.
  private static final Pattern ROW =
      Pattern.compile(
          "(?<name>\\S|\\S.*\\S)\\s+(?<id>\\d{1,9})\\s+\\d+\\s+\\d+\\s+(?<state>[a-z-]{5,8})\\s+\\d+\\.\\d+\\s*");

  // xm also lists domains that it only knows; they have no number.
  private static final Pattern KNOWN_TO_XM =
      Pattern.compile("\\S.*?\\s+\\d+\\s+\\d+\\s+[a-z-]{0,8}\\s+\\d+\\.\\d+\\s*");

  private DomainTable() {}

  /**
   * Reads the table.
   *
   * @param command what printed it, for messages
   */
  static ImmutableList<DomainState> parse(String command, String output) throws HostFailure {
    List<String> lines = LINES.splitToList(output);
    if (lines.isEmpty() || !lines.get(0).matches("Name\\s+ID\\s+Mem.*")) {
      throw new HostFailure(command + " did not answer with a table of domains");
    }
    ImmutableList.Builder<DomainState> domains = ImmutableList.builder();
    boolean dom0 = false;
    for (String line : lines.subList(1, lines.size())) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        int id = Integer.parseInt(row.group("id"));
        dom0 |= id == 0;
        domains.add(new DomainState(row.group("name"), id, activity(row.group("state"))));
      } else if (!command.startsWith("xm ") || !KNOWN_TO_XM.matcher(line).matches()) {
        throw new HostFailure(
            command + " answered a line that is not understood: " + Printable.line(line));
      }
    }
    if (!dom0) {
      throw new HostFailure(command + " answered a table without the host itself (ID 0)");
    }
    return domains.build();
  }

  /** Returns what the letters of {@code xl(1)} list mean; the gravest counts. */
  private static Activity activity(String letters) {
    if (letters.contains("d")) {
      return Activity.DYING;
    }
    if (letters.contains("c")) {
      return Activity.CRASHED;
    }
    if (letters.contains("s")) {
      return Activity.SHUT_DOWN;
    }
    return letters.contains("p") ? Activity.PAUSED : Activity.RUNNING;
  }
}
