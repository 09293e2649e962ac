package org.quattor.ncm.xen.host.linux;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.IoCause;

/**
 * What domains leave in files: the kernel's devices for them ({@code /sys/bus/xen-backend}), such
 * as {@code vbd-3-51712}, and what libxl keeps of each ({@code /var/lib/xen/userdata-d.ID...}),
 * which it writes when the domain is made or gets a device.
 */
final class DomainTraces {

  private static final Pattern DEVICE = Pattern.compile("[a-z0-9_]+-(\\d{1,9})-.+");
  private static final Pattern USER_DATA =
      Pattern.compile("userdata-.\\.(\\d{1,9})\\..+\\.libxl-json");

  private DomainTraces() {}

  /** Returns the traces by the number of the domain; empty where the kernel shows no devices. */
  static Optional<SortedMap<Integer, String>> read(SystemPaths surroundings) throws HostFailure {
    Path devices = surroundings.sys().resolve("bus/xen-backend/devices");
    Path userData = surroundings.root().resolve("var/lib/xen");
    if (!Files.isDirectory(devices)) {
      return Optional.empty();
    }
    try {
      SortedMap<String, Integer> found = new TreeMap<>();
      for (Path device : list(devices)) {
        add(DEVICE, device, "", found);
      }
      if (Files.isDirectory(userData)) {
        for (Path file : list(userData)) {
          add(USER_DATA, file, " " + file.toFile().lastModified(), found);
        }
      }
      SortedMap<Integer, String> traces = new TreeMap<>();
      found.forEach((text, id) -> traces.merge(id, text, (one, other) -> one + "\n" + other));
      return Optional.of(traces);
    } catch (IOException e) {
      throw IoCause.failure("look for traces of domains", e);
    }
  }

  private static void add(
      Pattern pattern, Path file, String state, SortedMap<String, Integer> found) {
    String name = String.valueOf(file.getFileName());
    Matcher parts = pattern.matcher(name);
    if (parts.matches()) {
      found.put(name + state, Integer.parseInt(parts.group(1)));
    }
  }

  private static Iterable<Path> list(Path folder) throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      SortedMap<String, Path> files = new TreeMap<>();
      stream.forEach(file -> files.put(String.valueOf(file.getFileName()), file));
      return files.values();
    } catch (DirectoryIteratorException e) {
      throw new IOException("listing " + folder + " broke off", e);
    }
  }
}
