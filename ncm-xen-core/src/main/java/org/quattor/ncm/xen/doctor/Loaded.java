package org.quattor.ncm.xen.doctor;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostStorage;
import org.quattor.ncm.xen.text.HostPath;

/** What the lines of boot loaders load. */
final class Loaded {

  private Loaded() {}

  /** Makes a line from the words after the command; its own options come before the path. */
  static BootLine line(int number, ImmutableList<String> words) {
    int start = 0;
    while (start < words.size() && words.get(start).startsWith("--")) {
      start++;
    }
    if (start == words.size()) {
      return new BootLine(number, "", ImmutableList.of());
    }
    // (hd0,0)/xen.gz: the drive says nothing to us.
    String path = words.get(start).replaceFirst("^\\([^)]*\\)", "");
    return new BootLine(number, path, words.subList(start + 1, words.size()));
  }

  /** Returns whether the line loads a hypervisor, by the name of its file. */
  static boolean isXen(BootLine line) {
    return HostPath.name(line.path()).startsWith("xen");
  }

  /**
   * Returns where the file is on the host: the boot loader's paths begin at the file system of
   * {@code /boot}, which may be one of its own. Empty when it is in neither place.
   */
  static String place(HostStorage storage, String path) throws HostFailure {
    if (!path.startsWith("/")) {
      return "";
    }
    for (String place : new String[] {path, "/boot" + path}) {
      if (storage.look(place).kind() == FileEntry.Kind.FILE) {
        return place;
      }
    }
    return "";
  }
}
