package org.quattor.ncm.xen.observe;

import com.google.common.collect.ImmutableSortedMap;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.quattor.ncm.xen.files.TextFile;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.text.Excerpt;

/**
 * The files to which {@code xendomains} saves guests when the host goes down: {@code
 * $XENDOMAINS_SAVE/NAME}. It restores them at boot and removes each that it has restored.
 */
final class SavedGuests {

  /** The default of Debian and Fedora alike. */
  private static final String FOLDER = "/var/lib/xen/save";

  /** Debian's file, and that of Red Hat and SUSE; both are asked, for a host has one of them. */
  private static final String[] SETTINGS = {"/etc/default/xendomains", "/etc/sysconfig/xendomains"};

  /** A path that a shell would take as it stands. */
  private static final Pattern PLAIN = Pattern.compile("/[A-Za-z0-9_@%+=:,./ -]*");

  private SavedGuests() {}

  /**
   * Returns the files by name; the default folder is looked at even if another one is set, since
   * files stay when settings change.
   *
   * @throws HostFailure when a folder cannot be listed, or the settings name it by a variable
   */
  static ImmutableSortedMap<String, String> find(HostFiles files) throws HostFailure {
    TreeSet<String> folders = new TreeSet<>();
    folders.add(FOLDER);
    for (String path : SETTINGS) {
      Optional<String> set = TextFile.read(files, path).flatMap(f -> f.assigned("XENDOMAINS_SAVE"));
      if (set.isPresent() && !set.get().isEmpty()) {
        folders.add(folder(path, set.get()));
      }
    }
    TreeMap<String, String> found = new TreeMap<>();
    for (String folder : folders) {
      for (Map.Entry<String, FileEntry> entry : files.list(folder).entrySet()) {
        if (entry.getValue().kind() != FileEntry.Kind.DIRECTORY) {
          found.put(entry.getKey(), folder + "/" + entry.getKey());
        }
      }
    }
    return ImmutableSortedMap.copyOf(found);
  }

  /** The file is data: what only a shell could work out is not known. */
  private static String folder(String path, String value) throws HostFailure {
    if (!PLAIN.matcher(value).matches()) {
      throw new HostFailure(
          path + " sets XENDOMAINS_SAVE to " + Excerpt.of(value) + ", which is not a plain path");
    }
    return Path.of(value).normalize().toString();
  }
}
