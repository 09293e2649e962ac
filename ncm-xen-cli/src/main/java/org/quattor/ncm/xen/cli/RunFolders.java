package org.quattor.ncm.xen.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where a run keeps what is its own: locks, logs, state files. All of it lies below the host's
 * {@code /}, which for a simulated host is its directory.
 *
 * @param root the folder that is the host's {@code /}
 * @param local whether the host is the one that this process runs on
 */
record RunFolders(Path root, boolean local) {

  private static final String SIMULATED = "simulated:";

  /** Returns those of a host, as {@code --host} names it. */
  static RunFolders of(String host, ProcessEnvironment surroundings) {
    return host.startsWith(SIMULATED)
        ? new RunFolders(
            InputFiles.path(host.substring(SIMULATED.length()), "--host").toAbsolutePath(), false)
        : new RunFolders(surroundings.files(), true);
  }

  /** Returns where a path of the host lies. */
  Path place(String path) {
    return place(Path.of(path));
  }

  /** Returns where a path of the host lies. */
  Path place(Path path) {
    return root.resolve(Path.of("/").relativize(path.normalize()));
  }

  /** Returns the path of the host that an option names. */
  Path place(String option, String value) {
    Path path = InputFiles.path(value, option);
    if (!path.isAbsolute()) {
      throw new Failure(
          Exit.USAGE, option + " expects an absolute path, which begins with /; not " + value);
    }
    return place(path);
  }

  /** Returns whether files may be put here: nothing is put into a folder that is no host. */
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
