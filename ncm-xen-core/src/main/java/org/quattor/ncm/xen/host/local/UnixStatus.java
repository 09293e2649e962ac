package org.quattor.ncm.xen.host.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.HostFailure;

/**
 * What {@code stat(2)} says of a file.
 *
 * @param mode file type and permission bits
 * @param sizeBytes {@code st_size}
 * @param deviceNumber {@code st_rdev}: what a device file stands for
 * @param filesystem {@code st_dev}: the file system that it lies in
 * @param inode {@code st_ino}: its number there
 */
public record UnixStatus(int mode, long sizeBytes, long deviceNumber, long filesystem, long inode) {

  /** Begins the {@link #identity} of each file. */
  public static final String FILE = "file ";

  /** Begins the {@link #identity} of each block device. */
  public static final String DEVICE = "device ";

  private static final int TYPE = 0170000;

  /** Reads it; the JDK offers these as the {@code unix} view on Linux. */
  public static UnixStatus of(Path path, LinkOption... options) throws IOException {
    Map<String, Object> values = Files.readAttributes(path, "unix:mode,size,rdev,dev,ino", options);
    return new UnixStatus(
        (int) number(values, "mode"),
        number(values, "size"),
        number(values, "rdev"),
        number(values, "dev"),
        number(values, "ino"));
  }

  /** Reads that of a path, links followed. */
  public static UnixStatus look(Path path) throws HostFailure {
    try {
      return of(path);
    } catch (IOException e) {
      throw IoCause.failure("look at " + path, e);
    }
  }

  private static long number(Map<String, Object> values, String name) throws IOException {
    if (values.get(name) instanceof Number number) {
      return number.longValue();
    }
    throw new IOException("this system does not tell the " + name + " of a file");
  }

  /** Returns the kind, from the type bits of {@code inode(7)}. */
  public Kind kind() {
    return switch (mode & TYPE) {
      case 0100000 -> Kind.FILE;
      case 0040000 -> Kind.DIRECTORY;
      case 0120000 -> Kind.LINK;
      case 0060000 -> Kind.BLOCK_DEVICE;
      default -> Kind.OTHER;
    };
  }

  /** Returns whether both are of one file. */
  boolean isSame(UnixStatus other) {
    return filesystem == other.filesystem && inode == other.inode;
  }

  /** Returns the file system that it lies in as {@code MAJOR:MINOR}, as in proc(5). */
  String filesystemNumber() {
    UnixStatus device = new UnixStatus(0, 0, filesystem, 0, 0);
    return device.major() + ":" + device.minor();
  }

  /** Returns what all names of the file or block device have in common; empty for other kinds. */
  public String identity() {
    return switch (kind()) {
      case BLOCK_DEVICE -> identityOfDevice(major() + ":" + minor());
      case FILE -> identityOfFile(major(filesystem), minor(filesystem), inode);
      case MISSING, DIRECTORY, LINK, OTHER -> "";
    };
  }

  /** Returns the {@link #identity} of the block device with a number such as {@code 8:1}. */
  public static String identityOfDevice(String number) {
    return DEVICE + number;
  }

  /** Returns the {@link #identity} of a file by the number of its file system, and its own. */
  public static String identityOfFile(long major, long minor, long inode) {
    return FILE + major + ":" + minor + ":" + inode;
  }

  /** Returns the permission bits, the sticky and set-id bits included. */
  int permissionBits() {
    return mode & 07777;
  }

  /** Returns the major number of a device file, by glibc's {@code gnu_dev_major}. */
  public long major() {
    return major(deviceNumber);
  }

  private static long major(long number) {
    return (number >>> 8 & 0xfff) | (number >>> 32 & 0xfffff000L);
  }

  /** Returns the minor number of a device file, by glibc's {@code gnu_dev_minor}. */
  public long minor() {
    return minor(deviceNumber);
  }

  private static long minor(long number) {
    return (number & 0xff) | (number >>> 12 & 0xffffff00L);
  }
}
