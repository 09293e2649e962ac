package org.quattor.ncm.xen.host.linux;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quattor.ncm.xen.host.local.UnixStatus;

/**
 * The processes that serve file systems of FUSE. What such a file system is made of shows in its
 * source only when it was mounted by an absolute path; the process has it open.
 */
final class FuseDaemons {

  private static final String DEVICE = "/dev/fuse";

  private FuseDaemons() {}

  /** Returns the identities of the files and block devices that they have open. */
  static ImmutableSet<String> open(Path proc) throws IOException {
    ImmutableSet.Builder<String> open = ImmutableSet.builder();
    for (Path process : list(proc, "[0-9]*")) {
      List<Path> descriptors = list(process.resolve("fd"), "*");
      if (descriptors.stream().anyMatch(FuseDaemons::isDevice)) {
        descriptors.forEach(descriptor -> identity(descriptor).ifPresent(open::add));
      }
    }
    return open.build();
  }

  private static boolean isDevice(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().equals(DEVICE);
    } catch (IOException e) {
      return false; // It was closed since it was listed.
    }
  }

  private static Optional<String> identity(Path descriptor) {
    try {
      return Optional.of(UnixStatus.of(descriptor).identity())
          .filter(identity -> !identity.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Nothing for a process that has ended, or that this user may not look at. */
  private static List<Path> list(Path folder, String names) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, names)) {
      stream.forEach(found::add);
    } catch (DirectoryIteratorException e) {
      return found;
    } catch (IOException e) {
      if (names.equals("*")) {
        return found;
      }
      throw e;
    }
    return found;
  }
}
