package org.quattor.ncm.xen.host.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostVolumes;
import org.quattor.ncm.xen.host.LvmInventory;
import org.quattor.ncm.xen.host.local.LvmNames;

/** LVM through its commands. */
final class LvmCommandVolumes implements HostVolumes {

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
    return LvmReport.read(runner);
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
