package org.quattor.ncm.xen.host.local;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.host.local.FileMaker.Presence;

/**
 * The files of a host below a folder of this system, which is {@code /} for the host itself.
 *
 * <p>Below the <em>closed</em> folders no symbolic link is followed on the way to a file, and none
 * of the folders on the way may be writable by everybody: whoever could change them could aim a
 * write at any file. The way is looked at before each operation; only those who may write there
 * (root) could change it in between.
 */
public final class DirectoryFiles implements HostFiles {

  private static final int WRITABLE_BY_ALL = 0002;

  private final Path root;
  private final ImmutableSet<Path> closed;
  private final LongUnaryOperator blockBytes;

  /**
   * Makes one.
   *
   * @param root the folder of this system that is the host's {@code /}
   * @param closed paths of the host below which no link is followed
   * @param blockBytes the size of a block device, from its device number
   */
  public DirectoryFiles(Path root, ImmutableSet<String> closed, LongUnaryOperator blockBytes) {
    this.root = root;
    this.closed = closed.stream().map(Path::of).collect(ImmutableSet.toImmutableSet());
    this.blockBytes = blockBytes;
  }

  /** Returns where a path of the host lies in this system; fails when it is no plain path. */
  public Path place(String path) throws HostFailure {
    return root.resolve(Path.of("/").relativize(plain(path)));
  }

  @Override
  public FileEntry look(String path) throws HostFailure {
    checkWay(path);
    return entry(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns what lies at the path when links are followed by this system, anywhere on the way. */
  public FileEntry lookFollowing(String path) throws HostFailure {
    return entry(path);
  }

  /** Returns what stat(2) says of the path, links followed; empty when nothing is there. */
  public Optional<UnixStatus> statusFollowing(String path) throws HostFailure {
    // Others spell paths with . and .. too, and the kernel resolves them behind links.
    Path place = root.resolve(Path.of("/").relativize(Path.of("/").resolve(parsed(path))));
    try {
      return Optional.of(UnixStatus.of(place));
    } catch (IOException e) {
      if (nothingThere(place, e)) {
        return Optional.empty();
      }
      throw IoCause.failure("look at " + path, e);
    }
  }

  private FileEntry entry(String path, LinkOption... options) throws HostFailure {
    Path place = place(path);
    try {
      UnixStatus status = UnixStatus.of(place, options);
      Kind kind = status.kind();
      long bytes =
          switch (kind) {
            case FILE -> status.sizeBytes();
            case BLOCK_DEVICE -> blockBytes.applyAsLong(status.deviceNumber());
            case MISSING, DIRECTORY, LINK, OTHER -> 0;
          };
      String target = kind == Kind.LINK ? Files.readSymbolicLink(place).toString() : "";
      return new FileEntry(kind, status.permissionBits(), bytes, target);
    } catch (IOException e) {
      if (nothingThere(place, e)) {
        return FileEntry.MISSING;
      }
      throw IoCause.failure("look at " + path, e);
    }
  }

  private static boolean nothingThere(Path place, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return true;
    }
    // ENOTDIR has no exception of its own, and its text may be translated.
    for (Path above = place.getParent(); above != null; above = above.getParent()) {
      if (Files.exists(above)) {
        return !Files.isDirectory(above);
      }
    }
    return false;
  }

  @Override
  public SortedMap<String, FileEntry> list(String folder) throws HostFailure {
    return entries(folder, name -> !TemporaryName.is(name));
  }

  @Override
  public SortedMap<String, FileEntry> leftovers(String folder) throws HostFailure {
    return temporaries(folder, Presence.GONE);
  }

  @Override
  public SortedMap<String, FileEntry> doubtfulLeftovers(String folder) throws HostFailure {
    return temporaries(folder, Presence.UNKNOWN);
  }

  private SortedMap<String, FileEntry> temporaries(String folder, Presence wanted)
      throws HostFailure {
    SortedMap<String, FileEntry> found = entries(folder, TemporaryName::is);
    found.values().removeIf(entry -> entry.kind() != Kind.FILE && entry.kind() != Kind.LINK);
    for (String name : ImmutableSet.copyOf(found.keySet())) {
      try {
        if (TemporaryName.presence(place(folder).resolve(name)) != wanted) {
          found.remove(name);
        }
      } catch (NoSuchFileException e) {
        found.remove(name); // Whoever made it has given it its name meanwhile.
      } catch (IOException e) {
        throw IoCause.failure("look at " + folder + "/" + name, e);
      }
    }
    return found;
  }

  /** Stands for bytes of a name that are not text, so the entry cannot be looked at by its name. */
  private static final char NO_CHARACTER = '\ufffd';

  private SortedMap<String, FileEntry> entries(String folder, Predicate<String> wanted)
      throws HostFailure {
    SortedMap<String, FileEntry> entries = new TreeMap<>();
    FileEntry entry = look(folder);
    if (entry.kind() == Kind.MISSING) {
      return entries;
    }
    if (isClosed(folder) && entry.kind() == Kind.LINK) {
      throw linkOnTheWay(folder);
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(place(folder))) {
      for (Path path : stream) {
        String name = String.valueOf(path.getFileName());
        if (!wanted.test(name)) {
          continue;
        }
        // The way was looked at with the folder.
        FileEntry found =
            entry(folder.equals("/") ? "/" + name : folder + "/" + name, LinkOption.NOFOLLOW_LINKS);
        if (found.exists()) {
          entries.put(name, found);
        } else if (name.indexOf(NO_CHARACTER) >= 0) {
          entries.put(name, new FileEntry(Kind.OTHER, 0, 0, ""));
        }
      }
      return entries;
    } catch (DirectoryIteratorException e) {
      throw new HostFailure("cannot list " + folder + ": reading it broke off", e);
    } catch (IOException e) {
      throw IoCause.failure("list " + folder, e);
    }
  }

  @Override
  public byte[] read(String path, int maxBytes) throws HostFailure {
    FileEntry entry = look(path);
    if (entry.kind() != Kind.FILE) {
      throw new HostFailure(
          "cannot read " + path + ": it is " + entry.kind().text() + ", not a file");
    }
    try (InputStream in = Files.newInputStream(place(path), LinkOption.NOFOLLOW_LINKS)) {
      byte[] content = in.readNBytes(maxBytes);
      if (in.read() >= 0) {
        throw new HostFailure(
            "cannot read " + path + ": it is larger than the " + maxBytes + " bytes expected");
      }
      return content;
    } catch (IOException e) {
      throw IoCause.failure("read " + path, e);
    }
  }

  @Override
  public void write(String path, byte[] content, int mode) throws HostFailure {
    replace(path, "write", mode, temporary -> Files.write(temporary, content));
  }

  /**
   * Replaces a regular file by one that is filled by degrees, or creates it.
   *
   * @param task what that is called in messages, such as {@code write}
   */
  public void replace(String path, String task, int mode, AtomicFile.Filling filling)
      throws HostFailure {
    checkFolder(path, task);
    checkKind(path, task, Kind.FILE);
    try {
      AtomicFile.replace(place(path), mode, filling);
    } catch (IOException e) {
      throw IoCause.failure(task + " " + path, e);
    }
  }

  @Override
  public void link(String path, String target) throws HostFailure {
    checkFolder(path, "create link");
    checkKind(path, "create link", Kind.LINK);
    Path place = place(path);
    try {
      Path temporary = TemporaryName.of(place);
      Files.createSymbolicLink(temporary, Path.of(target));
      Files.move(
          temporary, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      AtomicFile.syncFolder(place);
    } catch (InvalidPathException e) {
      throw new HostFailure("cannot create link " + path + ": its target is not a path", e);
    } catch (IOException e) {
      throw IoCause.failure("create link " + path, e);
    }
  }

  @Override
  public void remove(String path) throws HostFailure {
    FileEntry entry = look(path);
    if (entry.kind() == Kind.MISSING) {
      return;
    }
    checkFolder(path, "remove");
    checkKind(path, "remove", Kind.FILE, Kind.LINK);
    try {
      Files.deleteIfExists(place(path));
      AtomicFile.syncFolder(place(path));
    } catch (IOException e) {
      throw IoCause.failure("remove " + path, e);
    }
  }

  @Override
  public void makeFolder(String path, int mode) throws HostFailure {
    checkWay(path);
    List<Path> missing = new ArrayList<>();
    Path place = place(path);
    for (Path folder = place;
        folder != null && !Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
        folder = folder.getParent()) {
      missing.add(0, folder);
    }
    if (isClosed(path) && Files.isSymbolicLink(place)) {
      throw linkOnTheWay(path);
    }
    try {
      for (Path folder : missing) {
        var permissions = AtomicFile.permissions(mode);
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(permissions));
        Files.setPosixFilePermissions(folder, permissions);
        AtomicFile.syncFolder(folder);
      }
    } catch (IOException e) {
      throw IoCause.failure("create directory " + path, e);
    }
    if (!Files.isDirectory(place)) {
      throw new HostFailure(
          "cannot create directory " + path + ": it exists and is not a directory");
    }
  }

  private static Path parsed(String path) throws HostFailure {
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw new HostFailure("not a path on this system: " + e.getReason(), e);
    }
  }

  private static Path plain(String path) throws HostFailure {
    Path plain = parsed(path);
    if (plain.isAbsolute() && plain.equals(plain.normalize())) {
      return plain;
    }
    throw new HostFailure("not an absolute path without . and .. steps: " + path);
  }

  private boolean isClosed(String path) throws HostFailure {
    Path plain = plain(path);
    return closed.stream().anyMatch(top -> plain.startsWith(top) && !plain.equals(top));
  }

  private void checkWay(String path) throws HostFailure {
    for (Path folder : closedFolders(path)) {
      if (closed.contains(folder)) {
        continue;
      }
      if (Files.isSymbolicLink(place(folder.toString()))) {
        throw linkOnTheWay(folder.toString());
      }
    }
  }

  /** Returns the folders on the way to the path from the closed one down to its parent. */
  private List<Path> closedFolders(String path) throws HostFailure {
    List<Path> folders = new ArrayList<>();
    for (Path folder = plain(path).getParent(); folder != null; folder = folder.getParent()) {
      Path here = folder;
      if (closed.stream().anyMatch(here::startsWith)) {
        folders.add(0, here);
      }
    }
    return folders;
  }

  private static HostFailure linkOnTheWay(String folder) {
    return new HostFailure(
        folder + " is a symbolic link, which is not followed here; replace it with a directory");
  }

  private void checkFolder(String path, String task) throws HostFailure {
    checkWay(path);
    Path parent = plain(path).getParent();
    if (parent == null) {
      throw new HostFailure("cannot " + task + " /: it is the root folder");
    }
    List<Path> folders = closedFolders(path);
    for (Path folder : folders.isEmpty() ? List.of(parent) : folders) {
      if (folder.getParent() == null) {
        continue; // Whoever may write to / needs no trick of ours.
      }
      FileEntry entry = lookFollowing(folder.toString());
      if (entry.kind() != Kind.DIRECTORY) {
        throw new HostFailure(
            "cannot " + task + " " + path + ": " + folder + " is " + words(entry.kind()));
      }
      if ((entry.mode() & WRITABLE_BY_ALL) != 0) {
        throw new HostFailure(
            String.format(
                "cannot %s %s: %s is writable by everyone (mode %04o), and any user could"
                    + " put a file of theirs in its place; chmod o-w %s",
                task, path, folder, entry.mode(), folder));
      }
    }
  }

  /**
   * Checks that nobody but root and us can change what lies on the way to a path, its folder
   * included: see {@link TrustedWay}.
   *
   * @param task what is not possible otherwise, such as {@code make the image}
   */
  public void requireTrusted(String path, String task) throws HostFailure {
    Path folder = place(path).getParent();
    try {
      if (folder != null && folder.startsWith(root)) {
        TrustedWay.check(root, folder);
      }
    } catch (HostFailure e) {
      throw new HostFailure("cannot " + task + " " + path + ": " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      return; // What is to be made in it fails by itself.
    } catch (IOException e) {
      throw IoCause.failure("look at the directories of " + path, e);
    }
  }

  private static String words(Kind kind) {
    return kind == Kind.MISSING ? "missing" : kind.text() + ", not a directory";
  }

  private void checkKind(String path, String task, Kind... allowed) throws HostFailure {
    Kind kind = look(path).kind();
    if (kind != Kind.MISSING && !List.of(allowed).contains(kind)) {
      throw new HostFailure(
          "cannot " + task + " " + path + ": it is " + kind.text() + ", which is left as it is");
    }
  }
}
