package org.quattor.ncm.xen.derive;

import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.derive.GuestHardware.HardDisk;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.host.Toolstack;

/**
 * Which guests go with which hosts: the table of docs/derive.md, whose rows (C1 and so on) the
 * findings name. What a profile does not say is not held against it.
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
      findings.add("XEN518", path, "wanted", wanted, "host", host);
    } else if (WIDE.contains(host) && NARROW.contains(wanted)) {
      boolean none = kernel.filter(version -> !version.isBefore(5, 9, 0)).isPresent();
      String found = "a paravirtual guest of 32 bits (" + wanted + ") on a host of 64";
      if (none) {
        findings.add("XEN518.architecture", path, "found", found);
      } else {
        findings.add(
            "XEN519",
            path,
            "found",
            found,
            "detail",
            toolstack == Toolstack.XM
                ? "row C3 of docs/derive.md: Xen 3.0.3 on x86_64 starts guests of 64 bits only"
                : "row C4 of docs/derive.md: Xen gives such guests no security support");
      }
    }
  }

  private void kernel(Profile guest, KernelVersion version) {
    if (!version.isForXen()) {
      findings.add(
          "XEN520",
          guest.source() + ":/system/kernel/version",
          "version",
          version.text(),
          "detail",
          version.isBefore(2, 6, 10)
              ? "a kernel that ends in xenU"
              : "a kernel that ends in xen, or one from 2.6.23 on");
    }
  }

  private void diskName(HardDisk disk, boolean beforeXvd) {
    boolean scsi = disk.name().matches("[sh]d[a-z]+[0-9]*");
    boolean xvd = disk.name().startsWith("xvd");
    if (beforeXvd ? xvd : scsi) {
      findings.add(
          "XEN517",
          disk.path(),
          "disk",
          disk.name(),
          "detail",
          beforeXvd ? "sda and so on, before SL 4.5" : "xvda and so on, from SL 4.5 on");
    }
  }
}
