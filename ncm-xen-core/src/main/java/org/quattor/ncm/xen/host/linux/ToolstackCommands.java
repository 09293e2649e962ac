package org.quattor.ncm.xen.host.linux;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.DirectoryFiles;

/** The commands that {@code xl} and {@code xm} have in common. */
final class ToolstackCommands {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final String program;
  private final CommandRunner runner;
  private final DirectoryFiles files;
  private final Timing timing;

  ToolstackCommands(String program, CommandRunner runner, DirectoryFiles files, Timing timing) {
    this.program = program;
    this.runner = runner;
    this.files = files;
    this.timing = timing;
  }

  /** Returns what runs commands. */
  CommandRunner runner() {
    return runner;
  }

  /** Returns the files of the host. */
  DirectoryFiles files() {
    return files;
  }

  /** Lists the domains. */
  List<DomainState> list() throws HostFailure {
    return DomainTable.parse(program + " list", runner.run(program, "list").output());
  }

  /** Lists the domains with their configuration, as the toolstack writes it. */
  String longList() throws HostFailure {
    return runner.run(program, "list", "-l").output();
  }

  /** Starts a domain; what the toolstack leaves behind lives on. */
  void start(String guestFile) throws HostFailure {
    // An absolute path: neither an option, nor looked up in the current folder.
    runner.runDetached(program, "create", files.place(guestFile).toString()).output();
  }

  /**
   * Asks a domain to shut down and looks until it is gone. {@code xl shutdown -w} would wait for
   * ever for a guest that does not listen.
   */
  void shutdown(String name, Duration timeout) throws HostFailure {
    runner.run(program, "shutdown", "--", name).output();
    Duration end = timing.now().plus(timeout);
    try {
      for (; ; ) {
        Optional<DomainState> left =
            list().stream().filter(d -> d.name().equals(name) && d.id() != 0).findFirst();
        if (left.isEmpty()) {
          return;
        }
        if (timing.now().compareTo(end) >= 0) {
          throw new HostFailure(
              String.format(
                  "domain %s did not shut down within %d s: it is %s; its kernel may not listen to"
                      + " the toolstack. It was left as it is",
                  name, timeout.toSeconds(), left.get().activity().text()));
        }
        timing.pause(BETWEEN_LOOKS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostFailure("interrupted while domain " + name + " was shutting down", e);
    }
  }
}
