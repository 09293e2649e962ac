package org.quattor.ncm.xen.observe;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Map;
import java.util.TreeMap;
import org.quattor.ncm.xen.files.FollowedPath;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.text.HostPath;

/**
 * What {@code xendomains} would give the toolstack for an entry of {@code /etc/xen/auto}.
 *
 * @param path the guest file that is read: where the link leads, or the entry itself
 * @param content what lies there
 */
public record AutostartFile(String path, ConfigurationFile content) {

  /**
   * Reads the entries as {@code xendomains} does: all but hidden ones. An entry that cannot be read
   * is unknown, and the others are read all the same.
   *
   * @param known {@code /etc/xen} by name, as it was read already
   */
  static ImmutableSortedMap<String, Observed<AutostartFile>> readAll(
      HostFiles files,
      Map<String, FileEntry> entries,
      ImmutableSortedMap<String, ConfigurationFile> known) {
    TreeMap<String, Observed<AutostartFile>> found = new TreeMap<>();
    for (String name : entries.keySet()) {
      if (!name.startsWith(".")) {
        found.put(
            name, Observed.of(() -> read(files, Observer.AUTOSTART_FOLDER + "/" + name, known)));
      }
    }
    return ImmutableSortedMap.copyOf(found);
  }

  private static AutostartFile read(
      HostFiles files, String link, ImmutableSortedMap<String, ConfigurationFile> known)
      throws HostFailure {
    FollowedPath end = FollowedPath.of(files, link);
    if (end.path().equals(link) && !end.entry().exists()) {
      throw new HostFailure("it is gone, or its name is not in UTF-8");
    }
    ConfigurationFile read =
        HostPath.folder(end.path()).equals(Observer.FOLDER)
            ? known.get(HostPath.name(end.path()))
            : null;
    if (read != null) {
      return new AutostartFile(end.path(), read);
    }
    return new AutostartFile(end.path(), ConfigurationFile.read(files, end.path(), end.entry()));
  }
}
