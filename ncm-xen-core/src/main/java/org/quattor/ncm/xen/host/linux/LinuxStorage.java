package org.quattor.ncm.xen.host.linux;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.function.LongConsumer;
import org.quattor.ncm.xen.host.Allocation;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostStorage;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.host.local.CompleteFile;
import org.quattor.ncm.xen.host.local.DirectoryFiles;
import org.quattor.ncm.xen.host.local.ImageFile;
import org.quattor.ncm.xen.host.local.IoCause;
import org.quattor.ncm.xen.host.local.UnixStatus;

/** Image files made by us, but for qcow2 ({@code qemu-img}) and reserving ({@code fallocate}). */
final class LinuxStorage implements HostStorage {

  private static final int IMAGE_MODE = 0600;
  private static final String MARK = "ncm-xen"; // Java puts "user." before it
  private static final String QEMU_IMG = "qemu-img";

  private final DirectoryFiles files;
  private final BlockDevices devices;
  private final CommandRunner runner;

  LinuxStorage(DirectoryFiles files, BlockDevices devices, CommandRunner runner) {
    this.files = files;
    this.devices = devices;
    this.runner = runner;
  }

  @Override
  public FileEntry look(String path) throws HostFailure {
    return files.lookFollowing(path);
  }

  @Override
  public long imageBytes(String path, ImageFormat format) throws HostFailure {
    FileEntry entry = look(path);
    if (entry.kind() != Kind.FILE) {
      throw new HostFailure(
          path + " is no image: " + entry.kind().text() + " lies there, not a file");
    }
    return switch (format) {
      case RAW -> entry.sizeBytes();
      case QCOW2 -> qcow2Bytes(path);
    };
  }

  private long qcow2Bytes(String path) throws HostFailure {
    try {
      return ImageFile.qcow2Bytes(files.place(path), path);
    } catch (IOException e) {
      throw IoCause.failure("read " + path, e);
    }
  }

  @Override
  public void createImage(
      String path, ImageFormat format, long sizeBytes, Allocation allocation, LongConsumer progress)
      throws HostFailure {
    if (files.look(path).exists()) {
      throw new HostFailure("cannot make the image " + path + ": something lies there already");
    }
    String folder = String.valueOf(Path.of(path).getParent());
    if (look(folder).kind() != Kind.DIRECTORY) {
      throw new HostFailure("cannot make the image " + path + ": no folder " + folder);
    }
    if (!canCreate(format)) {
      throw new HostFailure(
          "cannot make the image " + path + ": qemu-img is missing; install qemu-utils");
    }
    try {
      CompleteFile.create(
          files.place(path),
          IMAGE_MODE,
          temporary -> {
            switch (format) {
              case RAW -> fillRaw(temporary, sizeBytes, allocation, progress);
              case QCOW2 -> fillQcow2(temporary, sizeBytes, allocation);
            }
            mark(temporary);
          });
    } catch (IOException e) {
      throw IoCause.failure("make the image " + path, e);
    }
  }

  private void fillRaw(Path place, long sizeBytes, Allocation allocation, LongConsumer progress)
      throws IOException, HostFailure {
    switch (allocation) {
      case SPARSE -> ImageFile.setLength(place, sizeBytes);
      case RESERVED ->
          runner.run("fallocate", "-l", Long.toString(sizeBytes), "--", place.toString()).output();
      case ZEROED -> ImageFile.writeZeros(place, sizeBytes, progress);
    }
  }

  private void fillQcow2(Path place, long sizeBytes, Allocation allocation) throws HostFailure {
    String preallocation =
        switch (allocation) {
          case SPARSE -> "off";
          case RESERVED -> "falloc";
          case ZEROED -> "full";
        };
    runner
        .run(
            QEMU_IMG,
            "create",
            "-q",
            "-f",
            "qcow2",
            "-o",
            "preallocation=" + preallocation,
            "--",
            place.toString(),
            Long.toString(sizeBytes))
        .output();
  }

  /** Marks the image as made by us, where the file system has room for it. */
  private static void mark(Path place) {
    try {
      UserDefinedFileAttributeView view =
          Files.getFileAttributeView(place, UserDefinedFileAttributeView.class);
      if (view != null) {
        view.write(MARK, StandardCharsets.US_ASCII.encode("1"));
      }
    } catch (IOException | UnsupportedOperationException e) {
      // The mark only helps people: nothing is ever done to an image because of it.
    }
  }

  @Override
  public void extendImage(String path, ImageFormat format, long sizeBytes) throws HostFailure {
    long found = imageBytes(path, format);
    if (found > sizeBytes) {
      throw new HostFailure(
          String.format(
              "cannot extend the image %s to %d bytes: it has %d", path, sizeBytes, found));
    }
    if (found == sizeBytes) {
      return;
    }
    try {
      switch (format) {
        case RAW -> ImageFile.setLength(files.place(path), sizeBytes);
        case QCOW2 ->
            runner
                .run(
                    QEMU_IMG,
                    "resize",
                    "-q",
                    "-f",
                    "qcow2",
                    "--",
                    files.place(path).toString(),
                    Long.toString(sizeBytes))
                .output();
      }
    } catch (IOException e) {
      throw IoCause.failure("extend the image " + path, e);
    }
  }

  @Override
  public long freeBytes(String folder) throws HostFailure {
    Path place = files.place(folder);
    while (!Files.exists(place) && place.getParent() != null) {
      place = place.getParent();
    }
    try {
      return Files.getFileStore(place).getUsableSpace();
    } catch (IOException e) {
      throw IoCause.failure("read the free space of " + folder, e);
    }
  }

  @Override
  public List<String> users(String path) throws HostFailure {
    Path place = files.place(path);
    return switch (look(path).kind()) {
      case BLOCK_DEVICE -> devices.users(status(place), place);
      case FILE -> devices.usersOfFile(place);
      case MISSING, DIRECTORY, LINK, OTHER -> List.of();
    };
  }

  private static UnixStatus status(Path place) throws HostFailure {
    try {
      return UnixStatus.of(place);
    } catch (IOException e) {
      throw IoCause.failure("look at " + place, e);
    }
  }

  /**
   * Reads {@code wipefs(8)}, which fails where it cannot read, while {@code blkid(8)} ends in the
   * same way as for a blank device.
   */
  @Override
  public List<String> contents(String device) throws HostFailure {
    if (look(device).kind() != Kind.BLOCK_DEVICE) {
      throw new HostFailure(device + " is not a block device");
    }
    Path place = files.place(device);
    ImmutableList.Builder<String> contents = ImmutableList.builder();
    String output = runner.run("wipefs", "--no-act", "--parsable", "--", place.toString()).output();
    // Lines of offset,uuid,label,type; a label may hold commas.
    for (String line : Splitter.on('\n').trimResults().omitEmptyStrings().split(output)) {
      if (!line.startsWith("#")) {
        contents.add(line.substring(line.lastIndexOf(',') + 1) + " signature");
      }
    }
    for (String partition : devices.partitions(status(place))) {
      contents.add("partition " + partition);
    }
    return contents.build();
  }

  @Override
  public boolean canCreate(ImageFormat format) {
    return switch (format) {
      case RAW -> true;
      case QCOW2 -> runner.has(QEMU_IMG);
    };
  }
}
