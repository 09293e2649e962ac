package org.quattor.ncm.xen.storage;

import static org.quattor.ncm.xen.storage.Disks.DEVICE;
import static org.quattor.ncm.xen.storage.Disks.GIB;
import static org.quattor.ncm.xen.storage.Disks.IMAGE;
import static org.quattor.ncm.xen.storage.Disks.MIB;
import static org.quattor.ncm.xen.storage.Disks.refused;
import static org.quattor.ncm.xen.storage.Disks.web;
import static org.quattor.ncm.xen.storage.Disks.with;
import static org.quattor.ncm.xen.storage.Disks.without;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.host.local.ImageFile;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;

/**
 * Every sentence with which an image or a device is refused, and that its guest is not started
 * then.
 */
class ImageRefusalsTest {

  @TempDir Path folder;

  private Scenario host(UnaryOperator<SimulatedHostSpec> change) {
    return new Scenario(folder).with(change);
  }

  @Test
  void aDeviceThatIsNone() throws Exception {
    Scenario host = host(bare -> bare);
    String end = "; expected a block device (correct hostdevice; an image file has type file)";
    refused(host, web(DEVICE), "XEN311", ": /dev/sdb does not exist" + end);
    host.file("/dev/sdb", "text");
    refused(host, web(DEVICE), "XEN311", ": /dev/sdb is a file" + end);
  }

  @Test
  void aDeviceThatCannotBeRead() {
    refused(
        host(bare -> bare.withBlockDevice("/dev/sdb", GIB))
            .failing("users", "cannot find out who uses /dev/sdb: input/output error"),
        web(DEVICE),
        "XEN310",
        ": cannot find out who uses /dev/sdb: input/output error; expected a block device that"
            + " dom0 can read (compare the device in lsblk and dmesg)");
  }

  @Test
  void anImageThatIsNotToBeMade() {
    refused(
        host(bare -> bare),
        web(with(IMAGE, "\"create\": false")),
        "XEN313",
        ": image file /srv/xen/web.img does not exist; expected an existing image file, or"
            + " permission to create it (set create_filesystems and the disk's create to true)");
  }

  @Test
  void anImageWithoutSize() {
    refused(
        host(bare -> bare),
        web(without(IMAGE, "size")),
        "XEN323",
        ": size is missing, and ncm-xen needs it to create image file /srv/xen/web.img; expected"
            + " size in MiB");
  }

  @Test
  void somethingElseWhereAnImageIsToBe() throws Exception {
    Scenario host = host(bare -> bare.withBlockDevice("/srv/xen/device", GIB));
    host.file("/srv/xen/target", "a guest's data");
    String end = "; expected an image file, or nothing (correct path; a block device has type phy)";
    host.host().files().link("/srv/xen/web.img", "target");
    refused(host, web(IMAGE), "XEN331", ": /srv/xen/web.img is a symbolic link" + end);
    host.host().files().remove("/srv/xen/web.img");
    host.host().files().makeFolder("/srv/xen/web.img", 0700);
    refused(host, web(IMAGE), "XEN331", ": /srv/xen/web.img is a directory" + end);
    refused(
        host,
        web(IMAGE.replace("web.img", "device")),
        "XEN331",
        ": /srv/xen/device is a block device" + end);
  }

  @Test
  void anImageWithTheNameOfATemporaryFile() {
    refused(
        host(bare -> bare),
        web(IMAGE.replace("web.img", ".web.img.ncm-xen.tmp")),
        "XEN373",
        "/path: is the name of a temporary file of ncm-xen; expected a name that does not end with"
            + " .ncm-xen.tmp (rename the image file, and correct path)");
  }

  @Test
  void anImageThatCannotBeRead() {
    refused(
        host(bare -> bare)
            .failing("users", "cannot find out who uses /srv/xen/web.img: input/output error")
            .file("/srv/xen/web.img", "data"),
        web(IMAGE),
        "XEN330",
        ": cannot find out who uses /srv/xen/web.img: input/output error; expected an image file,"
            + " or nothing (check its directory with ls, and its file system with dmesg)");
  }

  @Test
  void anImageThatIsTooShort() {
    refused(
        host(bare -> bare).file("/srv/xen/web.img", "data"),
        web(IMAGE),
        "XEN339",
        "/size: /srv/xen/web.img has 4 bytes; expected 1 GiB (restore the image file if it is"
            + " truncated; if it is complete, set grow to true to extend it)");
  }

  @Test
  void anImageOfAnotherFormat() {
    String end =
        "; expected an image file in the format that image_format declares (correct image_format)";
    String qcow2 = with(IMAGE, "\"image_format\": \"qcow2\"");
    refused(
        host(bare -> bare).file("/srv/xen/web.img", "x".repeat(512)),
        web(qcow2),
        "XEN334",
        ": /srv/xen/web.img is not a qcow2 image of version 2 or 3" + end);
  }

  @Test
  void anImageThatNeedsAnother() throws Exception {
    Scenario host = host(bare -> bare).file("/srv/xen/web.img", "");
    byte[] header = ImageFile.qcow2Header(GIB);
    header[15] = 112;
    Files.write(host.path("/srv/xen/web.img"), header);
    refused(
        host,
        web(with(IMAGE, "\"image_format\": \"qcow2\"")),
        "XEN334",
        ": /srv/xen/web.img has a backing file, which is not supported; flatten it; expected an"
            + " image file in the format that image_format declares (correct image_format)");
  }

  /** What is declared counts: nobody looks into a raw image, so it has the size of the file. */
  @Test
  void aQcow2FileThatIsDeclaredRawIsWhatItIs() throws Exception {
    Scenario host = host(bare -> bare).file("/srv/xen/web.img", "");
    Files.write(host.path("/srv/xen/web.img"), ImageFile.qcow2Header(GIB));
    refused(
        host,
        web(IMAGE),
        "XEN339",
        "/size: /srv/xen/web.img has 72 bytes; expected 1 GiB (restore the image file if it is"
            + " truncated; if it is complete, set grow to true to extend it)");
  }

  @Test
  void aQcow2ImageWithoutQemuImg() {
    refused(
        host(bare -> bare).answering("canCreate", () -> false),
        web(with(IMAGE, "\"image_format\": \"qcow2\"")),
        "XEN332",
        ": qemu-img, which creates qcow2 image files, is missing; expected the program qemu-img"
            + " (install the package qemu-utils (Debian) or qemu-img (Red Hat), or set image_format"
            + " to raw)");
  }

  @Test
  void anImageThatDoesNotFit() {
    refused(
        host(bare -> bare.withImageSpace(512 * MIB)),
        web(with(IMAGE, "\"allocation\": \"reserved\"")),
        "XEN324",
        ": /srv/xen has 512 MiB left; expected 1 GiB for image file /srv/xen/web.img (free space"
            + " there, or lower size; disks of other guests in this run are counted)");
  }

  @Test
  void anImageWhereTheSpaceCannotBeRead() {
    refused(
        host(bare -> bare).failing("space", "input/output error"),
        web(IMAGE),
        "XEN330",
        ": the free space of /srv/xen is unknown: input/output error; expected 1 GiB for image"
            + " file /srv/xen/web.img (run df /srv/xen to see the error)");
  }
}
