package org.quattor.ncm.xen.host.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/**
 * A regular file that is open, and a path that leads to it whatever its name leads to by now: the
 * one of the descriptor, {@code /proc/PID/fd/N} of {@code proc(5)}, which other programs can open
 * too. Its name is used once, and no link is followed then.
 */
public final class OpenFile implements AutoCloseable {

  private final FileChannel channel;
  private final Path descriptor;
  private final UnixStatus status;

  private OpenFile(FileChannel channel, Path descriptor, UnixStatus status) {
    this.channel = channel;
    this.descriptor = descriptor;
    this.status = status;
  }

  /** Opens a regular file that is there, to be read and written. */
  public static OpenFile existing(Path place) throws IOException {
    return open(place, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
  }

  /** Creates an empty file; fails when anything lies there. */
  static OpenFile create(Path place, FileAttribute<?> permissions) throws IOException {
    return open(
        place, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), permissions);
  }

  private static OpenFile open(Path place, Set<OpenOption> how, FileAttribute<?>... attributes)
      throws IOException {
    FileChannel channel = FileChannel.open(place, how, attributes);
    try {
      UnixStatus named = UnixStatus.of(place, LinkOption.NOFOLLOW_LINKS);
      Path descriptor = descriptor(place, named);
      return new OpenFile(channel, descriptor, UnixStatus.of(descriptor));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Java does not say the number; only descriptors whose file has our name are looked at. */
  private static Path descriptor(Path place, UnixStatus named) throws IOException {
    Path folder = Path.of("/proc", Long.toString(ProcessHandle.current().pid()), "fd");
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path descriptor : all) {
        if (leadsTo(descriptor, place) && UnixStatus.of(descriptor).isSame(named)) {
          return descriptor;
        }
      }
    }
    throw new IOException("it was replaced while it was opened, or /proc does not show it");
  }

  private static boolean leadsTo(Path descriptor, Path place) {
    try {
      Path target = Files.readSymbolicLink(descriptor);
      return place.getFileName().equals(target.getFileName());
    } catch (IOException e) {
      return false; // One that was closed meanwhile.
    }
  }

  /** Returns a path that leads to the file as long as it is open, for other programs too. */
  public Path descriptor() {
    return descriptor;
  }

  /** Returns what the file was when it was opened. */
  public UnixStatus status() {
    return status;
  }

  /** Returns whether a name leads to this file, without a link in its last step. */
  boolean isAt(Path place) {
    try {
      return UnixStatus.of(place, LinkOption.NOFOLLOW_LINKS).isSame(status);
    } catch (IOException e) {
      return false;
    }
  }

  /** Makes what was written outlive a power failure, by whichever descriptor it came. */
  public void sync() throws IOException {
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
