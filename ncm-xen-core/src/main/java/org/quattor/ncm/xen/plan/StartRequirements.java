package org.quattor.ncm.xen.plan;

import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Guest;

/**
 * What a start needs, of an absent guest as of one that is to be restarted: the files that it boots
 * from, its disks for itself, and its bridges. Whatever is missing holds the guest back.
 */
final class StartRequirements {

  private final BootFiles bootFiles;
  private final DiskUsers users;
  private final NetworkPlanner network;

  StartRequirements(BootFiles bootFiles, DiskUsers users, NetworkPlanner network) {
    this.bootFiles = bootFiles;
    this.users = users;
    this.network = network;
  }

  /** Holds the guest back when it could not be started. */
  void require(Guest guest) {
    bootFiles.require(guest);
    requireDevices(guest);
  }

  /** Holds the guest back when it could not be started again after it was shut down. */
  void requireRestart(Guest guest) {
    bootFiles.requireAll(guest);
    requireDevices(guest);
  }

  /** Holds the guest back when its devices could not be attached while it runs. */
  void requireDevices(Guest guest) {
    for (Disk disk : guest.options().allDisks()) {
      users.isFree(guest, disk);
    }
    network.requireBridges(guest);
  }
}
