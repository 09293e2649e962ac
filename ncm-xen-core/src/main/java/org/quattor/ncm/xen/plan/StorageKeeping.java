package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.quattor.ncm.xen.finding.XenPaths;
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Disk.LvmDisk;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.GuestOptions;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.plan.FileAction.RemoveFile;

/**
 * What earlier runs left: temporary files, which are removed, and disks that no guest has any more,
 * which are named and never removed.
 */
final class StorageKeeping {

  private final DesiredState desired;
  private final Observation host;
  private final PlanBuilder builder;

  StorageKeeping(DesiredState desired, Observation host, PlanBuilder builder) {
    this.desired = desired;
    this.host = host;
    this.builder = builder;
  }

  /** Comes before everything else, since such a file may hold the space that an image needs. */
  void removeLeftovers() {
    for (String path : host.storage().leftovers().keySet()) {
      builder.add(new RemoveFile(Step.of("", Reason.LEFTOVER), path));
    }
    if (!host.storage().doubtfulLeftovers().isEmpty()) {
      builder.report(
          "XEN374", XenPaths.DOMAINS, "doubtfulLeftovers", host.storage().doubtfulLeftovers());
    }
  }

  void nameOrphans() {
    Set<String> named = new HashSet<>();
    for (Guest guest : desired.declared().values()) {
      GuestOptions install = guest.installOptions();
      List<Disk> disks = new ArrayList<>(guest.options().allDisks());
      disks.addAll(install == null ? List.of() : install.allDisks());
      for (Disk disk : disks) {
        named.add(disk.backing());
        if (disk instanceof LvmDisk volume) {
          named.add(volume.group() + "/" + volume.volume());
        }
      }
    }
    List<String> orphans = new ArrayList<>();
    // What cannot be read is not named: nothing is done about what is.
    host.lvm().fold(VolumeGroups::ours, why -> ImmutableList.<String>of()).stream()
        .filter(volume -> !named.contains(volume) && !named.contains("/dev/" + volume))
        .forEach(volume -> orphans.add("volume " + volume));
    host.storage().markedImages().stream()
        .filter(image -> !named.contains(image))
        .forEach(image -> orphans.add("image " + image));
    if (!orphans.isEmpty()) {
      builder.report(
          "XEN319",
          XenPaths.DOMAINS,
          "orphans",
          orphans.stream().collect(Collectors.joining(", ")));
    }
  }
}
