package org.quattor.ncm.xen.host.linux;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.ImmutableSortedSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.local.UnixStatus;
import org.quattor.ncm.xen.text.Printable;

/**
 * What the kernel has mounted, swaps to and shows as loop devices, all read at one moment: a host
 * with many disks asks about each of them. Disks are told by {@link UnixStatus#identity}.
 */
final class Attachments {

  private static final String MOUNTS = "self/mountinfo"; // below /proc
  private static final Splitter LINES = Splitter.on('\n').omitEmptyStrings();
  private static final Splitter FIELDS = Splitter.onPattern("[ \t]+").omitEmptyStrings();
  private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

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
  static Attachments read(Surroundings surroundings) throws IOException {
    return new Attachments(mounts(surroundings), swaps(surroundings), loops(surroundings));
  }

  /** Returns where the block device with the number, such as {@code 8:1}, is mounted, sorted. */
  ImmutableSortedSet<String> mountPoints(String number) throws IOException {
    if (mounts == null) {
      throw new IOException(
          "the kernel does not show what is mounted, " + MOUNTS + " of proc(5) is missing");
    }
    return ImmutableSortedSet.copyOf(mounts.get(number));
  }

  /** Returns whether the file or block device is swapped to. */
  boolean isSwap(String identity) {
    return swaps.contains(identity);
  }

  /** Returns the loop devices that show the file or block device, sorted. */
  ImmutableSortedSet<String> loops(String identity) {
    return ImmutableSortedSet.copyOf(loops.get(identity));
  }

  /** Reads {@code mountinfo}, {@code proc(5)}: some file systems show a number of their own. */
  private static @Nullable ImmutableSetMultimap<String, String> mounts(Surroundings surroundings)
      throws IOException {
    Path table = surroundings.proc().resolve(MOUNTS);
    if (!Files.exists(table)) {
      return null;
    }
    ImmutableSetMultimap.Builder<String, String> found = ImmutableSetMultimap.builder();
    for (String line : LINES.split(text(table))) {
      List<String> fields = FIELDS.splitToList(line);
      int dash = fields.indexOf("-");
      if (dash < 5) {
        continue;
      }
      String mountPoint = unescaped(fields.get(4));
      found.put(fields.get(2), mountPoint);
      String source = dash + 2 < fields.size() ? unescaped(fields.get(dash + 2)) : "";
      if (source.startsWith("/")) {
        String number = numberOrNone(inRoot(surroundings, source));
        if (!number.isEmpty()) {
          found.put(number, mountPoint);
        }
      }
    }
    return found.build();
  }

  private static ImmutableSet<String> swaps(Surroundings surroundings) throws IOException {
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

  private static ImmutableSetMultimap<String, String> loops(Surroundings surroundings)
      throws IOException {
    ImmutableSetMultimap.Builder<String, String> found = ImmutableSetMultimap.builder();
    Path blocks = surroundings.sys().resolve("block");
    if (!Files.isDirectory(blocks)) {
      return found.build();
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(blocks, "loop*")) {
      for (Path block : stream) {
        Path backing = block.resolve("loop/backing_file");
        String file = Files.exists(backing) ? text(backing).strip() : "";
        if (file.startsWith("/")) {
          found.put(identity(inRoot(surroundings, file)), String.valueOf(block.getFileName()));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw new IOException("listing " + blocks + " broke off", e);
    }
    return found.build();
  }

  /** Returns the identity of a file; empty, as no disk's is, when nothing is there any more. */
  private static String identity(Path place) throws IOException {
    return Files.exists(place) ? UnixStatus.of(place).identity() : "";
  }

  private static String numberOrNone(Path place) {
    try {
      UnixStatus status = UnixStatus.of(place);
      return status.kind() == Kind.BLOCK_DEVICE ? BlockDevices.number(status) : "";
    } catch (IOException e) {
      return ""; // A mount may outlive the name of its device.
    }
  }

  private static Path inRoot(Surroundings surroundings, String path) throws IOException {
    try {
      return surroundings.root().resolve(path.substring(1));
    } catch (InvalidPathException e) {
      throw new IOException("the kernel names a path that is none: " + Printable.line(path), e);
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** Returns the text without the octal escapes that the kernel writes for blanks. */
  private static String unescaped(String text) {
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
