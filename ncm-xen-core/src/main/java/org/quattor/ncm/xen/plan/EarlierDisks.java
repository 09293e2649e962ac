package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.guestfile.FileOrigin;
import org.quattor.ncm.xen.guestfile.GuestFile;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.DiskName;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.observe.ConfigurationFile;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observed;
import org.quattor.ncm.xen.observe.Observer;
import org.quattor.ncm.xen.observe.Storage;

/**
 * Tells a disk that never existed from one that a guest had and that is gone: its file system is
 * not mounted, its volume group not activated. A guest file names only disks that existed when it
 * was written, so a disk that it names is not new.
 */
final class EarlierDisks {

  private final DesiredState desired;
  private final Observation host;
  private final PlanBuilder builder;
  private final GuestTexts texts;

  /**
   * What guest files name that describe themselves, by their names; read when a disk is missing.
   */
  private @Nullable ImmutableMap<String, ImmutableSet<String>> targets;

  private @Nullable ImmutableSet<String> witnesses;

  EarlierDisks(DesiredState desired, Observation host, PlanBuilder builder, GuestTexts texts) {
    this.host = host;
    this.builder = builder;
    this.texts = texts;
    this.desired = desired;
  }

  /**
   * Returns whether the guest had the missing disk; holds it back then.
   *
   * @param shown the disk for people, such as {@code image file /srv/web.img}
   */
  boolean had(Guest guest, Disk disk, String shown) {
    return fileMayName(guest, disk, shown)
        || domainMayUse(guest, disk, shown)
        || witnesses(disk)
            .findFirst()
            .filter(name -> isNamed(guest, disk, shown, path(name)))
            .isPresent();
  }

  private boolean isNamed(Guest guest, Disk disk, String shown, String file) {
    builder.holdBack(
        guest,
        "XEN336",
        disk.common().path(),
        "disk",
        shown,
        "file",
        file,
        "directory",
        Observer.FOLDER);
    return true;
  }

  /**
   * Returns whether the file, by its name, is the last trace of a missing disk; reports then that
   * it stays as it is, because the next run would take that disk for a new one.
   */
  boolean keeps(String file) {
    ImmutableSet<String> all = witnesses;
    if (all == null) {
      all = witnesses();
      witnesses = all;
    }
    boolean keeps = all.contains(file);
    if (keeps) {
      builder.report("XEN337", path(file));
    }
    return keeps;
  }

  private ImmutableSet<String> witnesses() {
    return desired.declared().values().stream()
        .flatMap(guest -> guest.options().allDisks().stream())
        .filter(this::isMissing)
        .flatMap(disk -> witnesses(disk))
        .collect(ImmutableSet.toImmutableSet());
  }

  /** A volume that LVM does not have is not looked at; a device is never made. */
  private boolean isMissing(Disk disk) {
    Storage storage = host.storage();
    return !(disk instanceof Disk.PhyDisk)
        && (!storage.backings().containsKey(disk.backing())
            || storage
                .backing(disk.backing())
                .fold(backing -> !backing.entry().exists(), why -> false));
  }

  private boolean fileMayName(Guest guest, Disk disk, String shown) {
    ConfigurationFile there = host.files().get(guest.key());
    if (there == null || !there.entry().exists()) {
      return false;
    }
    // What is read of a link, or of a file that is too large, is not its text.
    Optional<ImmutableSet<String>> targets =
        there.entry().kind() != FileEntry.Kind.FILE
                || (there.text().isEmpty() && there.entry().sizeBytes() > 0)
            ? Optional.empty()
            : texts.targets(there.text());
    if (targets.isEmpty()) {
      builder.holdBack(
          guest,
          "XEN336.unreadable",
          disk.common().path(),
          "disk",
          shown,
          "file",
          path(guest.key()),
          "directory",
          Observer.FOLDER);
      return true;
    }
    return names(targets.get(), disk) && isNamed(guest, disk, shown, path(guest.key()));
  }

  /** A domain of which nothing is known may also be another one under the name of the guest. */
  private boolean domainMayUse(Guest guest, Disk disk, String shown) {
    String name = guest.options().name();
    String path = disk.common().path();
    String toolstack = host.toolstack().command();
    if (!host.domain(name).fold(Optional::isPresent, why -> false)) {
      return false;
    }
    if (!(host.configuration(name) instanceof Observed.Known<DomainConfiguration> running)) {
      builder.holdBack(
          guest,
          "XEN336.undescribed",
          path,
          "disk",
          shown,
          "domain",
          name,
          "reason",
          host.configuration(name).whyUnknown(),
          "toolstack",
          toolstack);
      return true;
    }
    boolean uses = running.value().disks().stream().anyMatch(each -> isThat(each.target(), disk));
    if (uses) {
      builder.holdBack(
          guest, "XEN336.running", path, "disk", shown, "domain", name, "toolstack", toolstack);
    }
    return uses;
  }

  /**
   * Returns the files that name a disk: it may have been another guest's, or this guest had another
   * name. A copy describes a guest of another name than its own, and proves nothing.
   */
  private Stream<String> witnesses(Disk disk) {
    ImmutableMap<String, ImmutableSet<String>> all = targets;
    if (all == null) {
      all = targets();
      targets = all;
    }
    return all.entrySet().stream()
        .filter(file -> names(file.getValue(), disk))
        .map(Map.Entry::getKey);
  }

  private ImmutableMap<String, ImmutableSet<String>> targets() {
    ImmutableMap.Builder<String, ImmutableSet<String>> all = ImmutableMap.builder();
    for (Map.Entry<String, ConfigurationFile> entry : host.files().entrySet()) {
      String name = entry.getKey();
      String text = entry.getValue().text();
      Optional<GuestFile> reading = text.isEmpty() ? Optional.empty() : texts.readingOfEither(text);
      boolean itself =
          FileOrigin.of(name, text) == FileOrigin.OURS
              || reading.flatMap(GuestFile::name).filter(name::equals).isPresent();
      if (reading.isPresent() && itself) {
        all.put(name, GuestTexts.targets(reading.get()));
      }
    }
    return all.buildOrThrow();
  }

  private static boolean names(Set<String> targets, Disk disk) {
    return targets.stream().anyMatch(target -> isThat(target, disk));
  }

  private static boolean isThat(String target, Disk disk) {
    return DiskName.of(target).equals(DiskName.of(disk));
  }

  private static String path(String file) {
    return Observer.FOLDER + "/" + file;
  }
}
