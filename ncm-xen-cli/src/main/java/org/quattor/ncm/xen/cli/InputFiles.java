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

  // Enough for any folder of profiles, and quick in a folder that is none.
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
          Exit.NO_INPUT, missing(file, "expected a compiled profile, JSON or XML, gzip allowed"));
    }
    return services.read(file);
  }

  /** Returns the path that a name stands for. */
  static Path path(String name, String option) {
    if (name.isEmpty()) {
      throw new Failure(Exit.USAGE, option + " expects the name of a file, not an empty text");
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new Failure(
          Exit.USAGE, option + " expects the name of a file, not '" + Printable.line(name) + "'");
    }
  }

  /** Returns the sentence for a file that is not there, with the nearest name in its folder. */
  static String missing(Path file, String expected) {
    if (Files.isDirectory(file)) {
      return file + " is a folder; " + expected;
    }
    Path parent = file.getParent();
    Path folder = parent == null ? Path.of("") : parent;
    if (!Files.isDirectory(folder)) {
      return "no such file: " + file + ", nor is there a folder " + folder + "; " + expected;
    }
    return "no such file: "
        + file
        + NearestName.of(String.valueOf(file.getFileName()), names(folder))
            .map(name -> "; did you mean " + (parent == null ? name : parent.resolve(name)) + "?")
            .orElse("; " + expected);
  }

  private static ImmutableList<String> names(Path folder) {
    ImmutableList.Builder<String> names = ImmutableList.builder();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isRegularFile)) {
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
