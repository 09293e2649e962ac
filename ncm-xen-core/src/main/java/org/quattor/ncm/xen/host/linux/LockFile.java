package org.quattor.ncm.xen.host.linux;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.UnixStatus;

/**
 * The file that a lock is on: whoever may open it, if only to read, can hold the lock for ever, and
 * so nobody else may.
 */
final class LockFile {

  private static final Set<PosixFilePermission> OURS_ALONE =
      PosixFilePermissions.fromString("rw-------");

  private LockFile() {}

  /**
   * Makes the file when it is missing, and closes one that others can open. A folder is left as it
   * is: that of a simulated host is its owner's.
   *
   * @throws HostFailure when it is a link, or another user's: then its folder was open to others
   */
  static void prepare(Path place) throws IOException, HostFailure {
    try {
      Files.createFile(place, PosixFilePermissions.asFileAttribute(OURS_ALONE));
    } catch (FileAlreadyExistsException e) {
      // It is looked at below.
    }
    Kind kind = UnixStatus.of(place, LinkOption.NOFOLLOW_LINKS).kind();
    if (kind == Kind.DIRECTORY) {
      return;
    }
    Object owner = Files.getAttribute(place, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    Object us = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    if (kind != Kind.FILE || !ImmutableSet.of(0, us).contains(owner)) {
      throw new HostFailure(
          "cannot lock "
              + place
              + ": it is "
              + kind.text()
              + " of the user "
              + owner
              + ", who could hold the lock for ever; rm "
              + place);
    }
    if (owner.equals(us) && !Files.getPosixFilePermissions(place).equals(OURS_ALONE)) {
      Files.setPosixFilePermissions(place, OURS_ALONE);
    }
  }
}
