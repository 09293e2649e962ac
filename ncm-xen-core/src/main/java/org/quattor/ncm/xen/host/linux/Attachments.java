package org.quattor.ncm.xen.host.linux;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.UnixStatus;
import org.quattor.ncm.xen.text.Printable;

/**
 * What the kernel has mounted, swaps to and shows as loop devices, all read at one moment: a host
 * with many disks asks about each of them. Disks are told by {@link UnixStatus#identity}.
 */
final class Attachments {

  private static final String MOUNTS = "self/mountinfo"; // below /proc

  /** Stands for what a FUSE file system is made of whose source is not a path: {@code web.img}. */
  private static final String NAMELESS = "";

  private static final Splitter LINES = Splitter.on('\n').omitEmptyStrings();
  private static final Splitter FIELDS = Splitter.onPattern("[ \t]+").omitEmptyStrings();
  private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

  /** Where each disk is mounted, by its identity. */
  private final @Nullable ImmutableSetMultimap<String, String> mounts;

  private final ImmutableSet<String> swaps;
  private final ImmutableSetMultimap<String, String> loops;

  private Attachments(
      @Nullable ImmutableSetMultimap<String, String> mounts,
      ImmutableSet<String> swaps,
      ImmutableSetMultimap<String, String> loops) {
    this.mounts = mounts;
    this.swaps = swaps;
    this.loops = loops;
  }

  /** Reads them. */
  static Attachments read(SystemPaths surroundings, CommandRunner runner)
      throws IOException, HostFailure {
    return new Attachments(
        mounts(surroundings), swaps(surroundings), LoopDevices.read(surroundings, runner));
  }

  /** Returns where the file or block device is mounted, in whichever mount namespace, sorted. */
  ImmutableSortedSet<String> mountPoints(String identity) throws IOException {
    if (mounts == null) {
      throw new IOException(
          "the kernel does not show what is mounted, " + MOUNTS + " of proc(5) is missing");
    }
    return ImmutableSortedSet.copyOf(mounts.get(identity));
  }

  /** Returns whether the file or block device is swapped to. */
  boolean isSwap(String identity) {
    return swaps.contains(identity);
  }

  /** Returns the identity of the file or block device that a loop device shows; empty for none. */
  String behindLoop(String loop) {
    ImmutableSet<String> behind = loops.inverse().get(loop);
    return behind.isEmpty() ? "" : behind.iterator().next();
  }

  /** Returns the loop devices that show the file or block device, sorted. */
  ImmutableSortedSet<String> loops(String identity) {
    return ImmutableSortedSet.copyOf(loops.get(identity));
  }

  /**
   * Reads {@code mountinfo}, {@code proc(5)}, of this process, and of one process of each other
   * mount namespace: what a container or a service has mounted is not seen here.
   */
  private static @Nullable ImmutableSetMultimap<String, String> mounts(SystemPaths surroundings)
      throws IOException {
    Path table = surroundings.proc().resolve(MOUNTS);
    if (!Files.exists(table)) {
      return null;
    }
    SetMultimap<String, String> found = LinkedHashMultimap.create();
    addMounts(surroundings, text(table), "", found);
    SetMultimap<String, String> elsewhere = LinkedHashMultimap.create();
    for (Path process : MountNamespaces.others(surroundings.proc())) {
      String where = " in the mount namespace of process " + process.getFileName();
      addMounts(surroundings, textOrNone(process.resolve("mountinfo")), where, elsewhere);
    }
    boolean nameless = found.removeAll(NAMELESS).size() + elsewhere.removeAll(NAMELESS).size() > 0;
    elsewhere.keySet().removeAll(found.keySet());
    found.putAll(elsewhere);
    if (nameless) {
      FuseDaemons.open(surroundings.proc()).stream()
          .filter(identity -> !found.containsKey(identity))
          .forEach(identity -> found.put(identity, "a directory by a FUSE process"));
    }
    return ImmutableSetMultimap.copyOf(found);
  }

  private static void addMounts(
      SystemPaths surroundings, String table, String where, SetMultimap<String, String> found)
      throws IOException {
    for (String line : LINES.split(table)) {
      List<String> fields = FIELDS.splitToList(line);
      int dash = fields.indexOf("-");
      if (dash < 5) {
        continue;
      }
      String mountPoint = unescaped(fields.get(4)) + where;
      found.put(UnixStatus.identityOfDevice(fields.get(2)), mountPoint);
      String type = dash + 1 < fields.size() ? fields.get(dash + 1) : "";
      String source = dash + 2 < fields.size() ? unescaped(fields.get(dash + 2)) : "";
      // Some file systems show a number of their own; those of FUSE may be made of a file.
      if (type.startsWith("fuse") && !source.startsWith("/")) {
        found.put(NAMELESS, mountPoint);
      }
      if (source.startsWith("/dev/") || (source.startsWith("/") && type.startsWith("fuse"))) {
        String identity = identityOrNone(inRoot(surroundings, source));
        if (!identity.isEmpty()) {
          found.put(identity, mountPoint);
        }
      }
    }
  }

  private static ImmutableSet<String> swaps(SystemPaths surroundings) throws IOException {
    ImmutableSet.Builder<String> found = ImmutableSet.builder();
    Path table = surroundings.proc().resolve("swaps");
    // Kernels without swapping have no such file.
    for (String line : LINES.split(Files.exists(table) ? text(table).strip() : "")) {
      String name = FIELDS.splitToList(line).get(0);
      if (name.startsWith("/")) {
        found.add(identity(inRoot(surroundings, unescaped(name))));
      }
    }
    return found.build();
  }

  /** Returns the identity of a file; empty, as no disk's is, when nothing is there any more. */
  private static String identity(Path place) throws IOException {
    return Files.exists(place) ? UnixStatus.of(place).identity() : "";
  }

  private static String identityOrNone(Path place) {
    try {
      return UnixStatus.of(place).identity();
    } catch (IOException e) {
      return ""; // A mount may outlive the name of its device.
    }
  }

  private static String textOrNone(Path file) throws IOException {
    try {
      return text(file);
    } catch (NoSuchFileException e) {
      return ""; // The process has ended since it was listed.
    }
  }

  static Path inRoot(SystemPaths surroundings, String path) throws IOException {
    try {
      return surroundings.root().resolve(path.substring(1));
    } catch (InvalidPathException e) {
      throw new IOException("the kernel reports an invalid path: " + Printable.line(path), e);
    }
  }

  static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** Returns the text without blanks around it; empty for a missing file. */
  static String line(Path file) throws IOException {
    return Files.exists(file) ? text(file).strip() : "";
  }

  /** Returns the text without the octal escapes that the kernel writes for blanks. */
  static String unescaped(String text) {
    return text.indexOf('\\') < 0
        ? text
        : OCTAL
            .matcher(text)
            .replaceAll(
                match ->
                    Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(match.group(1), 8))));
  }
}
