package org.quattor.ncm.xen.rules;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Disk.Access;
import org.quattor.ncm.xen.model.Disk.LvmDisk;
import org.quattor.ncm.xen.model.DiskName;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.MacAddress;
import org.quattor.ncm.xen.model.Vif;
import org.quattor.ncm.xen.model.XenConfiguration;

/** What two guests of a host must not have in common. */
final class DuplicateResources {

  private final Findings findings;
  private final DiskUses<Disk> writers = new DiskUses<>();
  private final DiskUses<Disk> users = new DiskUses<>();
  private final Uses<MacAddress> macs = new Uses<>();
  private final Uses<String> uuids = new Uses<>();
  private final Map<String, String> groupDevices = new HashMap<>();
  private final DiskUses<LvmDisk> groups = new DiskUses<>();

  private DuplicateResources(Findings findings) {
    this.findings = findings;
  }

  static void check(XenConfiguration configuration, Findings findings) {
    DuplicateResources shared = new DuplicateResources(findings);
    for (Guest guest : configuration.guests().values()) {
      guest.options().allDisks().forEach(shared::disk);
      guest.options().allVifs().forEach(shared::mac);
      shared.uuid(guest);
    }
    for (Guest guest : configuration.guests().values()) {
      guest.options().allDisks().forEach(shared::onGroupDevice);
    }
  }

  /** Two readers are fine, and two {@code w!} are; anything else that writes must be alone. */
  private void disk(Disk disk) {
    DiskName identity = DiskName.of(disk);
    boolean writes = disk.common().access().writable();
    Disk other = (writes ? users : writers).find(identity).orElse(null);
    if (other != null && !(shared(disk) && shared(other))) {
      findings.add(
          "XEN107",
          disk.common().path(),
          "backing",
          disk.backing(),
          "other",
          other.common().path(),
          "alias",
          Optional.of(other.backing()).filter(alias -> !alias.equals(disk.backing())));
    }
    users.add(identity, disk);
    if (writes) {
      writers.add(identity, disk);
    }
    if (disk instanceof LvmDisk lvm) {
      groupDevice(lvm);
    }
  }

  /** Asked when all groups are known: what is on the device of one belongs to its volumes. */
  private void onGroupDevice(Disk disk) {
    groups
        .find(DiskName.of(disk))
        .ifPresent(
            group ->
                findings.add(
                    "XEN138",
                    disk.common().path(),
                    "backing",
                    disk.backing(),
                    "group",
                    group.group(),
                    "owner",
                    group.common().path()));
  }

  private static boolean shared(Disk disk) {
    return disk.common().access() == Access.SHARED_WRITE;
  }

  private void groupDevice(LvmDisk disk) {
    String device = disk.groupDevice();
    if (device == null) {
      return;
    }
    DiskName identity = DiskName.of(device);
    LvmDisk other = groups.find(identity).orElse(disk);
    if (!other.group().equals(disk.group())) {
      findings.add(
          "XEN138.second-group",
          disk.common().path() + "/path",
          "device",
          device,
          "group",
          other.group(),
          "owner",
          other.common().path());
    }
    groups.add(identity, disk);
    String first = groupDevices.putIfAbsent(disk.group(), device);
    if (first != null && !DiskName.of(first).equals(identity)) {
      findings.add(
          "XEN119",
          disk.common().path() + "/path",
          "group",
          disk.group(),
          "first",
          first,
          "device",
          device);
    }
  }

  private void mac(Vif vif) {
    vif.mac().ifPresent(mac -> mac(mac, vif.path()));
  }

  private void mac(MacAddress mac, String path) {
    if (mac.isMulticast()) {
      findings.add("XEN111", path, "mac", mac);
    }
    macs.add(mac, path)
        .ifPresent(first -> findings.add("XEN113", path, "mac", mac, "first", first));
  }

  private void uuid(Guest guest) {
    String uuid = guest.options().uuid();
    if (uuid != null) {
      String path = guest.path() + "/options/uuid";
      uuids
          .add(uuid, path)
          .ifPresent(first -> findings.add("XEN115", path, "uuid", uuid, "first", first));
    }
  }
}
