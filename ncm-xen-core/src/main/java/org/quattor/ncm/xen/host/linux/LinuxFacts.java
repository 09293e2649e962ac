package org.quattor.ncm.xen.host.linux;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.host.local.IoCause;

/** Reads what the host is from {@code /proc} and {@code /sys}. */
final class LinuxFacts {

  private static final String UUID_OF_DOM0 = "00000000-0000-0000-0000-000000000000";

  private final SystemPaths surroundings;

  LinuxFacts(SystemPaths surroundings) {
    this.surroundings = surroundings;
  }

  /** Reads them. */
  HostFacts read() throws HostFailure {
    Set<Toolstack> toolstacks = EnumSet.noneOf(Toolstack.class);
    for (Toolstack toolstack : Toolstack.values()) {
      if (surroundings.program(toolstack.command()).isPresent()) {
        toolstacks.add(toolstack);
      }
    }
    return new HostFacts(toolstacks, xendRunning(), dom0(), version(), hostName());
  }

  /** Returns the host's own name; empty when the kernel does not show it. */
  String hostName() throws HostFailure {
    return line(surroundings.proc().resolve("sys/kernel/hostname"));
  }

  /** Returns whether a process runs xend: a Python script, so its name is the second word. */
  private boolean xendRunning() throws HostFailure {
    for (ImmutableList<String> words : ProcessTable.commandLines(surroundings.proc())) {
      if (words.stream().limit(2).anyMatch(w -> ProcessTable.lastStep(w).equals("xend"))) {
        return true;
      }
    }
    return false;
  }

  private boolean dom0() throws HostFailure {
    String capabilities = line(surroundings.proc().resolve("xen/capabilities"));
    if (!capabilities.isEmpty()) {
      return capabilities.contains("control_d");
    }
    // xenfs need not be mounted; the hypervisor gives dom0 the uuid of zeros.
    Path hypervisor = surroundings.sys().resolve("hypervisor");
    return line(hypervisor.resolve("type")).equals("xen")
        && line(hypervisor.resolve("uuid")).equals(UUID_OF_DOM0);
  }

  private @Nullable XenVersion version() throws HostFailure {
    Path version = surroundings.sys().resolve("hypervisor/version");
    String major = line(version.resolve("major"));
    String minor = line(version.resolve("minor"));
    return major.matches("[0-9]{1,4}") && minor.matches("[0-9]{1,4}")
        ? new XenVersion(Integer.parseInt(major), Integer.parseInt(minor))
        : null;
  }

  /** Returns the content of a small file without blanks around it; empty when it is missing. */
  private static String line(Path file) throws HostFailure {
    if (!Files.exists(file)) {
      return "";
    }
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw IoCause.failure("read " + file, e);
    }
  }
}
