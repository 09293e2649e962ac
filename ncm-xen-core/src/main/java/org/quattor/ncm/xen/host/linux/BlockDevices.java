package org.quattor.ncm.xen.host.linux;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.IoCause;
import org.quattor.ncm.xen.host.local.UnixStatus;

/** What {@code /sys} and {@code /proc} show of block devices, without opening one. */
final class BlockDevices {

  private static final int SECTOR_BYTES = 512; // of "size" in sysfs, whatever the device's own
  private static final String SWAP = "used as swap";

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

  /** Returns who uses the block device: mounts, swap, holders, partitions, loops. */
  ImmutableList<String> users(UnixStatus device, Attachments attachments) throws HostFailure {
    try {
      ImmutableList.Builder<String> users = ImmutableList.builder();
      addUsers(number(device), "", attachments, users);
      return addLoops(device, attachments, users).build();
    } catch (IOException e) {
      throw IoCause.failure("find out who uses " + device.identity(), e);
    }
  }

  /** Returns who uses the file: swap, loop devices. */
  static ImmutableList<String> usersOfFile(UnixStatus file, Attachments attachments) {
    ImmutableList.Builder<String> users = ImmutableList.builder();
    if (attachments.isSwap(file.identity())) {
      users.add(SWAP);
    }
    return addLoops(file, attachments, users).build();
  }

  /** Reads what is attached now. */
  Attachments attachments() throws HostFailure {
    try {
      return Attachments.read(surroundings);
    } catch (IOException e) {
      throw IoCause.failure("find out what is mounted, swapped to or attached", e);
    }
  }

  /** Returns the names of the partitions that the kernel sees on a device. */
  ImmutableList<String> partitions(UnixStatus device) throws HostFailure {
    try {
      Path folder = folder(number(device));
      ImmutableList.Builder<String> partitions = ImmutableList.builder();
      for (String name : names(folder)) {
        if (isPartition(folder, name)) {
          partitions.add(name);
        }
      }
      return partitions.build();
    } catch (IOException e) {
      throw IoCause.failure("read the partitions of device " + number(device), e);
    }
  }

  private void addUsers(
      String number, String prefix, Attachments attachments, ImmutableList.Builder<String> users)
      throws IOException {
    for (String mountPoint : attachments.mountPoints(number)) {
      users.add(prefix + "mounted on " + mountPoint);
    }
    if (attachments.isSwap(UnixStatus.identityOfDevice(number))) {
      users.add(prefix + SWAP);
    }
    Path folder = folder(number);
    for (String holder : names(folder.resolve("holders"))) {
      String mapped = line(surroundings.sys().resolve("class/block/" + holder + "/dm/name"));
      users.add(prefix + "held by " + holder + (mapped.isEmpty() ? "" : " (" + mapped + ")"));
    }
    for (String name : names(folder)) {
      if (isPartition(folder, name)) {
        String partition = line(folder.resolve(name).resolve("dev"));
        addUsers(partition, "partition " + name + " ", attachments, users);
      }
    }
  }

  private static ImmutableList.Builder<String> addLoops(
      UnixStatus disk, Attachments attachments, ImmutableList.Builder<String> users) {
    attachments.loops(disk.identity()).forEach(loop -> users.add("attached as /dev/" + loop));
    return users;
  }

  private Path folder(String number) {
    return surroundings.sys().resolve("dev/block").resolve(number);
  }

  static String number(UnixStatus device) {
    return device.major() + ":" + device.minor();
  }

  /** The name of a partition ends with its number; that of no attribute of a disk does. */
  private static boolean isPartition(Path folder, String name) {
    return Character.isDigit(name.charAt(name.length() - 1))
        && Files.exists(folder.resolve(name).resolve("partition"));
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
}
