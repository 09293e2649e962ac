package org.quattor.ncm.xen.derive;

import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.derive.GuestHardware.HardDisk;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.host.Toolstack;

/**
 * Which hosts can run which guests: the table in docs/derive.md, whose rows (C1 and so on) the
 * findings name. Fields that a profile lacks cause no finding.
 */
final class Compatibility {

  private static final String ARCHITECTURE = "/hardware/cpu/0/arch";
  private static final ImmutableSet<String> NARROW =
      ImmutableSet.of("i386", "i486", "i586", "i686");
  private static final ImmutableSet<String> WIDE = ImmutableSet.of("x86_64", "amd64");

  private final Optional<String> hostArchitecture;
  private final Toolstack toolstack;
  private final Findings findings;

  Compatibility(Profile host, Toolstack toolstack, Findings findings) {
    this.hostArchitecture = host.find(ARCHITECTURE).flatMap(Tree::text);
    this.toolstack = toolstack;
    this.findings = findings;
  }

  void check(Profile guest, GuestHardware hardware) {
    Optional<KernelVersion> kernel =
        guest.find("/system/kernel/version").flatMap(Tree::text).flatMap(KernelVersion::of);
    guest.find(ARCHITECTURE).ifPresent(element -> architecture(guest, element, kernel));
    kernel.ifPresent(version -> kernel(guest, version));
    kernel.ifPresent(
        version -> hardware.disks().forEach(disk -> diskName(disk, version.isBeforeXvd())));
  }

  private void architecture(Profile guest, Element element, Optional<KernelVersion> kernel) {
    String path = guest.source() + ":" + element.path();
    String host = hostArchitecture.orElse("");
    String wanted = Tree.text(element).orElse("");
    if (NARROW.contains(host) && WIDE.contains(wanted)) {
      findings.add("XEN518", path, "guest", wanted, "host", host);
    } else if (WIDE.contains(host) && NARROW.contains(wanted)) {
      Optional<KernelVersion> without = kernel.filter(version -> !version.isBefore(5, 9, 0));
      if (without.isPresent()) {
        findings.add("XEN518.linux", path, "guest", wanted, "kernel", without.get().text());
      } else {
        findings.add(toolstack == Toolstack.XM ? "XEN519.xm" : "XEN519", path, "guest", wanted);
      }
    }
  }

  private void kernel(Profile guest, KernelVersion version) {
    if (!version.isForXen()) {
      findings.add(
          version.isBefore(2, 6, 10) ? "XEN520.xenu" : "XEN520",
          guest.source() + ":/system/kernel/version",
          "kernel",
          version.text());
    }
  }

  private void diskName(HardDisk disk, boolean beforeXvd) {
    boolean scsi = disk.name().matches("[sh]d[a-z]+[0-9]*");
    boolean xvd = disk.name().startsWith("xvd");
    if (beforeXvd ? xvd : scsi) {
      findings.add(beforeXvd ? "XEN517.early" : "XEN517", disk.path(), "disk", disk.name());
    }
  }
}
