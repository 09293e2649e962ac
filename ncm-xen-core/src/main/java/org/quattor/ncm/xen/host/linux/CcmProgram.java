package org.quattor.ncm.xen.host.linux;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.quattor.ncm.xen.host.HostFailure;

/** The program {@code ccm}, which knows the databases of a CCM cache whatever their format. */
public final class CcmProgram {

  /** It takes some seconds for a large profile. */
  private static final Duration MAX_LENGTH = Duration.ofMinutes(2);

  private final CommandRunner runner;
  private final boolean there;

  /** Makes one for this system. */
  public CcmProgram() {
    this(SystemPaths.SYSTEM);
  }

  CcmProgram(SystemPaths surroundings) {
    this.runner = new CommandRunner(surroundings, MAX_LENGTH, command -> {});
    this.there = surroundings.program("ccm").isPresent();
  }

  /** Returns the JSON of a profile; empty where ccm is not installed or has none. */
  public Optional<String> json(Path cacheRoot, long cid) {
    if (!there) {
      return Optional.empty();
    }
    try {
      CommandResult result =
          runner.run(
              "ccm",
              "--cache_root",
              cacheRoot.toString(),
              "--cid",
              Long.toString(cid),
              "--format",
              "json",
              "--show",
              "/");
      // Where it knows nothing, it prints nothing and exits with 0.
      return result.exitStatus() == 0 && !result.stdout().isBlank()
          ? Optional.of(result.stdout())
          : Optional.empty();
    } catch (HostFailure e) {
      return Optional.empty();
    }
  }
}
