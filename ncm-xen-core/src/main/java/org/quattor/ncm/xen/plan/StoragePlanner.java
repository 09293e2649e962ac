package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Disk.Access;
import org.quattor.ncm.xen.model.Disk.FileDisk;
import org.quattor.ncm.xen.model.Disk.LvmDisk;
import org.quattor.ncm.xen.model.Disk.PhyDisk;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.observe.Backing;
import org.quattor.ncm.xen.observe.DomainDisk;
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
  private final SharedBackings shared;

  /** The guest and the disk that a path in {@code /dev} is a logical volume of. */
  private final Map<String, Owner> owners = new HashMap<>();

  StoragePlanner(boolean createFilesystems, Observation host, Draft draft, List<Guest> guests) {
    this.createFilesystems = createFilesystems;
    this.host = host;
    this.draft = draft;
    this.lvm = new LvmPlanner(host, draft, guests, createFilesystems);
    this.images = new ImagePlanner(host, draft);
    this.shared = new SharedBackings(host, draft);
    for (Guest guest : guests) {
      for (Disk disk : guest.options().allDisks()) {
        if (disk instanceof LvmDisk volume) {
          owners.putIfAbsent(volume.backing(), new Owner(guest, volume));
        }
      }
    }
  }

  private record Owner(Guest guest, LvmDisk disk) {}

  /** Returns the ids of the actions that a start of the guest has to wait for. */
  ImmutableList<String> plan(Guest guest) {
    ImmutableList.Builder<String> needed = ImmutableList.builder();
    for (Disk disk : guest.options().allDisks()) {
      needed.addAll(disk.accept(new OneDisk(guest)));
      inUse(guest, disk);
      shared.add(guest, disk);
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
      return lvm.plan(guest, disk);
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
    Reading<Backing> reading = host.storage().backings().get(disk.device());
    String path = disk.common().path();
    if (!(reading instanceof Reading.Known<Backing> known)) {
      draft.incomplete();
      String why = reading == null ? "the device was not looked at" : reading.whyUnknown();
      draft.holdBack(guest, "XEN310", path, why, "a block device", "");
      return ImmutableList.of();
    }
    Owner owner = owners.get(disk.device());
    ImmutableList<String> made =
        owner == null ? ImmutableList.of() : lvm.plan(owner.guest(), owner.disk());
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

  /**
   * A running guest is a user itself, so it is asked about only before a start, and not at all when
   * it is not known what runs.
   */
  private void inUse(Guest guest, Disk disk) {
    boolean runsOrMayRun =
        host.domain(guest.options().name()).isPresent()
            || (host.facts().dom0() && host.domains().known().isEmpty());
    Reading<Backing> reading = host.storage().backings().get(disk.backing());
    if (runsOrMayRun || !(reading instanceof Reading.Known<Backing> known)) {
      return;
    }
    if (!known.value().users().isEmpty()) {
      draft.holdBack(
          guest,
          "XEN312",
          disk.common().path(),
          disk.backing() + " is in use in dom0: " + String.join(", ", known.value().users()),
          "a disk that dom0 does not use",
          "two systems that write to one file system destroy it");
    }
    for (DomainDisk used : host.storage().domainDisks()) {
      if (isSame(used, disk, known.value()) && collides(used, disk)) {
        draft.holdBack(
            guest,
            "XEN315",
            disk.common().path(),
            disk.backing()
                + (used.target().equals(disk.backing()) ? "" : ", as " + used.target() + ",")
                + " is a disk of the running domain "
                + used.domain()
                + (used.writable() ? ", which may write to it" : ", which reads it"),
            "a disk that nobody else writes to",
            "two systems that write to one file system destroy it");
      }
    }
  }

  private static boolean isSame(DomainDisk used, Disk disk, Backing backing) {
    return used.target().equals(disk.backing())
        || (!backing.identity().isEmpty() && used.identity().equals(backing.identity()));
  }

  /** Two readers are fine; {@code w!} is the explicit wish to share. */
  private static boolean collides(DomainDisk used, Disk disk) {
    return disk.common().access() != Access.SHARED_WRITE
        && (used.writable() || disk.common().access().writable());
  }
}
