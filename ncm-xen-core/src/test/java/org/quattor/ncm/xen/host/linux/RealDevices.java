package org.quattor.ncm.xen.host.linux;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Loop devices of this machine; skips the test where they cannot be made. */
final class RealDevices {

  private static final CommandRunner RUNNER =
      new CommandRunner(SystemPaths.SYSTEM, Duration.ofSeconds(60), line -> {});

  private RealDevices() {}

  /** Attaches an image to a free loop device and returns its path. */
  static String attach(Path image) throws Exception {
    assumeTrue(
        "root".equals(System.getProperty("user.name")) && Files.exists(Path.of("/dev/loop0")),
        "needs root and loop devices");
    CommandResult result = RUNNER.run("losetup", "-f", "--show", image.toString());
    assumeTrue(result.exitStatus() == 0, () -> "no loop device: " + result.stderr());
    return result.stdout().strip();
  }

  /** Detaches a loop device. */
  static void detach(String device) throws Exception {
    RUNNER.run("losetup", "-d", device);
  }

  /** Runs a command that has to succeed. */
  static String command(String... argv) throws Exception {
    return RUNNER.run(argv).output();
  }

  /** Skips the test where a program is missing. */
  static void need(String program) {
    assumeTrue(RUNNER.has(program), "no " + program + " on this machine");
  }

  /** Whether the file system of the folder takes extended attributes, as seen by setting one. */
  static boolean bearsMarks(Path folder) {
    try {
      Files.setAttribute(folder, "user:ncm-xen.probe", new byte[] {'1'});
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
