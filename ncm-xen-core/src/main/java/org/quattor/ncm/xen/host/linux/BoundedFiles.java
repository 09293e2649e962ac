package org.quattor.ncm.xen.host.linux;

import java.util.SortedMap;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;

/** Files, each operation {@linkplain BoundedLooks bounded} in time. */
record BoundedFiles(HostFiles files, BoundedLooks bounds) implements HostFiles {

  @Override
  public FileEntry look(String path) throws HostFailure {
    return bounds.within(path, () -> files.look(path));
  }

  @Override
  public SortedMap<String, FileEntry> list(String folder) throws HostFailure {
    return bounds.within(folder, () -> files.list(folder));
  }

  @Override
  public SortedMap<String, FileEntry> leftovers(String folder) throws HostFailure {
    return bounds.within(folder, () -> files.leftovers(folder));
  }

  @Override
  public SortedMap<String, FileEntry> doubtfulLeftovers(String folder) throws HostFailure {
    return bounds.within(folder, () -> files.doubtfulLeftovers(folder));
  }

  @Override
  public byte[] read(String path, int maxBytes) throws HostFailure {
    return bounds.within(path, () -> files.read(path, maxBytes));
  }

  @Override
  public void write(String path, byte[] content, int mode) throws HostFailure {
    change(path, () -> files.write(path, content, mode));
  }

  @Override
  public void link(String path, String target) throws HostFailure {
    change(path, () -> files.link(path, target));
  }

  @Override
  public void remove(String path) throws HostFailure {
    change(path, () -> files.remove(path));
  }

  @Override
  public void makeFolder(String path, int mode) throws HostFailure {
    change(path, () -> files.makeFolder(path, mode));
  }

  private interface Change {
    void run() throws HostFailure;
  }

  private void change(String path, Change change) throws HostFailure {
    boolean unused =
        bounds.within(
            path,
            () -> {
              change.run();
              return true;
            });
  }
}
