package org.quattor.ncm.xen.host.linux;

import com.google.common.collect.ImmutableList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.text.Excerpt;
import org.quattor.ncm.xen.text.Printable;

/**
 * The table that {@code xl list} and {@code xm list} print. It is read strictly: a line that is not
 * understood fails, since a domain that is overlooked would be started again.
 */
final class DomainTable {

  /** What xl calls each domain that has lost its name on its way out. */
  private static final String NO_NAME = "(null)";

  // What follows the name, which may contain blanks; searched from a digit that follows a blank.
  private static final Pattern COLUMNS =
      Pattern.compile(
          "(?<=\\s)(?<id>\\d{1,9}+)\\s++(?<memory>\\d++)\\s++\\d++\\s++(?<state>[a-z-]{5,8}+)"
              + "\\s++\\d++\\.\\d++\\s*+\\z");

  // xm also lists domains that it only knows; they have no number.
  private static final Pattern KNOWN_TO_XM =
      Pattern.compile("(?<=\\s)\\d++\\s++\\d++\\s++(?:[a-z-]{1,8}+\\s++)?+\\d++\\.\\d++\\s*+\\z");

  private DomainTable() {}

  /**
   * Reads the table; fails when it is cut off, or has a line that is not understood, or a name or a
   * number twice.
   *
   * @param command what printed it, for messages
   */
  static ImmutableList<DomainState> parse(String command, String output) throws HostFailure {
    List<String> lines = output.lines().filter(line -> !line.isEmpty()).toList();
    String first = lines.isEmpty() ? "" : lines.get(0);
    if (!first.startsWith("Name") || !first.matches("Name\\s+ID\\s+Mem.*")) {
      throw new HostFailure(
          command
              + " did not answer with a table of domains"
              + (first.isEmpty() ? "" : ", but began with " + Excerpt.of(first)));
    }
    if (!output.endsWith("\n")) {
      String last = lines.get(lines.size() - 1);
      throw new HostFailure(
          command + " answered a table that is cut off at its end: " + Excerpt.of(last));
    }
    ImmutableList.Builder<DomainState> domains = ImmutableList.builder();
    Set<Object> seen = new HashSet<>();
    for (String line : lines.subList(1, lines.size())) {
      Matcher row = COLUMNS.matcher(line);
      String name = row.find() ? line.substring(0, row.start()).strip() : "";
      if (!name.isEmpty() && !Character.isWhitespace(line.charAt(0))) {
        int id = Integer.parseInt(row.group("id"));
        if (!seen.add(id) || (!name.equals(NO_NAME) && !seen.add(name))) {
          throw new HostFailure(
              command + " answered a name or a number twice: " + Printable.line(line));
        }
        boolean memory = row.group("memory").chars().anyMatch(digit -> digit != '0');
        domains.add(new DomainState(name, id, activity(row.group("state"), memory)));
      } else if (!command.startsWith("xm ") || !KNOWN_TO_XM.matcher(line).find()) {
        throw new HostFailure(
            command + " answered a line that is not understood: " + Printable.line(line));
      }
    }
    if (!seen.contains(0)) {
      throw new HostFailure(command + " answered a table without the host itself (ID 0)");
    }
    return domains.build();
  }

  /**
   * Returns what the letters of {@code xl(1)} list mean; the gravest counts. A domain is paused
   * while it is built, and has no memory while its bootloader runs (seen with Xen 4.17).
   */
  private static Activity activity(String letters, boolean memory) {
    if (letters.contains("d")) {
      return Activity.DYING;
    }
    if (letters.contains("c")) {
      return Activity.CRASHED;
    }
    if (letters.contains("s")) {
      return Activity.SHUT_DOWN;
    }
    if (letters.contains("p")) {
      return memory ? Activity.PAUSED : Activity.BUILDING;
    }
    return Activity.RUNNING;
  }
}
