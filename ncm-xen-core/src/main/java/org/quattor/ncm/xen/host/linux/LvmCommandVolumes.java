package org.quattor.ncm.xen.host.linux;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostVolumes;
import org.quattor.ncm.xen.host.LvmInventory;
import org.quattor.ncm.xen.host.local.LvmNames;
import org.quattor.ncm.xen.text.Printable;

/**
 * LVM through its commands. Reports are read as columns between bars, which LVM 2.02 and 2.03 give
 * alike (JSON came with 2.02.158 only); no name or tag of LVM can hold a bar, {@code lvm(8)}.
 */
final class LvmCommandVolumes implements HostVolumes {

  private static final Splitter LINES = Splitter.on('\n').trimResults().omitEmptyStrings();
  private static final Splitter COLUMNS = Splitter.on('|');
  private static final String NO_GROUPS = "No volume groups found"; // LVM 2.02 on stdout
  private static final long SECTOR_BYTES = 512;

  private final CommandRunner runner;
  private final Path backup;

  /**
   * Makes one; reads nothing yet.
   *
   * @param root the folder that is the host's {@code /}
   */
  LvmCommandVolumes(CommandRunner runner, Path root) {
    this.runner = runner;
    this.backup = root.resolve("etc/lvm/backup");
  }

  @Override
  public LvmInventory inventory() throws HostFailure {
    return LvmInventory.of(
        groups(report("vgs", "vg_name,vg_extent_size,vg_free")),
        volumes(report("lvs", "vg_name,lv_name,lv_size,lv_tags")));
  }

  static Map<String, LvmInventory.Group> groups(String vgs) throws HostFailure {
    Map<String, LvmInventory.Group> groups = new HashMap<>();
    for (List<String> row : rows("vgs", vgs, 3)) {
      groups.put(
          row.get(0), new LvmInventory.Group(bytes("vgs", row.get(1)), bytes("vgs", row.get(2))));
    }
    return groups;
  }

  static Map<String, LvmInventory.Volume> volumes(String lvs) throws HostFailure {
    Map<String, LvmInventory.Volume> volumes = new HashMap<>();
    for (List<String> row : rows("lvs", lvs, 4)) {
      volumes.put(
          row.get(0) + "/" + row.get(1),
          new LvmInventory.Volume(
              bytes("lvs", row.get(2)),
              Set.copyOf(Splitter.on(',').omitEmptyStrings().splitToList(row.get(3)))));
    }
    return volumes;
  }

  private String report(String command, String columns) throws HostFailure {
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
            columns)
        .output();
  }

  private static List<List<String>> rows(String command, String output, int width)
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
    return rows;
  }

  @Override
  public boolean mayHaveTag(String beginning) throws HostFailure {
    if (!Files.isDirectory(backup)) {
      return false;
    }
    String text = "\"" + LvmNames.tag(beginning);
    try (Stream<Path> groups = Files.list(backup)) {
      for (Path group : groups.filter(Files::isRegularFile).toList()) {
        // Names, tags and numbers; the command in its description is in other quotes.
        if (Files.readString(group, StandardCharsets.ISO_8859_1).contains(text)) {
          return true;
        }
      }
      return false;
    } catch (IOException | UncheckedIOException e) {
      throw new HostFailure(backup + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static long bytes(String command, String text) throws HostFailure {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new HostFailure(
          command + " answered a size that is not understood: " + Printable.line(text), e);
    }
  }

  /**
   * Makes a group without {@code --yes}: on a device with a signature, {@code vgcreate(8)} asks
   * whether to wipe it, reads nothing, and gives up.
   */
  @Override
  public void createGroup(String group, String device) throws HostFailure {
    if (!device.startsWith("/")) {
      throw new HostFailure("not the absolute path of a device: " + device);
    }
    runner.run("vgcreate", "--", LvmNames.name(group), device).output();
  }

  @Override
  public void createVolume(String group, String volume, long sizeBytes, Set<String> tags)
      throws HostFailure {
    List<String> argv =
        new ArrayList<>(List.of("lvcreate", "--yes", "--zero", "y", "--wipesignatures", "y"));
    argv.addAll(List.of("-L", size(sizeBytes), "-n", LvmNames.name(volume)));
    for (String tag : new TreeSet<>(tags)) {
      argv.addAll(List.of("--addtag", LvmNames.tag(tag)));
    }
    argv.addAll(List.of("--", LvmNames.name(group)));
    runner.run(argv.toArray(String[]::new)).output();
  }

  @Override
  public void extendVolume(String group, String volume, long sizeBytes) throws HostFailure {
    runner
        .run(
            "lvextend",
            "-L",
            size(sizeBytes),
            "--",
            LvmNames.name(group) + "/" + LvmNames.name(volume))
        .output();
  }

  @Override
  public void removeTag(String group, String volume, String tag) throws HostFailure {
    runner
        .run(
            "lvchange",
            "--deltag",
            LvmNames.tag(tag),
            "--",
            LvmNames.name(group) + "/" + LvmNames.name(volume))
        .output();
  }

  /** Returns a size as the tools take it: bytes, in whole sectors. */
  private static String size(long sizeBytes) {
    return (sizeBytes + SECTOR_BYTES - 1) / SECTOR_BYTES * SECTOR_BYTES + "b";
  }
}
