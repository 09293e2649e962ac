package org.quattor.ncm.xen.host.local;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which file systems no other host can write to, from {@code /proc/self/mountinfo} of proc(5). */
final class LocalFilesystems {

  // Of disks that could be shared, only those whose file systems one host alone can mount.
  private static final ImmutableSet<String> LOCAL =
      ImmutableSet.of(
          "ext2", "ext3", "ext4", "xfs", "btrfs", "jfs", "reiserfs", "tmpfs", "overlay");

  private static final int TYPE_AFTER_DASH = 1;

  private LocalFilesystems() {}

  /** Returns whether a file lies in one; not when its file system is not listed. */
  static boolean holds(Path file) throws IOException {
    // Of the folder: files in an overlay may have a device number that no mount has.
    String device = UnixStatus.of(file.resolveSibling(".")).filesystemNumber();
    for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
      List<String> words = List.of(line.split(" ", -1));
      int dash = words.indexOf("-");
      if (dash > 2 && words.size() > dash + TYPE_AFTER_DASH && words.get(2).equals(device)) {
        return LOCAL.contains(words.get(dash + TYPE_AFTER_DASH));
      }
    }
    return false;
  }
}
