package org.quattor.ncm.xen.host.linux;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.ToLongFunction;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFetches;
import org.quattor.ncm.xen.host.RemoteFile;
import org.quattor.ncm.xen.host.local.ContentDigest;
import org.quattor.ncm.xen.host.local.DirectoryFiles;

/** Files from web servers by Java's own HTTP client, which is loaded with the first one only. */
final class LinuxFetches implements HostFetches {

  private final DirectoryFiles files;
  private final BoundedLooks bounds;
  private final Timing timing;
  private final Duration timeout;
  private final ToLongFunction<Path> freeBytes;

  /**
   * Makes one.
   *
   * @param timeout for a connection, and for a fetch as a whole
   * @param freeBytes what the file system of a folder has left
   */
  LinuxFetches(
      DirectoryFiles files,
      BoundedLooks bounds,
      Timing timing,
      Duration timeout,
      ToLongFunction<Path> freeBytes) {
    this.files = files;
    this.bounds = bounds;
    this.timing = timing;
    this.timeout = timeout;
    this.freeBytes = freeBytes;
  }

  /** Returns what the file system of a folder has left for users. */
  static long usableSpace(Path folder) {
    return folder.toFile().getUsableSpace();
  }

  @Override
  public String sha256(String path) throws HostFailure {
    bounds.require(path);
    return ContentDigest.of(files, path);
  }

  @Override
  public void fetch(RemoteFile source, String path, Watch watch) throws HostFailure {
    bounds.require(path);
    files.requireTrusted(path, "fetch");
    Path folder = files.place(path).resolveSibling(".");
    files.replace(
        path,
        "fetch",
        MODE,
        temporary -> {
          IncomingFile incoming = new IncomingFile(() -> freeBytes.applyAsLong(folder));
          try {
            incoming.fill(
                temporary, () -> new WebTransfer(timing, timeout, incoming, watch).run(source));
            incoming.require(source.sha256());
          } catch (HostFailure e) {
            throw new HostFailure(
                "cannot fetch " + path + " from " + source.shown() + ": " + e.getMessage(), e);
          }
        });
  }
}
