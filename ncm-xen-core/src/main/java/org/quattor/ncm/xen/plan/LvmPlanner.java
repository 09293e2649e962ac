package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.HostVolumes;
import org.quattor.ncm.xen.host.LvmInventory;
import org.quattor.ncm.xen.host.NewFilesystem;
import org.quattor.ncm.xen.model.Disk.LvmDisk;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.VolumeTags;
import org.quattor.ncm.xen.observe.Backing;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observed;
import org.quattor.ncm.xen.plan.StorageAction.CreateVolume;
import org.quattor.ncm.xen.plan.StorageAction.ExtendVolume;
import org.quattor.ncm.xen.plan.StorageAction.FinishVolume;
import org.quattor.ncm.xen.plan.StorageAction.MakeFilesystem;

/** Plans logical volumes and the file systems in them. */
final class LvmPlanner {

  private final Observation host;
  private final PlanBuilder builder;
  private final boolean createFilesystems;
  private final VolumeGroups groups;
  private final DiskUsers users;
  private final EarlierDisks earlier;

  /**
   * The ids of the actions for a disk by its Pan path, and for a volume by its path in {@code /dev}
   * when there are any: those are planned once for all its guests.
   */
  private final Map<String, ImmutableList<String>> planned = new HashMap<>();

  LvmPlanner(
      Observation host,
      PlanBuilder builder,
      List<Guest> guests,
      boolean createFilesystems,
      DiskUsers users,
      EarlierDisks earlier) {
    this.host = host;
    this.builder = builder;
    this.createFilesystems = createFilesystems;
    this.users = users;
    this.earlier = earlier;
    this.groups = new VolumeGroups(host, builder, guests, createFilesystems, users);
  }

  ImmutableList<String> plan(Guest guest, LvmDisk disk) {
    String path = disk.common().path();
    ImmutableList<String> known = planned.getOrDefault(disk.backing(), planned.get(path));
    if (known != null) {
      return known;
    }
    ImmutableList<String> ids = planFirst(guest, disk);
    planned.put(path, ids);
    if (!ids.isEmpty()) {
      planned.put(disk.backing(), ids);
    }
    return ids;
  }

  private ImmutableList<String> planFirst(Guest guest, LvmDisk disk) {
    if (!(host.lvm() instanceof Observed.Known<LvmInventory> known)) {
      builder.incomplete();
      builder.holdBack(guest, "XEN320", disk.common().path(), "reason", host.lvm().whyUnknown());
      return ImmutableList.of();
    }
    LvmInventory lvm = known.value();
    Optional<LvmInventory.Volume> volume = lvm.volume(disk.group(), disk.volume());
    return volume.isPresent()
        ? existing(guest, disk, volume.get())
        : missing(guest, disk, lvm.group(disk.group()).isPresent());
  }

  private ImmutableList<String> missing(Guest guest, LvmDisk disk, boolean groupIsThere) {
    if (earlier.had(guest, disk, "logical volume " + name(disk))) {
      return ImmutableList.of();
    }
    Long sizeMib = disk.common().sizeMib();
    if (!disk.common().mayCreate(createFilesystems)) {
      if (groupIsThere) {
        builder.holdBack(guest, "XEN313.volume", disk.common().path(), "volume", name(disk));
      } else {
        builder.holdBack(guest, "XEN313.group", disk.common().path(), "group", disk.group());
      }
      return ImmutableList.of();
    }
    if (sizeMib == null || sizeMib > Size.MAX_MIB) {
      builder.holdBack(
          guest,
          "XEN323",
          disk.common().path(),
          "disk",
          "logical volume " + name(disk),
          "size",
          Optional.ofNullable(sizeMib));
      return ImmutableList.of();
    }
    if (!canFormat(guest, disk)) {
      return ImmutableList.of();
    }
    long bytes = sizeMib * Size.MIB;
    Optional<ImmutableList<String>> group = groups.room(guest, disk, bytes);
    if (group.isEmpty()) {
      return ImmutableList.of();
    }
    NewFilesystem filesystem = disk.filesystem();
    Step step = Step.of(guest.key(), Reason.MISSING);
    String created =
        builder.add(
            new CreateVolume(
                step.after(group.get()), disk.group(), disk.volume(), bytes, filesystem != null));
    ImmutableList<String> ids =
        ImmutableList.<String>builder().addAll(group.get()).add(created).build();
    return filesystem == null ? ids : formatted(step, disk, filesystem, ids);
  }

  private ImmutableList<String> formatted(
      Step step, LvmDisk disk, NewFilesystem filesystem, ImmutableList<String> after) {
    String id =
        builder.add(
            new MakeFilesystem(
                step.after(after), disk.group(), disk.volume(), disk.backing(), filesystem));
    return ImmutableList.<String>builder().addAll(after).add(id).build();
  }

  private boolean canFormat(Guest guest, LvmDisk disk) {
    return MissingPrograms.none(guest, disk.common(), disk.filesystem(), host, builder);
  }

  private ImmutableList<String> existing(Guest guest, LvmDisk disk, LvmInventory.Volume volume) {
    if (!isActive(guest, disk)) {
      return ImmutableList.of();
    }
    ImmutableList<String> extended = size(guest, disk, volume);
    return volume.tags().contains(HostVolumes.UNFINISHED)
            || host.files().containsKey(VolumeTags.note(disk.group(), disk.volume()))
        ? unfinished(guest, disk, volume, extended)
        : extended;
  }

  private boolean isActive(Guest guest, LvmDisk disk) {
    String path = disk.common().path();
    Observed<Backing> reading = host.storage().backing(disk.backing());
    if (!(reading instanceof Observed.Known<Backing> known)) {
      builder.incomplete();
      builder.holdBack(guest, "XEN310", path, "reason", reading.whyUnknown());
      return false;
    }
    Kind kind = known.value().entry().kind();
    switch (kind) {
      case BLOCK_DEVICE -> {
        return true;
      }
      case MISSING ->
          builder.holdBack(guest, "XEN327", path, "volume", name(disk), "device", disk.backing());
      case FILE, DIRECTORY, LINK, OTHER ->
          builder.holdBack(
              guest,
              "XEN311.volume",
              path,
              "device",
              disk.backing(),
              "kind",
              kind.text(),
              "volume",
              name(disk));
    }
    return false;
  }

  private ImmutableList<String> size(Guest guest, LvmDisk disk, LvmInventory.Volume volume) {
    Long sizeMib = disk.common().sizeMib();
    if (sizeMib == null || sizeMib > Size.MAX_MIB) {
      return ImmutableList.of();
    }
    String path = disk.common().path() + "/size";
    long declared = groups.roundUp(disk, sizeMib * Size.MIB);
    String actual = Size.text(volume.sizeBytes());
    String wanted = Size.text(declared);
    if (volume.sizeBytes() > declared) {
      builder.report("XEN325", path, "disk", name(disk), "actual", actual, "declared", wanted);
    } else if (volume.sizeBytes() < declared && !disk.common().grow()) {
      builder.report("XEN326", path, "volume", name(disk), "actual", actual, "declared", wanted);
    } else if (volume.sizeBytes() < declared
        && users.isFree(guest, disk)
        && groups.take(guest, disk, declared - volume.sizeBytes())) {
      return ImmutableList.of(
          builder.add(
              new ExtendVolume(
                  Step.of(guest.key(), Reason.SMALLER).with(impact(guest)),
                  disk.group(),
                  disk.volume(),
                  guest.options().name(),
                  volume.sizeBytes(),
                  declared)));
    }
    return ImmutableList.of();
  }

  /** A running guest sees the new size without a restart: {@code xl-disk-configuration(5)}. */
  private Impact impact(Guest guest) {
    return host.mayHaveDomain(guest.options().name()) ? Impact.LIVE : Impact.NONE;
  }

  /** When that is unknown, the question who uses the disk says so. */
  private boolean runs(Guest guest) {
    return host.domain(guest.options().name()).fold(Optional::isPresent, why -> false);
  }

  /** A run ended before the volume was complete, and a guest may have used it since. */
  private ImmutableList<String> unfinished(
      Guest guest, LvmDisk disk, LvmInventory.Volume volume, ImmutableList<String> extended) {
    NewFilesystem filesystem = disk.filesystem();
    if (staysUnfinished(guest, disk, volume)) {
      return extended;
    }
    if (!users.isFree(guest, disk) || !canFormat(guest, disk)) {
      return extended;
    }
    if (filesystem == null) {
      String finished =
          builder.add(
              new FinishVolume(
                  Step.of(guest.key(), Reason.UNFINISHED).after(extended),
                  disk.group(),
                  disk.volume(),
                  disk.backing(),
                  guest.options().name()));
      return ImmutableList.<String>builder().addAll(extended).add(finished).build();
    }
    return formatted(Step.of(guest.key(), Reason.UNFINISHED), disk, filesystem, extended);
  }

  /** Returns whether only an administrator can say what is in the volume; holds the guest back. */
  private boolean staysUnfinished(Guest guest, LvmDisk disk, LvmInventory.Volume volume) {
    String path = disk.common().path();
    String name = name(disk);
    String settled = VolumeTags.settled(disk.group(), disk.volume());
    String tag = HostVolumes.UNFINISHED;
    if (!disk.common().mayCreate(createFilesystems)) {
      builder.holdBack(guest, "XEN317", path, "volume", name, "tag", tag, "settled", settled);
    } else if (!volume.tags().contains(HostVolumes.MARK)) {
      String ours = HostVolumes.MARK;
      builder.holdBack(
          guest, "XEN317.untagged", path, "volume", name, "ours", ours, "settled", settled);
    } else if (disk.filesystem() != null && runs(guest)) {
      // Without a file system ncm-xen writes nothing to it.
      String domain = guest.options().name();
      builder.holdBack(
          guest,
          "XEN317.in-use",
          path,
          "volume",
          name,
          "domain",
          domain,
          "tag",
          tag,
          "settled",
          settled);
    } else {
      return false;
    }
    return true;
  }

  private static String name(LvmDisk disk) {
    return disk.group() + "/" + disk.volume();
  }
}
