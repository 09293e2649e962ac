package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.observe.ConfigurationFile;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observer;

/**
 * Tells a disk that was never made from one that a guest had and that is gone: its file system is
 * not mounted, its volume group not activated. A guest file names only disks that were there when
 * it was written, so one that it names is not new.
 */
final class EarlierDisks {

  private final Observation host;
  private final Draft draft;
  private final GuestTexts texts;

  EarlierDisks(Observation host, Draft draft, GuestTexts texts) {
    this.host = host;
    this.draft = draft;
    this.texts = texts;
  }

  /**
   * Returns whether the guest had the missing disk; holds it back then.
   *
   * @param what the disk for people, such as {@code image /srv/web.img}
   */
  boolean had(Guest guest, Disk disk, String what) {
    String witness = witness(guest, disk);
    if (witness.isEmpty()) {
      return false;
    }
    draft.holdBack(
        guest,
        "XEN336",
        disk.common().path(),
        what + " is missing, but " + witness,
        "the disk that the guest had",
        "mount its file system or activate its volume group; if the disk is gone for good, move "
            + file(guest)
            + " away, and the next run makes a new one");
    return true;
  }

  private String witness(Guest guest, Disk disk) {
    ConfigurationFile there = host.files().get(guest.key());
    if (there != null && there.entry().kind() == FileEntry.Kind.FILE) {
      Optional<ImmutableSet<String>> targets = texts.targets(there.text(), guest.key());
      if (targets.isEmpty()) {
        return file(guest) + ", which cannot be read as a guest file, may name it";
      }
      if (targets.get().contains(disk.backing())) {
        return file(guest) + " names it";
      }
    }
    String name = guest.options().name();
    if (!host.domain(name).fold(Optional::isPresent, why -> false)) {
      return "";
    }
    // A domain of which nothing is known may also be another one under the name of the guest.
    return host.configuration(name)
        .fold(
            domain ->
                domain.disks().stream()
                        .map(DomainConfiguration.Disk::target)
                        .anyMatch(disk.backing()::equals)
                    ? "the running domain " + name + " has it"
                    : "",
            why -> "domain " + name + " runs and may have it: " + why);
  }

  private static String file(Guest guest) {
    return Observer.FOLDER + "/" + guest.key();
  }
}
