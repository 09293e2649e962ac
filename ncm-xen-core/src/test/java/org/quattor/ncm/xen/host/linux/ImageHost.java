package org.quattor.ncm.xen.host.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.quattor.ncm.component.ActionResult;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentListener;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.xen.TenGuests;
import org.quattor.ncm.xen.XenComponent;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.host.XenHost;

/**
 * The Linux host in a folder that stands for {@code /}: files, images and file systems are real; xl
 * is installed and the system is not booted on Xen, so nothing is started.
 */
final class ImageHost {

  private final Path root;
  private final LinuxHost host;

  ImageHost(Path root, Consumer<String> commands) throws IOException {
    this.root = root;
    Path bin = root.resolveSibling("bin");
    StandIn.script(bin, "xl", "#!/bin/sh\nexit 1\n");
    Files.createDirectories(root.resolve("proc/self"));
    Files.writeString(root.resolve("proc/self/mountinfo"), "");
    Files.createDirectories(root.resolve("sys/class/net"));
    Files.createDirectories(root.resolve("etc/xen/auto"));
    host =
        new LinuxHost(
            new SystemPaths(
                root,
                root.resolve("proc"),
                root.resolve("sys"),
                bin + ":" + SystemPaths.SYSTEM.programs()),
            Timing.SYSTEM,
            Duration.ofSeconds(60),
            commands);
  }

  /** Puts what was there before the first run, and what an older run left behind. */
  ImageHost withFiles() throws IOException {
    for (String folder : new String[] {"srv/xen/", "srv/other/"}) {
      Files.createDirectories(root.resolve(folder));
      for (String name : new String[] {"kept.img", "short.img", "strange.img"}) {
        Files.writeString(root.resolve(folder + name), TenGuests.CANARY);
      }
      Files.writeString(root.resolve(folder + ".gone.img.ncm-xen.tmp"), "half");
    }
    Files.writeString(root.resolve("etc/xen/.byhand"), TenGuests.CANARY);
    return this;
  }

  LinuxHost host() {
    return host;
  }

  static ComponentResult configure(XenHost host, ComponentListener listener) {
    return new XenComponent(duration -> {})
        .configure(
            ComponentContext.builder(TenGuests.profileOfImages())
                .operations(XenHost.class, host)
                .listener(listener)
                .build());
  }

  /**
   * Returns mode, size and content of each file below {@code /etc} and {@code /srv}; of a file
   * system, which is never the same twice, its type and label.
   */
  Map<String, String> everything() throws Exception {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Stream.concat(walk("etc"), walk("srv"))) {
      for (Path path : all.toList()) {
        found.put(root.relativize(path).toString(), describe(path));
      }
    }
    return found;
  }

  private Stream<Path> walk(String folder) throws IOException {
    return Files.walk(root.resolve(folder));
  }

  private static String describe(Path path) throws Exception {
    if (Files.isSymbolicLink(path)) {
      return "-> " + Files.readSymbolicLink(path);
    }
    String mode =
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    if (Files.isDirectory(path)) {
      return mode;
    }
    String signature = RealDevices.command("wipefs", "-n", "-p", "--", path.toString());
    String content =
        signature.isEmpty()
            ? Files.readString(path, StandardCharsets.ISO_8859_1)
            : signature.substring(signature.lastIndexOf(',', signature.lastIndexOf(',') - 1));
    return mode + " " + Files.size(path) + " bytes: " + content;
  }

  /** Prints a line when an action begins and when it has ended. */
  static ComponentListener printing() {
    return new ComponentListener() {
      @Override
      public void started(PlannedAction action) {
        System.out.println("begin " + action.summary());
        System.out.flush();
      }

      @Override
      public void finished(ActionResult result) {
        System.out.println("end " + result.action().summary());
        System.out.flush();
      }
    };
  }

  /** Configures the host in the folder that is named, telling each step as it goes. */
  public static void main(String[] arguments) throws IOException {
    ImageHost image =
        new ImageHost(Path.of(arguments[0]), line -> System.out.println("command " + line));
    ComponentResult result = configure(image.host(), printing());
    System.out.println("errors " + result.errors());
  }

  /** Returns whether a file ends like our temporary ones. */
  static boolean isTemporary(String path) {
    return path.endsWith(HostFiles.TEMPORARY_SUFFIX);
  }
}
