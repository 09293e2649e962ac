package org.quattor.ncm.xen.host.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.ImageFile;
import org.quattor.ncm.xen.host.local.UnixStatus;

/**
 * Any bytes in the files in which Linux shows mounts, swap, devices, processes and networks, and in
 * the head of an image, are understood, or a failure of the host.
 */
public final class KernelFilesFuzz {

  private static final Path TOP = top();
  private static final Path PROC = TOP.resolve("proc");
  private static final Path SYS = TOP.resolve("sys");

  private static final Path[] FILES = {
    PROC.resolve("self/mountinfo"),
    PROC.resolve("swaps"),
    PROC.resolve("net/vlan/config"),
    PROC.resolve("net/route"),
    PROC.resolve("net/ipv6_route"),
    PROC.resolve("net/if_inet6"),
    PROC.resolve("7/cmdline"),
    SYS.resolve("class/net/eth0/flags"),
    SYS.resolve("class/net/eth0/mtu"),
    SYS.resolve("class/net/eth0/ifindex"),
    SYS.resolve("class/net/eth0/bridge/forward_delay"),
    SYS.resolve("block/loop0/loop/backing_file"),
    SYS.resolve("dev/block/8:1/size"),
    TOP.resolve("image"),
  };

  private KernelFilesFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    SystemPaths surroundings = new SystemPaths(TOP, PROC, SYS, "");
    BlockDevices devices =
        new BlockDevices(
            surroundings, new CommandRunner(surroundings, Duration.ofSeconds(5), line -> {}));
    UnixStatus device = new UnixStatus(0, 0, 0x801, 0, 0);
    UnixStatus image = UnixStatus.of(TOP.resolve("image"));
    for (Path file : FILES) {
      byte[] before = Files.exists(file) ? Files.readAllBytes(file) : null;
      Files.write(file, input);
      devices.sizeBytes(0x801);
      accept(() -> devices.users(device, TOP.resolve("image"), devices.attachments(), false));
      accept(() -> devices.identity(device, devices::attachments));
      accept(() -> devices.usersOfFile(image, devices.attachments(), false));
      accept(() -> new NetworkDevices(surroundings).read());
      accept(() -> ProcessTable.commandLines(PROC));
      accept(() -> ImageFile.qcow2Bytes(TOP.resolve("image"), "image"));
      if (before == null) {
        Files.delete(file);
      } else {
        Files.write(file, before);
      }
    }
  }

  private interface Observed {
    Object read() throws HostFailure, IOException;
  }

  private static void accept(Observed reading) throws IOException {
    try {
      reading.read();
    } catch (HostFailure e) {
      if (String.valueOf(e.getMessage()).isBlank()) {
        throw new AssertionError("a failure without a word", e);
      }
    }
  }

  private static Path top() {
    try {
      Path top = Files.createTempDirectory("fuzz");
      for (Path file :
          new Path[] {
            top.resolve("proc/self/mountinfo"),
            top.resolve("proc/net/vlan/config"),
            top.resolve("proc/7/cmdline"),
            top.resolve("sys/class/net/eth0/bridge/forward_delay"),
            top.resolve("sys/block/loop0/loop/backing_file"),
            top.resolve("sys/dev/block/8:1/size")
          }) {
        Files.createDirectories(file.getParent());
      }
      Files.createFile(top.resolve("image"));
      return top;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
