package org.quattor.ncm.xen.host.linux;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.HostFailure;

/**
 * Looks at paths on file systems that another machine or program serves, which may never answer:
 * one that does not answer is named, and not asked again. Elsewhere a look costs nothing more.
 *
 * <p>A system call that waits for a dead server may be beyond any signal, and a process with it. So
 * a child, {@code ls(1)}, looks first at each folder; then a thread of its own does the work.
 */
final class BoundedLooks {

  /** Types in {@code /proc/self/mountinfo} whose answer comes from elsewhere. */
  private static final ImmutableSet<String> SERVED =
      ImmutableSet.of(
          "9p",
          "afs",
          "autofs",
          "beegfs",
          "ceph",
          "cifs",
          "coda",
          "fuse",
          "fuseblk",
          "gfs2",
          "glusterfs",
          "gpfs",
          "lustre",
          "nfs",
          "nfs4",
          "ocfs2",
          "orangefs",
          "smb3",
          "smbfs",
          "virtiofs");

  private static final ImmutableSet<String> OF_THE_KERNEL =
      ImmutableSet.of("/proc", "/sys", "/dev");
  private static final int MAX_LINKS = 40; // as the kernel, path_resolution(7)

  /** Something that is done on a file system. */
  interface Look<T extends @Nullable Object> {
    T look() throws HostFailure;
  }

  private final Path root;
  private final Path mountinfo;
  private final CommandRunner runner;
  private final Duration bound;
  private final Map<Path, String> silent = new HashMap<>();
  private final Set<Path> answered = new HashSet<>();
  private @Nullable Set<Path> served;

  /**
   * Makes one; reads nothing yet.
   *
   * @param bound for each look
   */
  BoundedLooks(SystemPaths surroundings, CommandRunner runner, Duration bound) {
    this.root = surroundings.root();
    this.mountinfo = surroundings.proc().resolve("self/mountinfo");
    this.runner = runner;
    this.bound = bound;
  }

  /** Returns what the look returns; fails when the file system does not answer in time. */
  <T extends @Nullable Object> T within(String path, Look<T> look) throws HostFailure {
    Path mount = require(path).orElse(null);
    if (mount == null) {
      return look.look();
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                answer.complete(look.look());
              } catch (HostFailure | RuntimeException e) {
                answer.completeExceptionally(e);
              }
            },
            "look at " + path);
    thread.setDaemon(true);
    thread.start();
    try {
      return answer.get(bound.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw noAnswer(mount, path);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostFailure("the look at " + path + " was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HostFailure failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * Checks that the file system of a path answers, where that is in doubt.
   *
   * @return where it is mounted; empty where there is no doubt
   */
  Optional<Path> require(String path) throws HostFailure {
    Optional<Path> found = mount(path);
    if (found.isEmpty()) {
      return found;
    }
    Path mount = found.get();
    String before = silent.get(mount);
    if (before != null) {
      throw new HostFailure(path + " lies on a file system that does not answer: " + before);
    }
    Path folder = Path.of(path).getParent();
    if (folder != null && answered.add(folder)) {
      try {
        // Its status does not matter: what is missing is an answer too.
        CommandResult unused =
            runner.run("ls", "-lA", "--", root.resolve(Path.of("/").relativize(folder)).toString());
      } catch (HostFailure e) {
        throw noAnswer(mount, path);
      }
    }
    return found;
  }

  private HostFailure noAnswer(Path mount, String path) {
    String words = path + " did not answer within " + bound.toMillis() / 1000.0 + " s";
    silent.put(mount, words);
    return new HostFailure(words + "; the file system on " + mount + " hangs");
  }

  /** Follows links one by one, and stops before the first step on a file system that is served. */
  private Optional<Path> mount(String path) throws HostFailure {
    Set<Path> all = mounts();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Path rest = Path.of(path).normalize();
    int at = 0;
    for (int links = 0; at < rest.getNameCount() && links < MAX_LINKS; ) {
      Path here = Path.of("/").resolve(rest.subpath(0, at + 1));
      Path place = root.resolve(Path.of("/").relativize(here));
      if (all.contains(place)) {
        return Optional.of(place);
      }
      if (Files.isSymbolicLink(place)) {
        try {
          Path target = here.resolveSibling(Files.readSymbolicLink(place));
          Path left =
              at + 1 < rest.getNameCount() ? rest.subpath(at + 1, rest.getNameCount()) : null;
          rest = (left == null ? target : target.resolve(left)).normalize();
          at = 0;
          links++;
          continue;
        } catch (IOException e) {
          return Optional.empty(); // It was removed meanwhile.
        }
      }
      at++;
    }
    return Optional.empty();
  }

  private Set<Path> mounts() throws HostFailure {
    Set<Path> known = served;
    if (known == null) {
      known = new HashSet<>();
      try {
        for (String line :
            Files.exists(mountinfo) ? Files.readAllLines(mountinfo) : List.<String>of()) {
          List<String> words = List.of(line.split(" ", -1));
          int type = words.indexOf("-") + 1;
          if (type > 5 && type < words.size() && isServed(words.get(type), words.get(4))) {
            known.add(Path.of(Attachments.unescaped(words.get(4))));
          }
        }
      } catch (IOException e) {
        throw new HostFailure(mountinfo + " cannot be read: " + e.getMessage(), e);
      }
      served = known;
    }
    return known;
  }

  private static boolean isServed(String type, String mount) {
    return (SERVED.contains(type) || type.startsWith("fuse."))
        && OF_THE_KERNEL.stream().noneMatch(top -> mount.startsWith(top + "/"));
  }
}
