package org.quattor.ncm.xen.rules;

import com.google.common.collect.ImmutableSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Disk.FileDisk;
import org.quattor.ncm.xen.model.Disk.LvmDisk;
import org.quattor.ncm.xen.model.Disk.PhyDisk;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.text.HostPath;

/** The disks of one guest: names that LVM and the kernel take, and no device twice. */
final class DiskRules {

  /** {@code lvm(8)}, VALID NAMES. */
  private static final Pattern LVM_NAME = Pattern.compile("[A-Za-z0-9+_.][A-Za-z0-9+_.-]{0,126}");

  /** Suffixes and prefixes that {@code lvm(8)} keeps for its own volumes. */
  private static final Pattern LVM_RESERVED =
      Pattern.compile(
          "\\.|\\.\\.|snapshot.*|pvmove.*"
              + "|.*_(cdata|cmeta|corig|mlog|mimage|pmspare|rimage|rmeta|tdata|tmeta|vorigin|vdata)"
              + ".*");

  /**
   * A path that stays what it is however it is read: no empty, {@code .} or {@code ..} steps.
   * Possessive, since Java's matcher otherwise goes a level deeper with each step.
   */
  static final Pattern ABSOLUTE_PATH =
      Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[^/\\p{Cntrl}]++)++");

  private static final ImmutableSet<String> NOT_FOR_IMAGES =
      ImmutableSet.of("/dev/", "/etc/xen/", "/proc/", "/sys/");

  /**
   * {@code xvda3} is a partition, {@code xvda} the whole disk; likewise {@code sda}, {@code hda}.
   */
  private static final Pattern PARTITION = Pattern.compile("((?:xvd|sd|hd)[a-z]+)[0-9]+");

  private DiskRules() {}

  static void checkOne(Guest guest, Findings findings) {
    devices(guest, findings);
    for (Disk disk : guest.options().allDisks()) {
      disk.accept(new Names(findings));
    }
  }

  private static void devices(Guest guest, Findings findings) {
    Uses<String> devices = new Uses<>();
    Map<String, String> wholeDisks = new HashMap<>();
    Map<Disk, String> partitions = new LinkedHashMap<>();
    for (Disk disk : guest.options().allDisks()) {
      String device = disk.common().guestDevice();
      String path = disk.common().path() + "/guestdevice";
      devices
          .add(device, path)
          .ifPresent(first -> findings.add("XEN105", path, "device", device, "first", first));
      Matcher partition = PARTITION.matcher(device);
      if (partition.matches()) {
        partitions.put(disk, partition.group(1));
      } else {
        wholeDisks.put(device, path);
      }
    }
    partitions.forEach(
        (partition, whole) -> {
          if (wholeDisks.containsKey(whole)) {
            findings.add(
                "XEN106",
                partition.common().path() + "/guestdevice",
                "partition",
                partition.common().guestDevice(),
                "disk",
                whole);
          }
        });
  }

  private record Names(Findings findings) implements Disk.Visitor<Boolean> {
    @Override
    public Boolean lvm(LvmDisk disk) {
      String path = disk.common().path();
      if (!isLvmName(disk.group())) {
        findings.add("XEN108.volume-group", path + "/hostdevice", "name", disk.group());
      }
      if (!isLvmName(disk.volume())) {
        findings.add("XEN108", path + "/hostvol", "name", disk.volume());
      }
      String device = disk.groupDevice();
      if (device != null && !ABSOLUTE_PATH.matcher(device).matches()) {
        badPath("XEN109.group-device", disk, "path");
      }
      return true;
    }

    private static boolean isLvmName(String name) {
      return LVM_NAME.matcher(name).matches() && !LVM_RESERVED.matcher(name).matches();
    }

    @Override
    public Boolean file(FileDisk disk) {
      if (!ABSOLUTE_PATH.matcher(disk.image()).matches()) {
        badPath("XEN109", disk, "path");
      } else if (NOT_FOR_IMAGES.stream().anyMatch(disk.image()::startsWith)) {
        badPath("XEN109.reserved", disk, "path");
      } else if (HostPath.name(disk.image()).endsWith(HostFiles.TEMPORARY_SUFFIX)) {
        findings.add(
            "XEN373", disk.common().path() + "/path", "suffix", HostFiles.TEMPORARY_SUFFIX);
      }
      return true;
    }

    @Override
    public Boolean phy(PhyDisk disk) {
      if (!ABSOLUTE_PATH.matcher(disk.device()).matches() || !disk.device().startsWith("/dev/")) {
        badPath("XEN109.block-device", disk, "hostdevice");
      }
      return true;
    }

    private void badPath(String form, Disk disk, String field) {
      findings.add(form, disk.common().path() + "/" + field);
    }
  }
}
