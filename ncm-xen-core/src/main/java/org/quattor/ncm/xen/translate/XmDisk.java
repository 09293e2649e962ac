package org.quattor.ncm.xen.translate;

import com.google.common.base.Strings;
import java.util.Optional;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.guestfile.Device;
import org.quattor.ncm.xen.guestfile.DiskMethods;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.model.Disk;

/** A disk as {@code xm} reads it: {@code prefix:path,device,access}; empty when it cannot be. */
final class XmDisk implements Disk.Visitor<Optional<Device>> {

  private final Findings findings;

  XmDisk(Findings findings) {
    this.findings = findings;
  }

  @Override
  public Optional<Device> lvm(Disk.LvmDisk disk) {
    String method = Strings.nullToEmpty(disk.common().accessMethod());
    if (!method.isEmpty() && !DiskMethods.FORMATS.containsKey(method)) {
      XlDisk.reportUnknown(disk, method, findings);
      return Optional.empty();
    }
    return spec(method.isEmpty() ? "phy" : method, disk);
  }

  @Override
  public Optional<Device> file(Disk.FileDisk disk) {
    return spec(disk.format() == ImageFormat.QCOW2 ? "tap:qcow2" : "file", disk);
  }

  @Override
  public Optional<Device> phy(Disk.PhyDisk disk) {
    return spec("phy", disk);
  }

  /** xm splits the text at commas; the schema refuses one in a path or a device name. */
  private static Optional<Device> spec(String prefix, Disk disk) {
    Disk.Common common = disk.common();
    return Optional.of(
        Device.disk(
            String.join(
                ",",
                prefix + ":" + disk.backing(),
                common.guestDevice(),
                common.access().letters())));
  }
}
