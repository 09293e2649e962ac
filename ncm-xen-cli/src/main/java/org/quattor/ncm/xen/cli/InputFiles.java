package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.text.NearestName;
import org.quattor.ncm.xen.text.Printable;

/** Files that are named on the command line. */
final class InputFiles {

  // Enough for any directory of profiles, and still quick in any other directory.
  private static final int MAX_NAMES = 10_000;

  private InputFiles() {}

  /** Reads a profile from a file, or from standard input when the name is {@code -}. */
  static Profile read(Services services, InputStream in, String name) {
    if (name.equals("-")) {
      return services.read(in, "standard input");
    }
    Path file = path(name, "--profile");
    if (!Files.exists(file)) {
      throw new Failure(
          Exit.NO_INPUT, missing(file, "expected a compiled profile, JSON or XML, also in gzip"));
    }
    return services.read(file);
  }

  /** Returns the path that a name stands for. */
  static Path path(String name, String option) {
    if (name.isEmpty()) {
      throw new Failure(Exit.USAGE, option + " expects a file name, not an empty text");
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new Failure(
          Exit.USAGE, option + " expects a file name, not \"" + Printable.line(name) + "\"");
    }
  }

  /** Returns the sentence for a missing file, with the nearest name in its directory. */
  static String missing(Path file, String expected) {
    if (Files.isDirectory(file)) {
      return file + " is a directory; " + expected;
    }
    Path parent = file.getParent();
    Path directory = parent == null ? Path.of("") : parent;
    if (!Files.isDirectory(directory)) {
      return "no such file: " + file + ", and no directory " + directory + "; " + expected;
    }
    return "no such file: "
        + file
        + NearestName.of(String.valueOf(file.getFileName()), names(directory))
            .map(name -> "; did you mean " + (parent == null ? name : parent.resolve(name)) + "?")
            .orElse("; " + expected);
  }

  private static ImmutableList<String> names(Path directory) {
    ImmutableList.Builder<String> names = ImmutableList.builder();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(directory, Files::isRegularFile)) {
      int count = 0;
      for (Path entry : entries) {
        if (++count > MAX_NAMES) {
          break;
        }
        names.add(String.valueOf(entry.getFileName()));
      }
    } catch (IOException | DirectoryIteratorException | UncheckedIOException e) {
      // A hint is all that is lost.
      return ImmutableList.of();
    }
    return ImmutableList.sortedCopyOf(names.build());
  }
}
