package org.quattor.ncm.xen.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The directories of a run: locks, logs, state files. All are below the host's {@code /}, which for
 * a simulated host is its directory.
 *
 * @param root the directory that is the host's {@code /}
 * @param local whether the host is the one that this process runs on
 */
record RunDirectories(Path root, boolean local) {

  /** The beginning of the value of {@code --host} for a simulated host. */
  static final String SIMULATED = "simulated:";

  /** Returns those of the host that {@code --host} names. */
  static RunDirectories of(String host, ProcessEnvironment surroundings) {
    return host.startsWith(SIMULATED)
        ? new RunDirectories(
            InputFiles.path(host.substring(SIMULATED.length()), "--host").toAbsolutePath(), false)
        : new RunDirectories(surroundings.files(), true);
  }

  /** Returns the real path of a path of the host. */
  Path place(String path) {
    return place(Path.of(path));
  }

  /** Returns the real path of a path of the host. */
  Path place(Path path) {
    return root.resolve(Path.of("/").relativize(path.normalize()));
  }

  /** Returns the real path of a path of the host that an option names. */
  Path place(String option, String value) {
    Path path = InputFiles.path(value, option);
    if (!path.isAbsolute()) {
      throw new Failure(
          Exit.USAGE,
          option + " expects an absolute path, which begins with /, not \"" + value + "\"");
    }
    return place(path);
  }

  /** Returns whether files can be written here: not in a directory that is not a host. */
  boolean usable() {
    if (local || !Files.exists(root) || Files.exists(root.resolve("host.json"))) {
      return true;
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries.allMatch(entry -> entry.endsWith("var"));
    } catch (IOException e) {
      return false;
    }
  }
}
