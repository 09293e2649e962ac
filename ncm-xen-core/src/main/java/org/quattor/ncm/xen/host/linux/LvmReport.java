package org.quattor.ncm.xen.host.linux;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostVolumes;
import org.quattor.ncm.xen.host.LvmInventory;
import org.quattor.ncm.xen.host.local.LvmNames;
import org.quattor.ncm.xen.text.Printable;

/**
 * What {@code vgs(8)} and {@code lvs(8)} report: columns between bars, which LVM 2.02 and 2.03 give
 * alike (JSON came with 2.02.158 only); no name or tag of LVM can hold a bar, {@code lvm(8)}.
 * Whatever is not understood is a failure: a tag that is not seen is a volume taken for whole.
 */
final class LvmReport {

  /**
   * Every setting of {@code lvm.conf(5)} that changes how a report looks and has no option of its
   * own; an LVM too old to know one warns and goes on.
   */
  static final String SETTINGS =
      "report{list_item_separator=\",\" output_format=\"basic\" prefixes=0 aligned=0"
          + " columns_as_rows=0 compact_output=0 compact_output_cols=\"\" buffered=1}"
          + " log{report_command_log=0 command_names=0 prefix=\"\"}";

  private static final Splitter LINES = Splitter.on('\n').trimResults().omitEmptyStrings();
  private static final Splitter COLUMNS = Splitter.on('|');
  private static final Splitter TAGS = Splitter.on(',');
  private static final Pattern BYTES = Pattern.compile("[0-9]{1,18}");
  private static final String NO_GROUPS = "No volume groups found"; // LVM 2.02 on stdout

  private LvmReport() {}

  /** Returns the report of all groups and of all volumes, in two commands. */
  static LvmInventory read(CommandRunner runner) throws HostFailure {
    return parse(
        report(runner, "vgs", "vg_name,vg_extent_size,vg_free"),
        report(runner, "lvs", "vg_name,lv_name,lv_size,lv_tags"));
  }

  private static String report(CommandRunner runner, String command, String columns)
      throws HostFailure {
    return runner
        .run(
            command,
            "--noheadings",
            "--separator",
            "|",
            "--units",
            "b",
            "--nosuffix",
            "-o",
            columns,
            "--config",
            SETTINGS)
        .output();
  }

  /**
   * Reads both.
   *
   * @throws HostFailure when a line is not understood, when two groups or volumes have one name, or
   *     when a volume lies in a group that was made after the groups were listed
   */
  static LvmInventory parse(String vgs, String lvs) throws HostFailure {
    Map<String, LvmInventory.Group> groups = groups(vgs);
    Map<String, LvmInventory.Volume> volumes = new TreeMap<>();
    for (List<String> row : rows("lvs", lvs, 4)) {
      String group = name("lvs", row.get(0));
      String volume = group + "/" + name("lvs", row.get(1));
      if (!groups.containsKey(group)) {
        throw new HostFailure(
            "lvs answered the volume " + volume + ", and vgs no group " + group + "; run again");
      }
      if (volumes.put(
              volume, new LvmInventory.Volume(bytes("lvs", row.get(2)), tags(volume, row.get(3))))
          != null) {
        throw new HostFailure("there are two volumes " + volume + "; see lvs -o+vg_uuid,lv_uuid");
      }
    }
    return LvmInventory.of(groups, volumes);
  }

  private static Map<String, LvmInventory.Group> groups(String vgs) throws HostFailure {
    Map<String, LvmInventory.Group> groups = new TreeMap<>();
    for (List<String> row : rows("vgs", vgs, 3)) {
      String name = name("vgs", row.get(0));
      long extentBytes = bytes("vgs", row.get(1));
      if (extentBytes == 0) {
        throw new HostFailure("vgs answered an extent size of 0 for the group " + name);
      }
      if (groups.put(name, new LvmInventory.Group(extentBytes, bytes("vgs", row.get(2)))) != null) {
        throw new HostFailure(
            "there are two volume groups "
                + name
                + "; vgrename one of them by its uuid: vgs -o+uuid");
      }
    }
    return groups;
  }

  private static ImmutableList<List<String>> rows(String command, String output, int width)
      throws HostFailure {
    List<List<String>> rows = new ArrayList<>();
    for (String line : LINES.split(output)) {
      List<String> row = COLUMNS.splitToList(line);
      if (row.size() == width) {
        rows.add(row);
      } else if (!line.equals(NO_GROUPS)) {
        throw new HostFailure(
            command + " answered a line that is not understood: " + Printable.line(line));
      }
    }
    return ImmutableList.copyOf(rows);
  }

  private static String name(String command, String text) throws HostFailure {
    try {
      return LvmNames.name(text);
    } catch (HostFailure e) {
      throw new HostFailure(command + " answered a name that is not understood: " + text, e);
    }
  }

  private static ImmutableSet<String> tags(String volume, String text) throws HostFailure {
    if (text.isEmpty()) {
      return ImmutableSet.of();
    }
    ImmutableSet.Builder<String> tags = ImmutableSet.builder();
    for (String tag : TAGS.split(text)) {
      // Where another separator stands, the tag that matters most would be overlooked.
      if (!LvmNames.isTag(tag)
          || (tag.contains(HostVolumes.UNFINISHED) && !tag.equals(HostVolumes.UNFINISHED))) {
        throw new HostFailure(
            "lvs answered tags of " + volume + " that are not understood: " + Printable.line(text));
      }
      tags.add(tag);
    }
    return tags.build();
  }

  private static long bytes(String command, String text) throws HostFailure {
    if (!BYTES.matcher(text).matches()) {
      throw new HostFailure(
          command + " answered a size that is not understood: " + Printable.line(text));
    }
    return Long.parseLong(text);
  }
}
