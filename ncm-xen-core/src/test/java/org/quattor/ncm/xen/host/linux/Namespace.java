package org.quattor.ncm.xen.host.linux;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A network namespace with a {@code /sys} of its own, held by a process that sleeps; skips the test
 * where there can be none. What a test does in it cannot reach the network of this machine.
 */
final class Namespace implements AutoCloseable {

  private static final CommandRunner RUNNER =
      new CommandRunner(SystemPaths.SYSTEM, Duration.ofSeconds(120), line -> {});

  private final Process holder;

  private Namespace(Process holder) {
    this.holder = holder;
  }

  static Namespace open() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "network namespaces need root");
    for (String program : new String[] {"unshare", "nsenter", "ip"}) {
      RealDevices.need(program);
    }
    Process process =
        new ProcessBuilder(
                "unshare",
                "-n",
                "-m",
                "sh",
                "-c",
                "mount -t sysfs sysfs /sys && ip link set lo up && echo ready && exec sleep 3600")
            .redirectErrorStream(true)
            .start();
    String said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    if (!"ready".equals(said)) {
      process.destroyForcibly();
    }
    assumeTrue("ready".equals(said), "no network namespace here: " + said);
    Namespace namespace = new Namespace(process);
    boolean bridges = namespace.status("ip link add probe type bridge") == 0;
    if (!bridges) {
      namespace.close();
    }
    assumeTrue(bridges, "this kernel has no bridges");
    namespace.run("ip link del probe");
    return namespace;
  }

  long pid() {
    return holder.pid();
  }

  /** Runs a command of words with blanks between them, which has to succeed. */
  String run(String command) {
    try {
      return result(command).output();
    } catch (Exception e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  int status(String command) {
    return result(command).exitStatus();
  }

  private CommandResult result(String command) {
    List<String> argv = new ArrayList<>(List.of("nsenter", "-t", "" + pid(), "-n", "--"));
    argv.addAll(List.of(command.split(" ")));
    try {
      return RUNNER.run(argv.toArray(String[]::new));
    } catch (Exception e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** Makes an interface whose other end is in another namespace. */
  void wire(String name, Namespace other, String otherName) {
    run("ip link add " + name + " type veth peer name " + otherName + " netns " + other.pid());
  }

  /** Returns whether an address answers a ping from here. */
  boolean reaches(String address) {
    return status("busybox ping -c 1 -w 10 " + address) == 0;
  }

  /** Returns a host whose files are in the folder and whose network is this one. */
  LinuxHost host(Path folder) throws IOException {
    Path bin = folder.resolve("bin");
    if (!Files.exists(bin.resolve("ip"))) {
      StandIn.script(bin, "ip", "#!/bin/sh\nexec " + ip() + " \"$@\"\n");
    }
    Path proc = Files.createDirectories(folder.resolve("proc"));
    if (!Files.exists(proc.resolve("net"))) {
      Files.createSymbolicLink(proc.resolve("net"), Path.of("/proc/" + pid() + "/net"));
    }
    return new LinuxHost(
        new SystemPaths(
            Files.createDirectories(folder.resolve("root")),
            proc,
            Path.of("/proc/" + pid() + "/root/sys"),
            bin + ":" + SystemPaths.SYSTEM.programs()),
        Timing.SYSTEM,
        Duration.ofSeconds(120),
        line -> {});
  }

  /** Returns the words with which a script calls the {@code ip} of the machine in here. */
  String ip() {
    String ip = SystemPaths.SYSTEM.program("ip").orElseThrow().toString();
    return "/usr/bin/nsenter -t " + pid() + " -n -- " + ip;
  }

  @Override
  public void close() {
    holder.destroyForcibly();
  }
}
