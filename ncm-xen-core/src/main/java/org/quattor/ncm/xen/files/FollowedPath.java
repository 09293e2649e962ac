package org.quattor.ncm.xen.files;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;

/**
 * Where a path leads when its last step is a link.
 *
 * @param path the end, absolute and without {@code .} and {@code ..}
 * @param entry what lies there: missing for a link to nothing, a link for links without end
 */
public record FollowedPath(String path, FileEntry entry) {

  private static final int MAX_LINKS = 8;

  /** Follows the links that begin at the path. */
  public static FollowedPath of(HostFiles files, String path) throws HostFailure {
    String at = path;
    FileEntry entry = files.look(at);
    for (int i = 0; entry.kind() == Kind.LINK && i < MAX_LINKS; i++) {
      at = target(at, entry.linkTarget());
      entry = files.look(at);
    }
    return new FollowedPath(at, entry);
  }

  /**
   * Returns the absolute path that a link names.
   *
   * @throws HostFailure when its text is not a path
   */
  public static String target(String link, String text) throws HostFailure {
    try {
      return Path.of(link).resolveSibling(text).normalize().toString();
    } catch (InvalidPathException e) {
      throw new HostFailure(link + " is a link to what is not a path: " + e.getReason(), e);
    }
  }
}
