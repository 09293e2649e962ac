package org.quattor.ncm.xen.host.linux;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The mount namespaces of this system, {@code mount_namespaces(7)}. */
final class MountNamespaces {

  private static final String LINK = "ns/mnt"; // below /proc/PID

  private MountNamespaces() {}

  /** Returns below {@code /proc} one process of each mount namespace that is not our own. */
  static ImmutableList<Path> others(Path proc) throws IOException {
    Set<String> seen = new HashSet<>();
    seen.add(name(proc.resolve("self")));
    ImmutableList.Builder<Path> others = ImmutableList.builder();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        String namespace = name(process);
        if (!namespace.isEmpty() && seen.add(namespace)) {
          others.add(process);
        }
      }
      return others.build();
    } catch (DirectoryIteratorException e) {
      throw new IOException("listing " + proc + " broke off", e);
    }
  }

  /** Empty for a process that has ended, and for one that this user may not look at. */
  private static String name(Path process) {
    try {
      return Files.readSymbolicLink(process.resolve(LINK)).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
