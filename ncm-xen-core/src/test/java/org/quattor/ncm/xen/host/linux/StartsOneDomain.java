package org.quattor.ncm.xen.host.linux;

import java.nio.file.Path;
import java.time.Duration;
import org.quattor.ncm.xen.host.Toolstack;

/** A program of its own that starts a domain, says so, and then lives until it is ended. */
final class StartsOneDomain {

  private StartsOneDomain() {}

  /** Takes the root of a host whose programs are in its folder {@code bin}. */
  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]);
    new LinuxHost(
            new SystemPaths(
                root,
                root.resolve("proc"),
                root.resolve("sys"),
                root.resolve("bin") + ":/usr/bin:/bin"),
            Timing.SYSTEM,
            Duration.ofSeconds(60),
            line -> {})
        .domains(Toolstack.XL)
        .start("/etc/xen/vm1");
    System.out.println("started");
    System.in.read();
  }
}
