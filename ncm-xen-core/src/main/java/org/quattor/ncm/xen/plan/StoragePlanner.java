package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Disk.FileDisk;
import org.quattor.ncm.xen.model.Disk.LvmDisk;
import org.quattor.ncm.xen.model.Disk.PhyDisk;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.observe.Backing;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observed;

/**
 * Plans the disks of guests: creates what is missing, extends what is to grow, and holds a guest
 * back whose disks are not as declared. No action shrinks, replaces or removes.
 */
final class StoragePlanner {

  /**
   * What becomes of the disks of a guest.
   *
   * @param actions ids of the actions that a start of the guest has to wait for
   * @param complete whether all disks that ncm-xen could make are there after those actions
   */
  record Disks(ImmutableList<String> actions, boolean complete) {}

  private final DesiredState desired;
  private final boolean createFilesystems;
  private final Observation host;
  private final PlanBuilder builder;
  private final DiskUsers users;
  private final LvmPlanner lvm;
  private final ImagePlanner images;
  private final SharedBackings shared;

  /** The guest of this host that a disk is of first, by the backing of the disk. */
  private final Map<String, Owner> owners = new HashMap<>();

  StoragePlanner(
      DesiredState desired,
      Observation host,
      PlanBuilder builder,
      List<Guest> all,
      DiskUsers users,
      EarlierDisks earlier) {
    ImmutableList<Guest> guests =
        all.stream()
            .filter(guest -> desired.otherHost(guest).isEmpty())
            .collect(ImmutableList.toImmutableList());
    this.desired = desired;
    this.createFilesystems = desired.configuration().createFilesystems();
    this.host = host;
    this.builder = builder;
    this.users = users;
    this.lvm = new LvmPlanner(host, builder, guests, createFilesystems, users, earlier);
    this.images = new ImagePlanner(host, builder, users, earlier);
    this.shared = new SharedBackings(desired, host, builder);
    for (Guest guest : guests) {
      for (Disk disk : guest.options().allDisks()) {
        if (!(disk instanceof PhyDisk)) {
          owners.putIfAbsent(disk.backing(), new Owner(guest, disk));
        }
      }
    }
  }

  private record Owner(Guest guest, Disk disk) {}

  /** Plans the disks of a guest. */
  Disks plan(Guest guest) {
    if (desired.otherHost(guest).isPresent()) {
      return elsewhere(guest);
    }
    ImmutableList.Builder<String> needed = ImmutableList.builder();
    boolean complete = true;
    for (Disk disk : guest.options().allDisks()) {
      ImmutableList<String> actions = disk.accept(new OneDisk(guest));
      needed.addAll(actions);
      complete &= disk instanceof PhyDisk || !actions.isEmpty() || isThere(disk);
      inUse(guest, disk);
    }
    shared.check(guest);
    return new Disks(needed.build(), complete);
  }

  /**
   * Leaves the disks alone, but for those that a guest of this host has as well: the other host may
   * create them now, or run the guest on them.
   */
  private Disks elsewhere(Guest guest) {
    ImmutableList.Builder<String> needed = ImmutableList.builder();
    boolean complete = true;
    for (Disk disk : guest.options().allDisks()) {
      Owner owner = owners.get(disk.backing());
      ImmutableList<String> actions =
          owner == null ? ImmutableList.of() : owner.disk().accept(new OneDisk(owner.guest()));
      needed.addAll(actions);
      complete &= disk instanceof PhyDisk || !actions.isEmpty() || isThere(disk);
    }
    return new Disks(needed.build(), complete);
  }

  private boolean isThere(Disk disk) {
    return host.storage().backing(disk.backing()) instanceof Observed.Known<Backing> known
        && known.value().entry().exists();
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
    Observed<Backing> reading = host.storage().backing(disk.device());
    String path = disk.common().path();
    if (!(reading instanceof Observed.Known<Backing> known)) {
      builder.incomplete();
      builder.holdBack(guest, "XEN310", path, "reason", reading.whyUnknown());
      return ImmutableList.of();
    }
    Owner owner = owners.get(disk.device());
    ImmutableList<String> made =
        owner != null && owner.disk() instanceof LvmDisk volume
            ? lvm.plan(owner.guest(), volume)
            : ImmutableList.of();
    if (!made.isEmpty()) {
      return made;
    }
    Backing backing = known.value();
    switch (backing.entry().kind()) {
      case BLOCK_DEVICE -> {}
      case MISSING, FILE, DIRECTORY, LINK, OTHER ->
          builder.holdBack(
              guest,
              "XEN311",
              path,
              "device",
              disk.device(),
              "kind",
              PlanBuilder.kind(backing.entry()));
    }
    return ImmutableList.of();
  }

  /** A running guest is a user itself, so it is asked about only before a start. */
  private void inUse(Guest guest, Disk disk) {
    if (!host.mayHaveDomain(guest.options().name())) {
      users.report(guest, disk);
    }
  }
}
