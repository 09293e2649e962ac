package org.quattor.ncm.xen.host.linux;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where things are looked for, so that tests can use trees of their own.
 *
 * @param root the folder that is the host's {@code /}
 * @param proc where {@code /proc} is
 * @param sys where {@code /sys} is
 * @param programs the folders of programs, as in {@code PATH}; nothing of the caller's environment
 */
record SystemPaths(Path root, Path proc, Path sys, String programs) {

  /** Those of the running system; the folders are those of NCM's own environment. */
  static final SystemPaths SYSTEM =
      new SystemPaths(
          Path.of("/"), Path.of("/proc"), Path.of("/sys"), "/usr/sbin:/usr/bin:/sbin:/bin");

  /** Returns where a program is. */
  Optional<Path> program(String name) {
    return folders().stream()
        .map(folder -> Path.of(folder, name))
        .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
        .findFirst();
  }

  /**
   * Returns how a program is started: in {@code /}, with an environment that is always the same.
   */
  ProcessBuilder process(List<String> argv) {
    ProcessBuilder builder = new ProcessBuilder(argv).directory(new File("/"));
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", programs);
    environment.put("LC_ALL", "C");
    environment.put("HOME", "/");
    return builder;
  }

  private ImmutableList<String> folders() {
    return ImmutableList.copyOf(Splitter.on(':').omitEmptyStrings().split(programs));
  }
}
