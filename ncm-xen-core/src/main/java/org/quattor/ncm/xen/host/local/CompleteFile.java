package org.quattor.ncm.xen.host.local;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;

/**
 * Puts a complete file at a place, or nothing: a temporary file in the same folder is filled,
 * synced and renamed, and the folder is synced.
 */
public final class CompleteFile {

  /** Fills the temporary file, which exists and is empty. */
  @FunctionalInterface
  public interface Filling {
    /** Writes the content to the file. */
    void fill(Path temporary) throws IOException, HostFailure;
  }

  private CompleteFile() {}

  /** Replaces what lies at the place, or creates it. */
  public static void replace(Path place, int mode, Filling filling)
      throws IOException, HostFailure {
    put(place, mode, filling, true);
  }

  /** Creates a file where nothing lies; fails with {@link FileAlreadyExistsException} otherwise. */
  public static void create(Path place, int mode, Filling filling) throws IOException, HostFailure {
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(place.toString());
    }
    put(place, mode, filling, false);
  }

  private static void put(Path place, int mode, Filling filling, boolean replacing)
      throws IOException, HostFailure {
    Path temporary = temporary(place);
    Files.deleteIfExists(temporary);
    try {
      Set<PosixFilePermission> permissions = permissions(mode);
      Files.createFile(temporary, PosixFilePermissions.asFileAttribute(permissions));
      // The process's umask may have taken bits away. A link that is there by now is not followed.
      requireNonNull(
              Files.getFileAttributeView(
                  temporary, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS))
          .setPermissions(permissions);
      filling.fill(temporary);
      sync(temporary, StandardOpenOption.WRITE);
      if (replacing) {
        Files.move(
            temporary, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.move(temporary, place);
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
    syncFolder(place);
  }

  /** Returns where the file lies until it is complete. */
  static Path temporary(Path place) {
    return place.resolveSibling("." + place.getFileName() + HostFiles.TEMPORARY_SUFFIX);
  }

  /** Returns whether a file of that name can only be the rest of an interrupted run. */
  static boolean isTemporary(String name) {
    return name.startsWith(".") && name.endsWith(HostFiles.TEMPORARY_SUFFIX);
  }

  /** Makes what happened in the folder of a file outlive a power failure. */
  static void syncFolder(Path place) throws IOException {
    Path folder = place.getParent();
    if (folder != null) {
      sync(folder, StandardOpenOption.READ);
    }
  }

  private static void sync(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  /** Returns the nine permission bits of a mode as Java's set. */
  static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] fromLeft = PosixFilePermission.values();
    for (int i = 0; i < fromLeft.length; i++) {
      if ((mode & (0400 >> i)) != 0) {
        set.add(fromLeft[i]);
      }
    }
    return set;
  }
}
