package org.quattor.ncm.xen.host.linux;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.FilesystemSpace;
import org.quattor.ncm.xen.host.FilesystemType;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFilesystems;
import org.quattor.ncm.xen.host.NewFilesystem;
import org.quattor.ncm.xen.host.local.DirectoryFiles;
import org.quattor.ncm.xen.host.local.IoCause;
import org.quattor.ncm.xen.host.local.UnixStatus;

/**
 * File systems by the system's own programs; what is on a device by {@code wipefs(8)}.
 *
 * <p>A file system on a device gets a UUID that is made from the names of host and device, and so a
 * later run knows it for its own.
 */
final class LinuxFilesystems implements HostFilesystems {

  private static final Splitter LINES = Splitter.on('\n').trimResults().omitEmptyStrings();
  private static final Splitter COLUMNS = Splitter.on(',');
  private static final int XFS_IN_PROGRESS = 126; // sb_inprogress of struct xfs_dsb

  private final SystemPaths surroundings;
  private final DirectoryFiles files;
  private final BlockDevices devices;
  private final CommandRunner runner;
  private final MkfsCommands mkfs;
  private final BoundedLooks bounds;

  LinuxFilesystems(
      SystemPaths surroundings,
      DirectoryFiles files,
      BlockDevices devices,
      CommandRunner runner,
      MkfsCommands mkfs,
      BoundedLooks bounds) {
    this.surroundings = surroundings;
    this.files = files;
    this.devices = devices;
    this.runner = runner;
    this.mkfs = mkfs;
    this.bounds = bounds;
  }

  @Override
  public FilesystemSpace space(String folder) throws HostFailure {
    return bounds.within(folder, () -> room(folder));
  }

  private FilesystemSpace room(String folder) throws HostFailure {
    Path place = files.place(folder);
    while (!Files.exists(place) && place.getParent() != null) {
      place = place.getParent();
    }
    try {
      // Not by FileStore: it wants to find the mount point, and in a chroot there may be none.
      return new FilesystemSpace(
          Long.toString(UnixStatus.of(place).filesystem()), place.toFile().getUsableSpace());
    } catch (IOException e) {
      throw IoCause.failure("read the free space of " + folder, e);
    }
  }

  @Override
  public List<String> contents(String device) throws HostFailure {
    requireDevice(device);
    Path place = files.place(device);
    ImmutableList.Builder<String> contents = ImmutableList.builder();
    signatures(place).forEach(signature -> contents.add(signature.type() + " signature"));
    for (String partition : devices.partitions(UnixStatus.look(place))) {
      contents.add("partition " + partition);
    }
    return contents.build();
  }

  @Override
  public boolean isBlank(String device) throws HostFailure {
    requireDevice(device);
    try {
      return DeviceContent.anywhere(files.place(device)).isEmpty();
    } catch (IOException e) {
      throw IoCause.failure("read " + device, e);
    }
  }

  @Override
  public boolean beginsBlank(String device) throws HostFailure {
    requireDevice(device);
    try {
      return DeviceContent.atBeginning(files.place(device), DeviceContent.CLEARED_BYTES).isEmpty();
    } catch (IOException e) {
      throw IoCause.failure("read " + device, e);
    }
  }

  @Override
  public void make(String device, NewFilesystem filesystem) throws HostFailure {
    requireDevice(device);
    Path place = files.place(device);
    List<String> users = devices.users(UnixStatus.look(place), place, devices.attachments(), false);
    if (!users.isEmpty()) {
      throw refused(device, filesystem, "the device is in use: " + String.join(", ", users));
    }
    String type = filesystem.type().text();
    UUID uuid = uuid(device);
    boolean unfinished = false;
    for (Signature signature : signatures(place)) {
      boolean same = signature.type().equals(type) && signature.uuid().equals(uuid.toString());
      if (same && complete(filesystem.type(), place)) {
        return;
      }
      if (!same) {
        throw refused(device, filesystem, "the device holds a " + signature.type() + " signature");
      }
      unfinished = true;
    }
    List<String> partitions = devices.partitions(UnixStatus.look(place));
    if (!partitions.isEmpty()) {
      throw refused(device, filesystem, "the device has partitions");
    }
    if (!unfinished) {
      // A new volume begins with zeros; whatever else is there was put there by somebody.
      if (!beginsBlank(device)) {
        throw refused(device, filesystem, "the device holds data of an unknown kind");
      }
    }
    mkfs.onDevice(place, filesystem, uuid, unfinished);
  }

  /** Whoever made it may have died: {@code mkfs.xfs} alone writes its mark before all the rest. */
  private static boolean complete(FilesystemType type, Path place) throws HostFailure {
    return switch (type) {
      case EXT4, SWAP -> true;
      case XFS -> {
        try (InputStream in = Files.newInputStream(place)) {
          byte[] superblock = in.readNBytes(XFS_IN_PROGRESS + 1);
          yield superblock.length > XFS_IN_PROGRESS && superblock[XFS_IN_PROGRESS] == 0;
        } catch (IOException e) {
          throw IoCause.failure("read " + place, e);
        }
      }
    };
  }

  private UUID uuid(String device) throws HostFailure {
    String host = new LinuxFacts(surroundings).hostName();
    return UUID.nameUUIDFromBytes(
        ("ncm-xen " + host + " " + device).getBytes(StandardCharsets.UTF_8));
  }

  private static HostFailure refused(String device, NewFilesystem filesystem, String why) {
    return new HostFailure("no " + filesystem.text() + " is made on " + device + ": " + why);
  }

  @Override
  public boolean canMake(FilesystemType type) {
    return mkfs.has(type);
  }

  /** What is on a device, as {@code wipefs(8)} names it; the uuid is empty where it has none. */
  record Signature(String type, String uuid) {}

  /**
   * Reads {@code wipefs(8)}, which fails where it cannot read, while {@code blkid(8)} ends in the
   * same way as for a blank device.
   */
  private ImmutableList<Signature> signatures(Path place) throws HostFailure {
    return signatures(
        runner.run("wipefs", "--no-act", "--parsable", "--", place.toString()).output());
  }

  /** Reads lines of offset, uuid, label and type; a label may hold commas. */
  static ImmutableList<Signature> signatures(String output) {
    ImmutableList.Builder<Signature> found = ImmutableList.builder();
    for (String line : LINES.split(output)) {
      if (!line.startsWith("#")) {
        List<String> columns = COLUMNS.splitToList(line);
        found.add(
            new Signature(
                columns.get(columns.size() - 1), columns.size() > 1 ? columns.get(1) : ""));
      }
    }
    return found.build();
  }

  private void requireDevice(String device) throws HostFailure {
    if (files.lookFollowing(device).kind() != Kind.BLOCK_DEVICE) {
      throw new HostFailure(device + " is not a block device");
    }
  }

  @Override
  public List<String> initrdFiles(String initrd) throws HostFailure {
    for (String program : InitrdList.PROGRAMS) {
      if (runner.has(program)) {
        return InitrdList.parse(runner.run(program, files.place(initrd).toString()).output());
      }
    }
    throw new HostFailure(
        "cannot look into " + initrd + ": neither lsinitramfs nor lsinitrd is installed");
  }
}
