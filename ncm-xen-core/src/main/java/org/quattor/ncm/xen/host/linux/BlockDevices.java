package org.quattor.ncm.xen.host.linux;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.quattor.ncm.xen.host.DiskIdentity;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.IoCause;
import org.quattor.ncm.xen.host.local.UnixStatus;

/** What {@code /sys} and {@code /proc} show of block devices, without opening one. */
final class BlockDevices {

  private static final int SECTOR_BYTES = 512; // of "size" in sysfs, whatever the device's own
  private static final String SWAP = "used as swap";

  private final SystemPaths surroundings;
  private final CommandRunner runner;

  BlockDevices(SystemPaths surroundings, CommandRunner runner) {
    this.surroundings = surroundings;
    this.runner = runner;
  }

  /** Returns the size of the device with the number ({@code st_rdev}); 0 when it is not shown. */
  long sizeBytes(long deviceNumber) {
    try {
      String number = number(new UnixStatus(0, 0, deviceNumber, 0, 0));
      return Long.parseLong(Attachments.line(folder(number).resolve("size"))) * SECTOR_BYTES;
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  /**
   * Returns who uses the block device: mounts, swap, holders, volume groups, partitions, loops.
   *
   * @param place its device node
   * @param ofDomain whether a domain has it: an unused loop device may then be that domain's
   */
  ImmutableList<String> users(
      UnixStatus device, Path place, Attachments attachments, boolean ofDomain) throws HostFailure {
    try {
      ImmutableList.Builder<String> users = ImmutableList.builder();
      addUsers(number(device), place, "", attachments, users);
      Loops loops = new Loops(surroundings, attachments);
      DiskIdentity identity = identity(device, () -> attachments);
      Set<String> mine = new TreeSet<>(identity.below());
      mine.add(identity.own());
      mine.add(device.identity());
      for (String behind : mine) {
        // What shows the file of a loop device writes to that device too.
        if (behind.startsWith(UnixStatus.FILE)) {
          addUsersOfFile(behind, attachments, users);
        }
        if (behind.startsWith(UnixStatus.FILE) || behind.equals(device.identity())) {
          addLoops(loops.beside(behind, mine), attachments, ofDomain, users);
        }
      }
      return users.build();
    } catch (IOException e) {
      throw IoCause.failure("find out who uses " + device.identity(), e);
    }
  }

  /** Returns who uses the file: file systems of FUSE, swap, loop devices. */
  ImmutableList<String> usersOfFile(UnixStatus file, Attachments attachments, boolean ofDomain)
      throws HostFailure {
    ImmutableList.Builder<String> users = ImmutableList.builder();
    try {
      addUsersOfFile(file.identity(), attachments, users);
      addLoops(attachments.loops(file.identity()), attachments, ofDomain, users);
      return users.build();
    } catch (IOException e) {
      throw IoCause.failure("find out who uses " + file.identity(), e);
    }
  }

  private static void addUsersOfFile(
      String identity, Attachments attachments, ImmutableList.Builder<String> users)
      throws IOException {
    attachments.mountPoints(identity).forEach(point -> users.add("mounted on " + point));
    if (attachments.isSwap(identity)) {
      users.add(SWAP);
    }
  }

  /** A loop device that is used itself, such as mounted, was not made for a domain. */
  private void addLoops(
      Set<String> loops,
      Attachments attachments,
      boolean ofDomain,
      ImmutableList.Builder<String> users)
      throws IOException, HostFailure {
    for (String loop : loops) {
      ImmutableList.Builder<String> further = ImmutableList.builder();
      String number = Attachments.line(surroundings.sys().resolve("block/" + loop + "/dev"));
      if (!number.isEmpty()) {
        Path node = surroundings.root().resolve("dev").resolve(loop);
        addUsers(number, node, ", ", attachments, further);
      }
      String all = String.join("", further.build());
      if (!ofDomain || !all.isEmpty()) {
        users.add("attached as /dev/" + loop + all);
      }
    }
  }

  /** Reads what is attached now. */
  Attachments attachments() throws HostFailure {
    try {
      return Attachments.read(surroundings, runner);
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
      String number,
      Path place,
      String prefix,
      Attachments attachments,
      ImmutableList.Builder<String> users)
      throws IOException, HostFailure {
    for (String mountPoint : attachments.mountPoints(UnixStatus.identityOfDevice(number))) {
      users.add(prefix + "mounted on " + mountPoint);
    }
    if (attachments.isSwap(UnixStatus.identityOfDevice(number))) {
      users.add(prefix + SWAP);
    }
    Path folder = folder(number);
    for (String holder : names(folder.resolve("holders"))) {
      String mapped =
          Attachments.line(surroundings.sys().resolve("class/block/" + holder + "/dm/name"));
      users.add(prefix + "held by " + holder + (mapped.isEmpty() ? "" : " (" + mapped + ")"));
    }
    // A volume group on a volume is most likely the guest's, and dom0 holds it when it is its own.
    if (!Attachments.line(folder.resolve("dm/uuid")).startsWith("LVM-")) {
      volumeGroup(place)
          .ifPresent(group -> users.add(prefix + "physical volume of volume group " + group));
    }
    for (String name : names(folder)) {
      if (isPartition(folder, name)) {
        String partition = Attachments.line(folder.resolve(name).resolve("dev"));
        Path node = surroundings.root().resolve("dev").resolve(name);
        addUsers(partition, node, "partition " + name + " ", attachments, users);
      }
    }
  }

  /**
   * A guest may have a volume group on its disk, and dom0 then sees it as well. One is dom0's own
   * when dom0 was the last to change it, or keeps a copy of its metadata.
   */
  private Optional<String> volumeGroup(Path place) throws IOException, HostFailure {
    if (!Files.exists(place)) {
      return Optional.empty();
    }
    Optional<PhysicalVolume> volume = PhysicalVolume.read(place);
    return volume.isPresent() && isOfDom0(volume.get())
        ? Optional.of(volume.get().group())
        : Optional.empty();
  }

  private boolean isOfDom0(PhysicalVolume volume) throws IOException, HostFailure {
    String host = new LinuxFacts(surroundings).hostName();
    if (!host.isEmpty() && shortName(host).equals(shortName(volume.creationHost()))) {
      return true;
    }
    Path backup = surroundings.root().resolve("etc/lvm/backup").resolve(volume.group());
    return Files.isRegularFile(backup)
        && Attachments.text(backup).replace("-", "").contains(volume.uuid());
  }

  private static String shortName(String host) {
    return host.replaceFirst("\\..*", "");
  }

  /** Reads what is attached, where that is asked for. */
  interface Attached {
    /** Reads. */
    Attachments now() throws HostFailure;
  }

  /** Returns what all names of a file or device have in common, and what it is a part of. */
  DiskIdentity identity(UnixStatus status, Attached attachments) throws HostFailure {
    if (status.kind() != Kind.BLOCK_DEVICE) {
      return new DiskIdentity(status.identity(), Set.of());
    }
    try {
      Set<String> below = new TreeSet<>();
      addBelow(number(status), attachments, below);
      String shown = Loops.name(folder(number(status)));
      String own =
          shown.isEmpty()
              ? status.identity()
              : new Loops(surroundings, attachments.now()).shown(shown, status.identity());
      below.add(status.identity());
      below.remove(own);
      return new DiskIdentity(own, below);
    } catch (IOException e) {
      throw IoCause.failure("find out what " + status.identity() + " is a part of", e);
    }
  }

  /** The whole disk of a partition, the members of a mapped device, what a loop device shows. */
  private void addBelow(String number, Attached attachments, Set<String> below)
      throws IOException, HostFailure {
    Path folder = folder(number);
    if (!Files.exists(folder)) {
      return;
    }
    List<String> next = new ArrayList<>();
    if (Files.exists(folder.resolve("partition"))) {
      next.add(Attachments.line(folder.toRealPath().resolveSibling("dev")));
    }
    for (String member : names(folder.resolve("slaves"))) {
      next.add(
          Attachments.line(
              surroundings.sys().resolve("class/block").resolve(member).resolve("dev")));
    }
    String loop = Loops.name(folder);
    String behind = loop.isEmpty() ? "" : attachments.now().behindLoop(loop);
    if (!behind.isEmpty()) {
      below.add(behind);
      below.add(new Loops(surroundings, attachments.now()).shown(loop, behind));
    }
    if (behind.startsWith(UnixStatus.DEVICE)) {
      next.add(behind.substring(UnixStatus.DEVICE.length()));
    }
    for (String lower : next) {
      if (!lower.isEmpty() && below.add(UnixStatus.identityOfDevice(lower))) {
        addBelow(lower, attachments, below);
      }
    }
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
}
