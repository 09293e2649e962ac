package org.quattor.ncm.xen.host.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.Allocation;
import org.quattor.ncm.xen.host.DiskIdentity;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.host.HostStorage;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.host.NewFilesystem;
import org.quattor.ncm.xen.host.NewImage;
import org.quattor.ncm.xen.host.local.AtomicFile;
import org.quattor.ncm.xen.host.local.DirectoryFiles;
import org.quattor.ncm.xen.host.local.ImageFile;
import org.quattor.ncm.xen.host.local.IoCause;
import org.quattor.ncm.xen.host.local.OpenFile;
import org.quattor.ncm.xen.host.local.UnixStatus;

/**
 * Image files made by us, but for qcow2 ({@code qemu-img}) and reserving ({@code fallocate}). What
 * is mounted and attached is read once.
 */
final class LinuxStorage implements HostStorage {

  private static final int IMAGE_MODE = 0600;
  private static final String MARK = "ncm-xen"; // Java puts "user." before it
  private static final String QEMU_IMG = "qemu-img";

  private final DirectoryFiles files;
  private final BlockDevices devices;
  private final CommandRunner runner;
  private final MkfsCommands mkfs;
  private @Nullable Attachments attachments;

  LinuxStorage(
      DirectoryFiles files, BlockDevices devices, CommandRunner runner, MkfsCommands mkfs) {
    this.files = files;
    this.devices = devices;
    this.runner = runner;
    this.mkfs = mkfs;
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
          entry.kind() == Kind.MISSING
              ? path + " does not exist"
              : path + " is not an image file, but " + entry.kind().text());
    }
    return switch (format) {
      case RAW -> entry.sizeBytes();
      case QCOW2 -> ImageFile.qcow2Bytes(files.place(path), path);
    };
  }

  @Override
  public void createImage(String path, NewImage image, LongConsumer progress) throws HostFailure {
    if (files.look(path).exists()) {
      throw new HostFailure("cannot create image " + path + ": it exists already");
    }
    String folder = String.valueOf(Path.of(path).getParent());
    if (look(folder).kind() != Kind.DIRECTORY) {
      throw new HostFailure("cannot create image " + path + ": no such directory: " + folder);
    }
    if (!canCreate(image.format())) {
      throw new HostFailure(
          "cannot create image " + path + ": qemu-img is missing; install qemu-utils");
    }
    files.requireTrusted(path, "create image");
    try {
      AtomicFile.create(
          files.place(path), IMAGE_MODE, temporary -> fill(temporary, image, progress));
    } catch (IOException e) {
      throw IoCause.failure("create image " + path, e);
    }
  }

  private void fill(Path place, NewImage image, LongConsumer progress)
      throws IOException, HostFailure {
    switch (image.format()) {
      case RAW -> fillRaw(place, image.sizeBytes(), image.allocation(), progress);
      case QCOW2 -> fillQcow2(place, image.sizeBytes(), image.allocation());
    }
    NewFilesystem filesystem = image.filesystem();
    if (filesystem != null) {
      mkfs.inFile(place, filesystem);
    }
    mark(place);
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
    files.requireTrusted(path, "extend image");
    try (OpenFile image = OpenFile.existing(files.place(path))) {
      extend(path, image, format, sizeBytes);
    } catch (IOException e) {
      throw IoCause.failure("extend image " + path, e);
    }
  }

  private void extend(String path, OpenFile image, ImageFormat format, long sizeBytes)
      throws IOException, HostFailure {
    Path place = image.descriptor();
    if (image.status().kind() != Kind.FILE) {
      throw new HostFailure("cannot extend " + path + ": it is " + image.status().kind().text());
    }
    Object names = Files.getAttribute(place, "unix:nlink");
    if (!names.equals(1)) {
      throw new HostFailure(
          "cannot extend image "
              + path
              + ": the file has "
              + names
              + " names (hard links), and under another one somebody may use it");
    }
    long found =
        switch (format) {
          case RAW -> image.status().sizeBytes();
          case QCOW2 -> ImageFile.qcow2Bytes(place, path);
        };
    if (found > sizeBytes) {
      throw new HostFailure(
          String.format("cannot extend image %s to %d bytes: it has %d", path, sizeBytes, found));
    }
    if (found == sizeBytes) {
      return;
    }
    switch (format) {
      case RAW -> ImageFile.setLength(place, sizeBytes);
      case QCOW2 ->
          runner
              .run(
                  QEMU_IMG,
                  "resize",
                  "-q",
                  "-f",
                  "qcow2",
                  "--",
                  place.toString(),
                  Long.toString(sizeBytes))
              .output();
    }
    image.sync();
  }

  @Override
  public List<String> users(String path) throws HostFailure {
    return users(path, false);
  }

  @Override
  public List<String> usersBesideDomain(String path) throws HostFailure {
    return users(path, true);
  }

  private List<String> users(String path, boolean ofDomain) throws HostFailure {
    Optional<UnixStatus> status = files.statusFollowing(path);
    if (status.isEmpty()) {
      return List.of();
    }
    return switch (status.get().kind()) {
      case BLOCK_DEVICE -> devices.users(status.get(), files.place(path), attachments(), ofDomain);
      case FILE -> devices.usersOfFile(status.get(), attachments(), ofDomain);
      case MISSING, DIRECTORY, LINK, OTHER -> List.of();
    };
  }

  private Attachments attachments() throws HostFailure {
    if (attachments == null) {
      attachments = devices.attachments();
    }
    return attachments;
  }

  @Override
  public DiskIdentity identity(String path) throws HostFailure {
    Optional<UnixStatus> status = files.statusFollowing(path);
    return status.isPresent()
        ? devices.identity(status.get(), this::attachments)
        : DiskIdentity.NOTHING;
  }

  @Override
  public List<String> markedImages(String folder) throws HostFailure {
    Path place = files.place(folder);
    List<String> marked = new ArrayList<>();
    if (!Files.isDirectory(place)) {
      return marked;
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(place)) {
      for (Path path : stream) {
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && isMarked(path)) {
          marked.add(Path.of(folder).resolve(path.getFileName()).toString());
        }
      }
    } catch (DirectoryIteratorException e) {
      throw new HostFailure("cannot list " + folder + ": reading it broke off", e);
    } catch (IOException e) {
      throw IoCause.failure("list " + folder, e);
    }
    marked.removeIf(path -> path.endsWith(HostFiles.TEMPORARY_SUFFIX));
    Collections.sort(marked);
    return marked;
  }

  private static boolean isMarked(Path place) {
    try {
      UserDefinedFileAttributeView view =
          Files.getFileAttributeView(place, UserDefinedFileAttributeView.class);
      return view != null && view.list().contains(MARK);
    } catch (IOException | UnsupportedOperationException e) {
      return false; // A file system without room for marks has no marked files.
    }
  }

  @Override
  public boolean canCreate(ImageFormat format) {
    return switch (format) {
      case RAW -> true;
      case QCOW2 -> runner.has(QEMU_IMG);
    };
  }
}
