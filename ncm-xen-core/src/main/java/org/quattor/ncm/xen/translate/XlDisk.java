package org.quattor.ncm.xen.translate;

import com.google.common.base.CharMatcher;
import com.google.common.base.Strings;
import com.google.common.collect.ImmutableMap;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.guestfile.Device;
import org.quattor.ncm.xen.guestfile.DiskMethods;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.model.Disk;

/** A disk in the named form of {@code xl-disk-configuration(5)}; empty when it cannot be. */
final class XlDisk implements Disk.Visitor<Optional<Device>> {

  /** The device, with what {@code xm} allowed around it. */
  private static final Pattern DEVICE =
      Pattern.compile(
          "(?:ioemu:)?((?:xvd|hd|sd|vd)[a-z]{1,4}[0-9]{0,3}|d[0-9]{1,7}(?:p[0-9]{1,3})?)(:cdrom|:disk)?");

  /** PATH_MAX of Linux without the NUL; xl 4.17 crashes on a far longer disk. */
  private static final int MAX_PATH_BYTES = 4095;

  /**
   * What Xen's script {@code block} can read of a raw image: {@code xenstore-read} gives it other
   * characters in an escaped form, by which it finds no file (Xen 4.17).
   */
  private static final Pattern IMAGE_FOR_SCRIPT = Pattern.compile("[ -~&&[^\\\\]]*");

  /** Likewise of a device, whose path that script uses without quotes. */
  private static final Pattern DEVICE_FOR_SCRIPT = Pattern.compile("[!-~&&[^\\\\*?\\[]]*");

  private final Findings findings;

  XlDisk(Findings findings) {
    this.findings = findings;
  }

  @Override
  public Optional<Device> lvm(Disk.LvmDisk disk) {
    String method = Strings.nullToEmpty(disk.common().accessMethod());
    String format = method.isEmpty() ? "raw" : DiskMethods.FORMATS.get(method);
    if (format == null) {
      reportUnknown(disk, method, findings);
      return Optional.empty();
    }
    return spec(format, disk);
  }

  static void reportUnknown(Disk disk, String method, Findings findings) {
    findings.add(
        "XEN202",
        disk.common().path() + "/access_method",
        "method",
        method,
        "methods",
        DiskMethods.FORMATS.keySet());
  }

  @Override
  public Optional<Device> file(Disk.FileDisk disk) {
    if (disk.format() == ImageFormat.QCOW2) {
      return spec("qcow2", disk);
    }
    if (!IMAGE_FOR_SCRIPT.matcher(disk.backing()).matches()) {
      findings.add("XEN206.image", disk.common().path() + "/path", "image", disk.backing());
      return Optional.empty();
    }
    return spec("raw", disk);
  }

  @Override
  public Optional<Device> phy(Disk.PhyDisk disk) {
    if (!DEVICE_FOR_SCRIPT.matcher(disk.device()).matches()) {
      findings.add("XEN206.device", disk.common().path() + "/hostdevice", "device", disk.device());
      return Optional.empty();
    }
    return spec("raw", disk);
  }

  private Optional<Device> spec(String format, Disk disk) {
    Disk.Common common = disk.common();
    Optional<String> access = access(common);
    Matcher device = DEVICE.matcher(common.guestDevice());
    boolean known = device.matches();
    if (!known) {
      findings.add("XEN205", common.path() + "/guestdevice", "device", common.guestDevice());
    }
    String target = disk.backing();
    if (CharMatcher.javaIsoControl().matchesAnyOf(target)
        || target.getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
      findings.add("XEN203", common.path(), "path", target, "max", MAX_PATH_BYTES);
      return Optional.empty();
    }
    if (!known || access.isEmpty()) {
      return Optional.empty();
    }
    ImmutableMap.Builder<String, String> keys = ImmutableMap.builder();
    keys.put("format", format).put("vdev", device.group(1)).put("access", access.get());
    if (":cdrom".equals(device.group(2))) {
      keys.put("devtype", "cdrom");
    }
    return Optional.of(Device.of(keys.put("target", target).buildOrThrow()));
  }

  private Optional<String> access(Disk.Common common) {
    return switch (common.access()) {
      case READ_ONLY -> Optional.of("ro");
      case READ_WRITE -> Optional.of("rw");
      case SHARED_WRITE -> {
        findings.add("XEN204", common.path() + "/rw");
        yield Optional.empty();
      }
    };
  }
}
