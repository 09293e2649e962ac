package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
 * which are reported and never removed.
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

  /** Comes before everything else, because such a file may take the space that an image needs. */
  void removeLeftovers() {
    for (String path : host.storage().leftovers().keySet()) {
      builder.add(new RemoveFile(Step.of("", Reason.LEFTOVER), path));
    }
    if (!host.storage().doubtfulLeftovers().isEmpty()) {
      builder.report("XEN374", XenPaths.DOMAINS, "files", host.storage().doubtfulLeftovers());
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
    // What cannot be read is not named: nothing is done about what is.
    List<String> volumes =
        host.lvm().fold(VolumeGroups::ours, why -> ImmutableList.<String>of()).stream()
            .filter(volume -> !named.contains(volume) && !named.contains("/dev/" + volume))
            .toList();
    List<String> images =
        host.storage().markedImages().stream().filter(image -> !named.contains(image)).toList();
    if (!volumes.isEmpty() || !images.isEmpty()) {
      builder.report("XEN319", XenPaths.DOMAINS, "volumes", volumes, "images", images);
    }
  }
}
