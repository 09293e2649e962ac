package org.quattor.ncm.xen.host.simulated;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quattor.ncm.xen.host.Allocation;
import org.quattor.ncm.xen.host.DiskIdentity;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostStorage;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.host.NewFilesystem;
import org.quattor.ncm.xen.host.NewImage;
import org.quattor.ncm.xen.host.local.AtomicFile;
import org.quattor.ncm.xen.host.local.DirectoryFiles;
import org.quattor.ncm.xen.host.local.ImageFile;
import org.quattor.ncm.xen.host.local.IoCause;

/**
 * Images as sparse files below the directory, whatever their allocation: what would be allocated is
 * only counted. A qcow2 image is its header.
 */
final class SimulatedStorage implements HostStorage {

  private static final Pattern LOOP = Pattern.compile("attached as /dev/loop[0-9]+");

  private static final Pattern PARTITION = Pattern.compile("(.*[a-z]|.*\\d(?=p))p?\\d+");
  private static final int MAX_LINKS = 40; // as the kernel, path_resolution(7)

  private final SimulatedState state;
  private final SimulatedFiles files;
  private final DirectoryFiles tree;

  SimulatedStorage(SimulatedState state, SimulatedFiles files, DirectoryFiles tree) {
    this.state = state;
    this.files = files;
    this.tree = tree;
  }

  @Override
  public FileEntry look(String path) throws HostFailure {
    return files.look(follow(path));
  }

  /** Follows links inside the directory, where a target that begins with a slash starts. */
  String follow(String path) throws HostFailure {
    String at = path;
    for (int i = 0; i < MAX_LINKS; i++) {
      FileEntry entry = files.look(at);
      if (entry.kind() != Kind.LINK) {
        return at;
      }
      at = Path.of(at).resolveSibling(entry.linkTarget()).normalize().toString();
    }
    throw new HostFailure("cannot follow " + path + ": too many symbolic links");
  }

  @Override
  public long imageBytes(String path, ImageFormat format) throws HostFailure {
    String at = file(path);
    return switch (format) {
      case RAW -> files.look(at).sizeBytes();
      case QCOW2 -> ImageFile.qcow2Bytes(tree.place(at), at);
    };
  }

  private String file(String path) throws HostFailure {
    String at = follow(path);
    Kind kind = files.look(at).kind();
    if (kind != Kind.FILE) {
      throw new HostFailure(
          kind == Kind.MISSING
              ? path + " does not exist"
              : path + " is not an image file, but " + kind.text());
    }
    return at;
  }

  /**
   * Notes mark and space before the file is there: when the process dies in between, the next one
   * finds no image, and takes its space no second time.
   */
  @Override
  public void createImage(String path, NewImage image, LongConsumer progress) throws HostFailure {
    if (files.look(path).exists()) {
      throw new HostFailure("cannot create image " + path + ": it exists already");
    }
    String folder = String.valueOf(Path.of(path).getParent());
    if (files.look(folder).kind() != Kind.DIRECTORY) {
      throw new HostFailure("cannot create image " + path + ": no such directory: " + folder);
    }
    files.prepare(path);
    takeSpace(path, image);
    if (image.format() == ImageFormat.QCOW2 || image.allocation() == Allocation.RESERVED) {
      state.countCommand();
    }
    NewFilesystem filesystem = image.filesystem();
    if (filesystem != null) {
      state.countCommand();
    }
    try {
      AtomicFile.create(tree.place(path), 0600, temporary -> fill(temporary, image));
    } catch (IOException e) {
      throw IoCause.failure("create image " + path, e);
    }
    if (image.allocation() == Allocation.ZEROED) {
      progress.accept(image.sizeBytes());
    }
  }

  private void takeSpace(String path, NewImage image) throws HostFailure {
    SimulatedHostSpec now = state.now();
    if (now.images().contains(path)) {
      return;
    }
    long takenBytes = image.allocation() == Allocation.SPARSE ? 0 : image.sizeBytes();
    long spaceBytes = now.imageSpaceBytes();
    if (takenBytes > spaceBytes) {
      throw new HostFailure(
          String.format(
              "cannot create image %s: %d bytes needed, %d free", path, takenBytes, spaceBytes));
    }
    state.change(now.withImageSpace(spaceBytes - takenBytes).withMarkedImage(path));
  }

  private static void fill(Path place, NewImage image) throws IOException {
    NewFilesystem filesystem = image.filesystem();
    if (filesystem != null) {
      Files.writeString(place, filesystem.text() + "\n");
    }
    fill(place, image.format(), image.sizeBytes());
  }

  private static void fill(Path place, ImageFormat format, long sizeBytes) throws IOException {
    switch (format) {
      case RAW -> ImageFile.setLength(place, sizeBytes);
      case QCOW2 -> Files.write(place, ImageFile.qcow2Header(sizeBytes));
    }
  }

  @Override
  public void extendImage(String path, ImageFormat format, long sizeBytes) throws HostFailure {
    long found = imageBytes(path, format);
    if (found > sizeBytes) {
      throw new HostFailure(
          String.format("cannot extend image %s to %d bytes: it has %d", path, sizeBytes, found));
    }
    String at = file(path);
    files.prepare(at);
    if (format == ImageFormat.QCOW2) {
      state.countCommand();
    }
    try {
      fill(tree.place(at), format, sizeBytes);
    } catch (IOException e) {
      throw IoCause.failure("extend image " + path, e);
    }
  }

  @Override
  public DiskIdentity identity(String path) throws HostFailure {
    String at = follow(Path.of(path).normalize().toString());
    return switch (files.look(at).kind()) {
      case FILE -> new DiskIdentity(at, Set.of());
      case BLOCK_DEVICE -> new DiskIdentity(at, below(at));
      case MISSING, DIRECTORY, LINK, OTHER -> DiskIdentity.NOTHING;
    };
  }

  /** The disk of a partition, by its name, and the devices of the group of a volume. */
  private Set<String> below(String device) {
    SimulatedHostSpec now = state.now();
    Set<String> below = new TreeSet<>();
    Matcher partition = PARTITION.matcher(device);
    if (partition.matches() && now.blockDevices().containsKey(partition.group(1))) {
      below.add(partition.group(1));
    }
    SimulatedHostSpec.Group group = now.groups().get(device.replaceFirst("^/dev/([^/]+)/.*", "$1"));
    if (group != null) {
      below.addAll(group.devices());
    }
    return below;
  }

  @Override
  public List<String> markedImages(String folder) throws HostFailure {
    List<String> found = new ArrayList<>();
    for (String path : state.now().images()) {
      if (folder.equals(String.valueOf(Path.of(path).getParent())) && files.look(path).exists()) {
        found.add(path);
      }
    }
    return found;
  }

  @Override
  public List<String> users(String path) throws HostFailure {
    SimulatedHostSpec now = state.now();
    String at = follow(path);
    List<String> users = new ArrayList<>(now.users().getOrDefault(at, ImmutableList.of()));
    groupsOn(at).forEach(group -> users.add("physical volume of volume group " + group));
    return users;
  }

  @Override
  public List<String> usersBesideDomain(String path) throws HostFailure {
    return users(path).stream().filter(user -> !LOOP.matcher(user).matches()).toList();
  }

  /** Returns the volume groups that a device is a physical volume of. */
  List<String> groupsOn(String device) {
    return state.now().groups().entrySet().stream()
        .filter(group -> group.getValue().devices().contains(device))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public boolean canCreate(ImageFormat format) {
    return true;
  }
}
