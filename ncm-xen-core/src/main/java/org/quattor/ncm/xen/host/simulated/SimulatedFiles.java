package org.quattor.ncm.xen.host.simulated;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Optional;
import java.util.SortedMap;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.host.local.DirectoryFiles;

/**
 * Files below the directory, and device files out of the state: {@code /dev/vg/lv} is a block
 * device here, where a real host has a link to one.
 */
final class SimulatedFiles implements HostFiles {

  /** The folders of Xen's own package, which every host has; with the names in them. */
  private static final ImmutableSortedMap<String, String> PACKAGE_FOLDERS =
      ImmutableSortedMap.of("/etc", "xen", "/etc/xen", "auto", "/etc/xen/auto", "");

  private static final int FOLDER_MODE = 0755;
  private static final FileEntry FOLDER = new FileEntry(Kind.DIRECTORY, FOLDER_MODE, 0, "");

  private final SimulatedState state;
  private final DirectoryFiles tree;

  SimulatedFiles(SimulatedState state, DirectoryFiles tree) {
    this.state = state;
    this.tree = tree;
  }

  /** Makes the directory fit to be changed. */
  void materialise() throws HostFailure {
    state.materialise();
    for (String folder : PACKAGE_FOLDERS.keySet()) {
      tree.makeFolder(folder, FOLDER_MODE);
    }
  }

  /** Returns the size of the block device at the path, if there is one. */
  Optional<Long> deviceBytes(String path) {
    SimulatedHostSpec now = state.now();
    SimulatedHostSpec.BlockDevice device = now.blockDevices().get(path);
    if (device != null) {
      return Optional.of(device.sizeBytes());
    }
    return path.startsWith("/dev/")
        ? Optional.ofNullable(now.volumes().get(path.substring("/dev/".length())))
            .map(volume -> volume.sizeBytes())
        : Optional.empty();
  }

  @Override
  public FileEntry look(String path) throws HostFailure {
    Optional<Long> bytes = deviceBytes(path);
    if (bytes.isPresent()) {
      return new FileEntry(Kind.BLOCK_DEVICE, 0660, bytes.get(), "");
    }
    FileEntry entry = tree.look(path);
    return entry.exists() || !PACKAGE_FOLDERS.containsKey(path) ? entry : FOLDER;
  }

  @Override
  public SortedMap<String, FileEntry> list(String folder) throws HostFailure {
    SortedMap<String, FileEntry> entries = tree.list(folder);
    String packaged = PACKAGE_FOLDERS.getOrDefault(folder, "");
    if (!packaged.isEmpty()) {
      entries.putIfAbsent(packaged, FOLDER);
    }
    return entries;
  }

  @Override
  public SortedMap<String, FileEntry> leftovers(String folder) throws HostFailure {
    return tree.leftovers(folder);
  }

  @Override
  public SortedMap<String, FileEntry> doubtfulLeftovers(String folder) throws HostFailure {
    return tree.doubtfulLeftovers(folder);
  }

  @Override
  public byte[] read(String path, int maxBytes) throws HostFailure {
    return tree.read(path, maxBytes);
  }

  @Override
  public void write(String path, byte[] content, int mode) throws HostFailure {
    prepare(path);
    tree.write(path, content, mode);
  }

  @Override
  public void link(String path, String target) throws HostFailure {
    prepare(path);
    tree.link(path, target);
  }

  @Override
  public void remove(String path) throws HostFailure {
    prepare(path);
    tree.remove(path);
  }

  @Override
  public void makeFolder(String path, int mode) throws HostFailure {
    prepare(path);
    tree.makeFolder(path, mode);
  }

  /** Checks that a path may be changed, and makes the directory fit for it. */
  void prepare(String path) throws HostFailure {
    if (path.equals("/" + SimulatedState.FILE)) {
      throw new HostFailure(path + " is the state of the simulated host itself");
    }
    if (deviceBytes(path).isPresent()) {
      throw new HostFailure(path + " is a block device, which is left alone");
    }
    materialise();
  }
}
