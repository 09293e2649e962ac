package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.Map;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.xen.host.Allocation;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.model.Disk.FileDisk;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.observe.Backing;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Reading;
import org.quattor.ncm.xen.plan.StorageAction.CreateImage;
import org.quattor.ncm.xen.plan.StorageAction.ExtendImage;

/** Plans image files. */
final class ImagePlanner {

  private final Observation host;
  private final Draft draft;

  /** What is left in each folder after the actions so far, in bytes. */
  private final Map<String, Long> free = new HashMap<>();

  ImagePlanner(Observation host, Draft draft) {
    this.host = host;
    this.draft = draft;
  }

  ImmutableList<String> plan(Guest guest, FileDisk disk, boolean mayCreate) {
    Reading<Backing> reading = host.backings().get(disk.image());
    String path = disk.common().path();
    if (!(reading instanceof Reading.Known<Backing> known)) {
      draft.incomplete();
      String why = reading == null ? "the image was not looked at" : reading.whyUnknown();
      draft.holdBack(guest, "XEN330", path, why, "an image", "");
      return ImmutableList.of();
    }
    Backing backing = known.value();
    return switch (backing.entry().kind()) {
      case MISSING -> missing(guest, disk, mayCreate);
      case FILE -> existing(guest, disk, backing);
      case DIRECTORY, LINK, BLOCK_DEVICE, OTHER -> {
        draft.holdBack(
            guest,
            "XEN331",
            path,
            disk.image() + " is " + backing.entry().kind().text(),
            "an image file, or nothing",
            "for a block device use type phy");
        yield ImmutableList.of();
      }
    };
  }

  private ImmutableList<String> missing(Guest guest, FileDisk disk, boolean mayCreate) {
    String path = disk.common().path();
    Long sizeMib = disk.common().sizeMib();
    if (!mayCreate) {
      draft.holdBack(
          guest,
          "XEN313",
          path,
          "image " + disk.image() + " does not exist",
          "it to be there, since it is not to be made",
          "create_filesystems and the disk's create must both be true");
    } else if (sizeMib == null || sizeMib > Size.MOST_MIB) {
      draft.holdBack(
          guest,
          "XEN323",
          path,
          "image "
              + disk.image()
              + " is to be made, but its size is "
              + (sizeMib == null ? "not declared" : "beyond what any disk has"),
          "size in MiB",
          "");
    } else if (disk.format() == ImageFormat.QCOW2 && !host.qcow2()) {
      draft.holdBack(
          guest,
          "XEN332",
          path,
          "there is no qemu-img to make a qcow2 image with",
          "the program qemu-img",
          "install the package qemu-utils, or qemu-img on Red Hat systems");
    } else if (spaceFor(guest, disk, sizeMib * Size.MIB)) {
      return ImmutableList.of(
          draft.add(
              new CreateImage(
                  Step.of(guest.key(), Reason.MISSING),
                  disk.image(),
                  disk.format(),
                  sizeMib * Size.MIB,
                  disk.allocation())));
    }
    return ImmutableList.of();
  }

  /** A sparse image may promise more than there is, which is its point, but not unsaid. */
  private boolean spaceFor(Guest guest, FileDisk disk, long bytes) {
    String folder = disk.image().substring(0, disk.image().lastIndexOf('/') + 1);
    Reading<Long> reading = host.freeBytes().get(folder);
    if (reading instanceof Reading.Unknown<Long> unknown) {
      draft.incomplete();
      draft.holdBack(guest, "XEN330", disk.common().path(), unknown.reason(), "", "");
      return false;
    }
    long observed = reading == null ? 0 : reading.known().orElse(0L);
    long left = free.getOrDefault(folder, observed);
    String found = folder + " has " + left / Size.MIB + " MiB left";
    String expected = Size.text(bytes) + " for " + disk.image();
    free.put(folder, Math.max(0, left - bytes));
    if (bytes <= left) {
      return true;
    }
    if (disk.allocation() == Allocation.SPARSE) {
      draft.warn(
          "XEN333",
          disk.common().path(),
          found,
          expected,
          "the image is sparse and is made, but the guest's writes will fail when space runs out");
      return true;
    }
    draft.holdBack(
        guest,
        "XEN324",
        disk.common().path(),
        found,
        expected,
        "what other guests of this run take is counted in");
    return false;
  }

  private ImmutableList<String> existing(Guest guest, FileDisk disk, Backing backing) {
    String path = disk.common().path();
    if (backing.diskBytes() instanceof Reading.Unknown<Long> unknown) {
      draft.holdBack(
          guest,
          "XEN334",
          path,
          unknown.reason(),
          "an image in the format that image_format declares",
          "");
      return ImmutableList.of();
    }
    Long sizeMib = disk.common().sizeMib();
    if (sizeMib == null || sizeMib > Size.MOST_MIB) {
      return ImmutableList.of();
    }
    long declared = sizeMib * Size.MIB;
    long there = backing.diskBytes().known().orElseThrow();
    String found = disk.image() + " has " + Size.text(there);
    if (there > declared) {
      draft.warn(
          "XEN325", path + "/size", found, Size.text(declared), "nothing is ever made smaller");
    } else if (there < declared && disk.common().grow()) {
      if (host.domain(guest.options().name()).isPresent()) {
        draft.warn(
            "XEN335",
            path + "/size",
            found,
            Size.text(declared),
            "an image is not extended while its guest runs");
        return ImmutableList.of();
      }
      return ImmutableList.of(
          draft.add(
              new ExtendImage(
                  Step.of(guest.key(), Reason.SMALLER).with(Impact.NONE),
                  disk.image(),
                  disk.format(),
                  there,
                  declared)));
    } else if (there < declared) {
      draft.holdBack(
          guest,
          "XEN326",
          path + "/size",
          found,
          Size.text(declared),
          "an image that was cut short looks like this; grow true would extend it");
    }
    return ImmutableList.of();
  }
}
