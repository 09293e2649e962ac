package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Disk.FileDisk;
import org.quattor.ncm.xen.model.Disk.LvmDisk;
import org.quattor.ncm.xen.model.Disk.PhyDisk;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.observe.Backing;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Reading;

/**
 * Plans the disks of guests: makes what is missing and may be made, extends what is to grow, and
 * holds a guest back whose disks are not as they should be. No action shrinks, replaces or removes.
 */
final class StoragePlanner {

  private final boolean createFilesystems;
  private final Observation host;
  private final Draft draft;
  private final LvmPlanner lvm;
  private final ImagePlanner images;

  StoragePlanner(Iterable<Guest> guests, boolean createFilesystems, Observation host, Draft draft) {
    this.createFilesystems = createFilesystems;
    this.host = host;
    this.draft = draft;
    this.lvm = new LvmPlanner(guests, createFilesystems, host, draft);
    this.images = new ImagePlanner(host, draft);
  }

  /** Returns the ids of the actions that a start of the guest has to wait for. */
  ImmutableList<String> plan(Guest guest) {
    ImmutableList.Builder<String> needed = ImmutableList.builder();
    for (Disk disk : guest.options().allDisks()) {
      needed.addAll(disk.accept(new OneDisk(guest)));
      inUse(guest, disk);
    }
    return needed.build();
  }

  private final class OneDisk implements Disk.Visitor<ImmutableList<String>> {
    private final Guest guest;

    OneDisk(Guest guest) {
      this.guest = guest;
    }

    @Override
    public ImmutableList<String> lvm(LvmDisk disk) {
      return lvm.plan(guest, disk, disk.common().mayCreate(createFilesystems));
    }

    @Override
    public ImmutableList<String> file(FileDisk disk) {
      return images.plan(guest, disk, disk.common().mayCreate(createFilesystems));
    }

    @Override
    public ImmutableList<String> phy(PhyDisk disk) {
      return device(guest, disk);
    }
  }

  private ImmutableList<String> device(Guest guest, PhyDisk disk) {
    Reading<Backing> reading = host.backings().get(disk.device());
    String path = disk.common().path();
    if (!(reading instanceof Reading.Known<Backing> known)) {
      draft.incomplete();
      String why = reading == null ? "the device was not looked at" : reading.whyUnknown();
      draft.holdBack(guest, "XEN310", path, why, "a block device", "");
      return ImmutableList.of();
    }
    ImmutableList<String> made = lvm.making(disk.device());
    if (!made.isEmpty()) {
      return made;
    }
    Backing backing = known.value();
    switch (backing.entry().kind()) {
      case BLOCK_DEVICE -> {}
      case MISSING, FILE, DIRECTORY, LINK, OTHER ->
          draft.holdBack(
              guest,
              "XEN311",
              path,
              disk.device() + " is " + backing.entry().kind().text(),
              "a block device",
              "a disk of type phy is never made; for an image use type file");
    }
    return ImmutableList.of();
  }

  /** A running guest is a user itself; it is asked about only before a start. */
  private void inUse(Guest guest, Disk disk) {
    Reading<Backing> reading = host.backings().get(disk.backing());
    if (reading instanceof Reading.Known<Backing> known
        && !known.value().users().isEmpty()
        && host.domain(guest.options().name()).isEmpty()) {
      draft.holdBack(
          guest,
          "XEN312",
          disk.common().path(),
          disk.backing() + " is in use in dom0: " + String.join(", ", known.value().users()),
          "a disk that dom0 does not use",
          "two systems that write to one file system destroy it");
    }
  }
}
