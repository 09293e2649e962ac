package org.quattor.ncm.xen.host.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.quattor.ncm.xen.host.HostFailure;

/**
 * Puts a complete file at a place, or nothing: a temporary file in the same folder, whose name
 * nobody else uses, is filled through the descriptor that it was created with, synced, and given
 * its name; the folder is synced.
 */
public final class AtomicFile {

  /** Fills the temporary file, which exists and is empty. */
  @FunctionalInterface
  public interface Filling {
    /**
     * Writes the content to the file.
     *
     * @param temporary leads to the open file itself, not to its name; other programs can open it
     *     too, see {@link OpenFile}
     */
    void fill(Path temporary) throws IOException, HostFailure;
  }

  /** Gives a temporary file the name that it is made for. */
  @FunctionalInterface
  private interface Naming {
    void name(OpenFile file, Path temporary) throws IOException;
  }

  private AtomicFile() {}

  /** Replaces what lies at the place, or creates it. */
  public static void replace(Path place, int mode, Filling filling)
      throws IOException, HostFailure {
    put(
        place,
        mode,
        filling,
        (file, temporary) ->
            Files.move(
                temporary,
                place,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING));
  }

  /** Creates a file where nothing lies; fails with {@link FileAlreadyExistsException} otherwise. */
  public static void create(Path place, int mode, Filling filling) throws IOException, HostFailure {
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(place.toString());
    }
    put(place, mode, filling, (file, temporary) -> link(file, temporary, place));
  }

  private static void put(Path place, int mode, Filling filling, Naming naming)
      throws IOException, HostFailure {
    Path temporary = TemporaryName.of(place);
    Set<PosixFilePermission> permissions = permissions(mode);
    try (OpenFile file =
        OpenFile.create(temporary, PosixFilePermissions.asFileAttribute(permissions))) {
      // The process's umask may have taken bits away.
      Files.setPosixFilePermissions(file.descriptor(), permissions);
      filling.fill(file.descriptor());
      file.sync();
      if (!file.isAt(temporary)) {
        throw new IOException("its temporary file " + temporary + " was replaced");
      }
      naming.name(file, temporary);
    } finally {
      Files.deleteIfExists(temporary);
    }
    syncFolder(place);
  }

  /**
   * {@code link(2)} replaces nothing, unlike {@code rename(2)}. Where a file system has no hard
   * links, such as vfat, a look comes before the renaming, and another host could come in between.
   */
  private static void link(OpenFile file, Path temporary, Path place) throws IOException {
    try {
      Files.createLink(place, temporary);
    } catch (FileAlreadyExistsException e) {
      // An NFS server that was asked twice says this of the link that it has made.
      if (!file.isAt(place)) {
        throw e;
      }
    } catch (NoSuchFileException | AccessDeniedException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      Files.move(temporary, place);
    }
  }

  /** Makes what happened in the folder of a file outlive a power failure. */
  static void syncFolder(Path place) throws IOException {
    Path folder = place.getParent();
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
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
