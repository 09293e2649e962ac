package org.quattor.ncm.xen.derive;

import java.util.Optional;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.derive.GuestHardware.HardDisk;
import org.quattor.ncm.xen.derive.GuestHardware.Nic;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.profile.ProfileBuilder;

/** Derives the domains of the guests of one host. */
final class GuestDerivation {

  /** Smaller disks are rather GB than MB; no system fits into one. */
  private static final long LEAST_PLAUSIBLE_MIB = 256;

  private static final String PXE_BOOTLOADER = "pypxeboot";

  private final HostVariables variables;
  private final Toolstack toolstack;
  private final DerivedNetwork network;
  private final Compatibility compatibility;
  private final Findings findings;
  private boolean defaultBootloaderSaid;

  GuestDerivation(
      HostVariables variables,
      Toolstack toolstack,
      DerivedNetwork network,
      Compatibility compatibility,
      Findings findings) {
    this.variables = variables;
    this.toolstack = toolstack;
    this.network = network;
    this.compatibility = compatibility;
    this.findings = findings;
  }

  /** Adds a guest to the open dict of domains. */
  void derive(String guest, Profile profile, ProfileBuilder domains) {
    GuestHardware hardware =
        GuestHardware.read(
            profile,
            variables.machines().get(guest),
            variables.place(Variable.GUESTS_MACHINE_DB) + "/" + guest,
            findings);
    compatibility.check(profile, hardware);
    domains.dict(guest);
    domains.bool("auto", true);
    domains.dict("options");
    domains.string("name", guest);
    memoryAndCpus(profile, hardware, domains);
    boot(guest, hardware, domains);
    disks(guest, profile, hardware, domains);
    domains.list("vif");
    for (Nic nic : hardware.nics()) {
      domains.string(null, vif(guest, nic));
    }
    domains.end();
    domains.end();
    domains.end();
  }

  private void memoryAndCpus(Profile profile, GuestHardware hardware, ProfileBuilder domains) {
    Long ram = variables.ramMib();
    if (ram != null) {
      domains.number("memory", ram);
    } else if (hardware.memoryMib().isPresent()) {
      domains.number("memory", hardware.memoryMib().getAsLong());
    } else {
      findings.add("XEN512", profile.source() + ":/hardware/ram");
    }
    if (hardware.cores().isPresent()) {
      domains.number("vcpus", hardware.cores().getAsLong());
    } else {
      findings.add("XEN513", profile.source() + ":/hardware/cpu");
    }
  }

  private void boot(String guest, GuestHardware hardware, ProfileBuilder domains) {
    String bootloader = variables.bootloaders().get(guest);
    if (bootloader == null) {
      bootloader = variables.bootloaderDefault();
    }
    if (bootloader == null) {
      bootloader = defaultBootloader();
    }
    boolean pxe = bootloader.contains(PXE_BOOTLOADER);
    String bootargs = variables.bootargs().get(guest);
    if (bootargs == null) {
      bootargs = pxe ? "vif[0]" : variables.bootargsDefault();
      if (pxe) {
        requireBootNicFirst(guest, hardware);
      }
    }
    domains.string("bootloader", bootloader);
    domains.string("bootargs", bootargs);
    if (bootloader.isEmpty()) {
      domains.string("root", variables.bootDevice());
    }
  }

  private String defaultBootloader() {
    if (toolstack == Toolstack.XM) {
      return "/usr/bin/pypxeboot";
    }
    if (!defaultBootloaderSaid) {
      defaultBootloaderSaid = true;
      findings.add("XEN521", Variable.BOOTLOADER_DEFAULT.name());
    }
    return "pygrub";
  }

  private void requireBootNicFirst(String guest, GuestHardware hardware) {
    for (int i = 1; i < hardware.nics().size(); i++) {
      if (hardware.nics().get(i).boot() && !hardware.nics().get(0).boot()) {
        findings.add(
            "XEN522",
            hardware.nics().get(i).path(),
            "bootNic",
            hardware.nics().get(i).name(),
            "firstNic",
            hardware.nics().get(0).name(),
            "guest",
            guest,
            "index",
            i);
        return;
      }
    }
  }

  private void disks(
      String guest, Profile profile, GuestHardware hardware, ProfileBuilder domains) {
    if (hardware.disks().isEmpty()) {
      findings.add("XEN514", profile.source() + ":/hardware/harddisks");
    }
    domains.list("disk");
    boolean first = true;
    for (HardDisk disk : hardware.disks()) {
      if (disk.capacityMib() < LEAST_PLAUSIBLE_MIB) {
        findings.add("XEN515", disk.path(), "capacityMib", disk.capacityMib());
      }
      domains.dict(null);
      domains.string("type", "lvm");
      domains.string("hostdevice", variables.volumeGroup());
      // The first had the guest's name already when there was only one.
      domains.string("hostvol", first ? guest : guest + "-" + disk.name());
      domains.number("size", disk.capacityMib());
      domains.string("guestdevice", disk.name());
      domains.string("rw", "w");
      domains.bool("create", variables.createFilesystems());
      domains.end();
      first = false;
    }
    domains.end();
  }

  private String vif(String guest, Nic nic) {
    return "mac=" + nic.mac() + bridge(guest, nic).map(name -> ",bridge=" + name).orElse("");
  }

  private Optional<String> bridge(String guest, Nic nic) {
    var said = variables.vifBridges().get(guest);
    String bridge = said == null ? null : said.get(nic.name());
    if (bridge != null) {
      return Optional.of(bridge);
    }
    Optional<String> matching = network.bridgeTo(nic.address());
    if (matching.isPresent()) {
      return matching;
    }
    if (nic.address().isEmpty() && network.names().size() == 1) {
      return Optional.of(network.names().get(0));
    }
    findings.add(
        "XEN516",
        nic.path(),
        "address",
        nic.address(),
        "bridges",
        network.names(),
        "guest",
        guest,
        "nic",
        nic.name());
    return Optional.empty();
  }
}
