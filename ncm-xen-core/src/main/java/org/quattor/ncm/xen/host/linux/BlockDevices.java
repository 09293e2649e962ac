package org.quattor.ncm.xen.host.linux;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
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
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.IoCause;
import org.quattor.ncm.xen.host.local.UnixStatus;
import org.quattor.ncm.xen.text.Printable;

/** What {@code /sys} and {@code /proc} show of block devices, without opening one. */
final class BlockDevices {

  private static final int SECTOR_BYTES = 512; // of "size" in sysfs, whatever the device's own
  private static final Splitter LINES = Splitter.on('\n').omitEmptyStrings();
  private static final Splitter FIELDS = Splitter.onPattern("[ \t]+").omitEmptyStrings();

  private final Surroundings surroundings;

  BlockDevices(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Returns the size of the device with the number ({@code st_rdev}); 0 when it is not shown. */
  long sizeBytes(long deviceNumber) {
    try {
      String number = number(new UnixStatus(0, 0, deviceNumber, 0, 0));
      return Long.parseLong(line(folder(number).resolve("size"))) * SECTOR_BYTES;
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  /** Returns who uses the block device at the place: mounts, swap, holders, partitions, loops. */
  ImmutableList<String> users(UnixStatus device, Path place) throws HostFailure {
    try {
      ImmutableList.Builder<String> users = ImmutableList.builder();
      addUsers(number(device), "", users);
      users.addAll(loopsOn(place));
      return users.build();
    } catch (IOException e) {
      throw IoCause.failure("find out who uses " + place, e);
    }
  }

  /** Returns who uses the file at the place: swap, loop devices. */
  ImmutableList<String> usersOfFile(Path place) throws HostFailure {
    try {
      ImmutableList.Builder<String> users = ImmutableList.builder();
      for (Path swap : swaps()) {
        if (same(swap, place)) {
          users.add("used as swap");
        }
      }
      return users.addAll(loopsOn(place)).build();
    } catch (IOException e) {
      throw IoCause.failure("find out who uses " + place, e);
    }
  }

  /** Returns the names of the partitions that the kernel sees on a device. */
  ImmutableList<String> partitions(UnixStatus device) throws HostFailure {
    try {
      Path folder = folder(number(device));
      ImmutableList.Builder<String> partitions = ImmutableList.builder();
      for (String name : names(folder)) {
        if (Files.exists(folder.resolve(name).resolve("partition"))) {
          partitions.add(name);
        }
      }
      return partitions.build();
    } catch (IOException e) {
      throw IoCause.failure("read the partitions of device " + number(device), e);
    }
  }

  private void addUsers(String number, String prefix, ImmutableList.Builder<String> users)
      throws IOException {
    for (String mountPoint : mountPoints(number)) {
      users.add(prefix + "mounted on " + mountPoint);
    }
    for (Path swap : swaps()) {
      if (number.equals(numberOrNone(swap))) {
        users.add(prefix + "used as swap");
      }
    }
    Path folder = folder(number);
    for (String holder : names(folder.resolve("holders"))) {
      String mapped = line(surroundings.sys().resolve("class/block/" + holder + "/dm/name"));
      users.add(prefix + "held by " + holder + (mapped.isEmpty() ? "" : " (" + mapped + ")"));
    }
    for (String name : names(folder)) {
      if (Files.exists(folder.resolve(name).resolve("partition"))) {
        addUsers(line(folder.resolve(name).resolve("dev")), "partition " + name + " ", users);
      }
    }
  }

  /** Reads {@code mountinfo}, {@code proc(5)}: some file systems show a number of their own. */
  private ImmutableSortedSet<String> mountPoints(String number) throws IOException {
    ImmutableSortedSet.Builder<String> found = ImmutableSortedSet.naturalOrder();
    for (String line : LINES.split(text(surroundings.proc().resolve("self/mountinfo")))) {
      List<String> fields = FIELDS.splitToList(line);
      int dash = fields.indexOf("-");
      if (dash < 5) {
        continue;
      }
      String source = dash + 2 < fields.size() ? unescaped(fields.get(dash + 2)) : "";
      boolean same =
          fields.get(2).equals(number)
              || (source.startsWith("/") && number.equals(numberOrNone(inRoot(source))));
      if (same) {
        found.add(unescaped(fields.get(4)));
      }
    }
    return found.build();
  }

  private ImmutableList<Path> swaps() throws IOException {
    ImmutableList.Builder<Path> swaps = ImmutableList.builder();
    // Kernels without swapping have no such file.
    for (String line : LINES.split(line(surroundings.proc().resolve("swaps")))) {
      String name = FIELDS.splitToList(line).get(0);
      if (name.startsWith("/")) {
        swaps.add(inRoot(unescaped(name)));
      }
    }
    return swaps.build();
  }

  private ImmutableList<String> loopsOn(Path place) throws IOException {
    ImmutableList.Builder<String> loops = ImmutableList.builder();
    Path blocks = surroundings.sys().resolve("block");
    for (String name : names(blocks)) {
      String backing = line(blocks.resolve(name).resolve("loop/backing_file"));
      if (name.startsWith("loop") && backing.startsWith("/") && same(inRoot(backing), place)) {
        loops.add("attached as /dev/" + name);
      }
    }
    return loops.build();
  }

  private Path inRoot(String path) throws IOException {
    try {
      return surroundings.root().resolve(path.substring(1));
    } catch (InvalidPathException e) {
      throw new IOException("the kernel names a path that is none: " + Printable.line(path), e);
    }
  }

  private static boolean same(Path one, Path other) throws IOException {
    return Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
  }

  private Path folder(String number) {
    return surroundings.sys().resolve("dev/block").resolve(number);
  }

  private static String number(UnixStatus device) {
    return device.major() + ":" + device.minor();
  }

  /** Returns the number of the block device at a place; empty when there is none. */
  private static String numberOrNone(Path place) {
    try {
      UnixStatus status = UnixStatus.of(place);
      return switch (status.kind()) {
        case BLOCK_DEVICE -> number(status);
        case MISSING, FILE, DIRECTORY, LINK, OTHER -> "";
      };
    } catch (IOException e) {
      return ""; // Sources such as "none" and "nfs:/srv" are no files.
    }
  }

  private static ImmutableSortedSet<String> names(Path folder) throws IOException {
    ImmutableSortedSet.Builder<String> names = ImmutableSortedSet.naturalOrder();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
        stream.forEach(path -> names.add(String.valueOf(path.getFileName())));
      } catch (DirectoryIteratorException e) {
        throw new IOException("listing " + folder + " broke off", e);
      }
    }
    return names.build();
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private static String line(Path file) throws IOException {
    return Files.exists(file) ? text(file).strip() : "";
  }

  /** Returns the text without the octal escapes that the kernel writes for blanks. */
  private static String unescaped(String text) {
    return Pattern.compile("\\\\([0-7]{3})")
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(match.group(1), 8))));
  }
}
