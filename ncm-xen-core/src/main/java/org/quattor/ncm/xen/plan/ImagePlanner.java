package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.xen.host.Allocation;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.host.NewImage;
import org.quattor.ncm.xen.model.Disk.FileDisk;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.observe.Backing;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observed;
import org.quattor.ncm.xen.plan.StorageAction.CreateImage;
import org.quattor.ncm.xen.plan.StorageAction.ExtendImage;
import org.quattor.ncm.xen.text.HostPath;

/** Plans image files. */
final class ImagePlanner {

  private final Observation host;
  private final PlanBuilder builder;

  private final DiskUsers users;
  private final EarlierDisks earlier;
  private final ImageSpace space;

  /** The ids of the actions that make or extend an image, by its path; once for all its guests. */
  private final Map<String, ImmutableList<String>> planned = new HashMap<>();

  ImagePlanner(Observation host, PlanBuilder builder, DiskUsers users, EarlierDisks earlier) {
    this.host = host;
    this.builder = builder;
    this.users = users;
    this.earlier = earlier;
    this.space = new ImageSpace(host, builder);
  }

  ImmutableList<String> plan(Guest guest, FileDisk disk, boolean mayCreate) {
    ImmutableList<String> known = planned.get(disk.image());
    if (known != null) {
      return known;
    }
    ImmutableList<String> ids = planFirst(guest, disk, mayCreate);
    if (!ids.isEmpty()) {
      planned.put(disk.image(), ids);
    }
    return ids;
  }

  private ImmutableList<String> planFirst(Guest guest, FileDisk disk, boolean mayCreate) {
    Observed<Backing> reading = host.storage().backing(disk.image());
    String path = disk.common().path();
    if (!(reading instanceof Observed.Known<Backing> known)) {
      builder.incomplete();
      builder.holdBack(guest, "XEN330", path, "reason", reading.whyUnknown());
      return ImmutableList.of();
    }
    Backing backing = known.value();
    return switch (backing.entry().kind()) {
      case MISSING -> missing(guest, disk, mayCreate);
      case FILE -> existing(guest, disk, backing);
      case DIRECTORY, LINK, BLOCK_DEVICE, OTHER -> {
        builder.holdBack(
            guest, "XEN331", path, "image", disk.image(), "kind", backing.entry().kind().text());
        yield ImmutableList.of();
      }
    };
  }

  private ImmutableList<String> missing(Guest guest, FileDisk disk, boolean mayCreate) {
    String path = disk.common().path();
    Long sizeMib = disk.common().sizeMib();
    if (earlier.had(guest, disk, "image file " + disk.image())) {
      return ImmutableList.of();
    }
    if (!mayCreate) {
      builder.holdBack(guest, "XEN313", path, "image", disk.image());
    } else if (sizeMib == null || sizeMib > Size.MAX_MIB) {
      builder.holdBack(
          guest,
          "XEN323",
          path,
          "disk",
          "image file " + disk.image(),
          "size",
          Optional.ofNullable(sizeMib));
    } else if (disk.format() == ImageFormat.QCOW2 && !host.storage().qcow2()) {
      builder.holdBack(guest, "XEN332", path);
    } else if (MissingPrograms.none(guest, disk.common(), disk.filesystem(), host, builder)
        && space.take(guest, disk, sizeMib * Size.MIB, leftover(disk))) {
      return ImmutableList.of(
          builder.add(
              new CreateImage(
                  Step.of(guest.key(), Reason.MISSING),
                  disk.image(),
                  new NewImage(
                      disk.format(), sizeMib * Size.MIB, disk.allocation(), disk.filesystem()))));
    }
    return ImmutableList.of();
  }

  /** The rest of an interrupted run is removed before the image is made anew. */
  private long leftover(FileDisk disk) {
    if (disk.allocation() == Allocation.SPARSE) {
      return 0;
    }
    String beginning = disk.image().substring(0, disk.image().lastIndexOf('/') + 1) + ".";
    String name = HostPath.name(disk.image()) + ".";
    return host.storage().leftovers().entrySet().stream()
        .filter(leftover -> leftover.getKey().startsWith(beginning + name))
        .mapToLong(leftover -> leftover.getValue().sizeBytes())
        .sum();
  }

  private ImmutableList<String> existing(Guest guest, FileDisk disk, Backing backing) {
    String path = disk.common().path();
    if (!(backing.diskBytes() instanceof Observed.Known<Long> known)) {
      builder.holdBack(guest, "XEN334", path, "reason", backing.diskBytes().whyUnknown());
      return ImmutableList.of();
    }
    Long sizeMib = disk.common().sizeMib();
    if (sizeMib == null || sizeMib > Size.MAX_MIB) {
      return ImmutableList.of();
    }
    long declared = sizeMib * Size.MIB;
    long there = known.value();
    String image = disk.image();
    String actual = Size.text(there);
    String wanted = Size.text(declared);
    if (there > declared) {
      builder.report("XEN325", path + "/size", "disk", image, "actual", actual, "declared", wanted);
    } else if (there < declared && disk.common().grow()) {
      if (host.domain(guest.options().name())
          instanceof Observed.Unknown<Optional<DomainState>> unknown) {
        users.isUnknown(guest, unknown.reason());
        return ImmutableList.of();
      }
      if (host.mayHaveDomain(guest.options().name())) {
        builder.report(
            "XEN335",
            path + "/size",
            "image",
            image,
            "actual",
            actual,
            "declared",
            wanted,
            "domain",
            guest.options().name());
        return ImmutableList.of();
      }
      if (!users.isFree(guest, disk)) {
        return ImmutableList.of();
      }
      return ImmutableList.of(
          builder.add(
              new ExtendImage(
                  Step.of(guest.key(), Reason.SMALLER).with(Impact.NONE),
                  disk.image(),
                  disk.format(),
                  there,
                  declared)));
    } else if (there < declared) {
      builder.holdBack(
          guest, "XEN339", path + "/size", "image", image, "actual", actual, "declared", wanted);
    }
    return ImmutableList.of();
  }
}
