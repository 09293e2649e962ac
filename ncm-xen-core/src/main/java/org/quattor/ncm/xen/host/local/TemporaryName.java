package org.quattor.ncm.xen.host.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.host.local.FileMaker.Presence;

/**
 * Names of temporary files: {@code .NAME.MAKER.ncm-xen.tmp}, and {@code .NAME.ncm-xen.tmp} as
 * versions before 0.1.0 made them.
 */
final class TemporaryName {

  /** Leaves room for the maker in the 255 bytes of a name, at three bytes for a character. */
  private static final int MAX_NAME_LENGTH = 50;

  private TemporaryName() {}

  /** Returns a new one beside a place, for this process. */
  static Path of(Path place) throws IOException {
    String name = String.valueOf(place.getFileName());
    return place.resolveSibling(
        "."
            + name.substring(0, Math.min(name.length(), MAX_NAME_LENGTH))
            + "."
            + FileMaker.self().words()
            + HostFiles.TEMPORARY_SUFFIX);
  }

  /** Returns whether a file of that name can only be the rest of an interrupted run. */
  static boolean is(String name) {
    return name.startsWith(".") && name.endsWith(HostFiles.TEMPORARY_SUFFIX);
  }

  /**
   * Returns whether the maker of a temporary file is still there. One without a maker in its name
   * is gone when no process of this host has the file open, and no other host can.
   */
  static Presence presence(Path place) throws IOException {
    String name = String.valueOf(place.getFileName());
    String begun = name.substring(0, name.length() - HostFiles.TEMPORARY_SUFFIX.length());
    Optional<FileMaker> maker = FileMaker.of(begun.substring(begun.lastIndexOf('.') + 1));
    if (maker.isPresent()) {
      return maker.get().presence(FileMaker.self());
    }
    return LocalFilesystems.holds(place) && !isOpen(name) ? Presence.GONE : Presence.UNKNOWN;
  }

  /** Compares texts only: to follow the link of a descriptor can take for ever. */
  private static boolean isOpen(String name) throws IOException {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(process.resolve("fd"))) {
          for (Path descriptor : all) {
            if (Files.readSymbolicLink(descriptor).endsWith(name)) {
              return true;
            }
          }
        } catch (IOException e) {
          // The process has ended, or is another user's.
        }
      }
    }
    return false;
  }
}
