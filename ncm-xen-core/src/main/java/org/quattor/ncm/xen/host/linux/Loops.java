package org.quattor.ncm.xen.host.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.quattor.ncm.xen.host.local.UnixStatus;

/** Which part of a file or block device a loop device shows, by {@code /sys/block/loopN}. */
final class Loops {

  private static final int SECTOR_BYTES = 512;

  private final Path blocks;
  private final Attachments attachments;

  Loops(SystemPaths surroundings, Attachments attachments) {
    this.blocks = surroundings.sys().resolve("block");
    this.attachments = attachments;
  }

  /** Returns the name when the folder of {@code /sys} is that of a loop device; else empty. */
  static String name(Path folder) throws IOException {
    String name = Files.exists(folder) ? "" + folder.toRealPath().getFileName() : "";
    return name.matches("loop[0-9]+") ? name : "";
  }

  /**
   * Returns what all loop devices with the same content have in common: what is behind them when
   * they show all of it, else that and the part; the fallback when nothing is attached.
   */
  String shown(String loop, String fallback) throws IOException {
    String behind = attachments.behindLoop(loop);
    long offset = number(loop, "loop/offset");
    long limit = number(loop, "loop/sizelimit");
    return behind.isEmpty()
        ? fallback
        : offset == 0 && limit == 0 ? behind : behind + " from " + offset + " for " + limit;
  }

  /**
   * Returns the loop devices that show a file or device and have bytes in common with a disk.
   *
   * @param mine the identities of the disk and of all that it lies on
   */
  Set<String> beside(String identity, Set<String> mine) throws IOException {
    Set<String> own = new TreeSet<>();
    Set<String> others = new TreeSet<>();
    for (String loop : attachments.loops(identity)) {
      String number = text(loop, "dev");
      (mine.contains(UnixStatus.identityOfDevice(number)) ? own : others).add(loop);
    }
    Set<String> found = new TreeSet<>();
    for (String other : others) {
      boolean apart = !own.isEmpty();
      for (String loop : own) {
        apart &= end(loop) <= start(other) || end(other) <= start(loop);
      }
      if (!apart) {
        found.add(other);
      }
    }
    return found;
  }

  private long start(String loop) throws IOException {
    return number(loop, "loop/offset");
  }

  private long end(String loop) throws IOException {
    return start(loop) + number(loop, "size") * SECTOR_BYTES;
  }

  private long number(String loop, String attribute) throws IOException {
    String text = text(loop, attribute);
    try {
      return text.isEmpty() ? 0 : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException("/sys shows no number as the " + attribute + " of " + loop, e);
    }
  }

  private String text(String loop, String attribute) throws IOException {
    return Attachments.line(blocks.resolve(loop).resolve(attribute));
  }
}
