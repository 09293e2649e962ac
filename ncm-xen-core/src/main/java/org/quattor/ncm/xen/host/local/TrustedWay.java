package org.quattor.ncm.xen.host.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.HostFailure;

/**
 * The way to a folder in which root makes files: each folder and link of it must belong to root or
 * to us, and nobody else may write to the folders. Whoever could rename one of them, or put another
 * file in the place of ours, would choose what we write to.
 */
final class TrustedWay {

  private static final int WRITABLE_BY_OTHERS = 0022;
  private static final int STICKY = 01000;
  private static final int MAX_LINKS = 40; // as the kernel, path_resolution(7)

  private final Path top;
  private final Object self;

  private TrustedWay(Path top, Object self) {
    this.top = top;
    this.self = self;
  }

  /**
   * Checks the way from a folder of this system down to another one; links are followed as the
   * kernel does, those included that lead out of the top folder.
   *
   * @param top not looked at itself
   * @throws HostFailure with the command that settles it
   */
  static void check(Path top, Path folder) throws HostFailure, IOException {
    Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    new TrustedWay(top, self).walk(folder);
  }

  private void walk(Path folder) throws HostFailure, IOException {
    Deque<Path> steps = new ArrayDeque<>();
    top.relativize(folder).forEach(steps::add);
    Path at = top;
    int links = 0;
    while (!steps.isEmpty()) {
      Path next = at.resolve(steps.pop()).normalize();
      UnixStatus status = UnixStatus.of(next, LinkOption.NOFOLLOW_LINKS);
      requireOwner(next);
      if (status.kind() == Kind.LINK) {
        if (++links > MAX_LINKS) {
          throw new HostFailure(next + " leads to too many symbolic links");
        }
        Path target = Files.readSymbolicLink(next);
        if (target.isAbsolute()) {
          at = Path.of("/");
          target = at.relativize(target);
        }
        Deque<Path> begun = new ArrayDeque<>();
        target.forEach(begun::add);
        begun.addAll(steps);
        steps.clear();
        steps.addAll(begun);
      } else {
        requireClosed(next, status, steps.isEmpty());
        at = next;
      }
    }
  }

  private void requireOwner(Path place) throws HostFailure, IOException {
    Object owner = Files.getAttribute(place, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    if (!owner.equals(0) && !owner.equals(self)) {
      throw new HostFailure(
          String.format(
              "%s belongs to the user %s, who could put another file in the place of ours;"
                  + " chown -h root %s",
              place, owner, place));
    }
  }

  /**
   * In a sticky folder nobody renames what is root's; our new files would still be among others'.
   */
  private static void requireClosed(Path folder, UnixStatus status, boolean last)
      throws HostFailure {
    int mode = status.permissionBits();
    boolean sticky = (mode & STICKY) != 0 && !last;
    if ((mode & WRITABLE_BY_OTHERS) != 0 && !sticky) {
      throw new HostFailure(
          String.format(
              "%s is writable by others than its owner (mode %04o), who could put another file in"
                  + " the place of ours; chmod go-w %s",
              folder, mode, folder));
    }
  }
}
