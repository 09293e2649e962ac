package org.quattor.ncm.xen.storage;

import static org.quattor.ncm.xen.storage.Disks.DEVICE;
import static org.quattor.ncm.xen.storage.Disks.GIB;
import static org.quattor.ncm.xen.storage.Disks.IMAGE;
import static org.quattor.ncm.xen.storage.Disks.NEW_GROUP;
import static org.quattor.ncm.xen.storage.Disks.refused;
import static org.quattor.ncm.xen.storage.Disks.web;
import static org.quattor.ncm.xen.storage.Disks.with;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;

/**
 * Every sentence with which the file system of a disk is refused, and that its guest is not started
 * then.
 */
class FilesystemRefusalsTest {

  @TempDir Path folder;

  private Scenario host(UnaryOperator<SimulatedHostSpec> change) {
    return new Scenario(folder).with(change);
  }

  @Test
  void aFileSystemThatNoProgramMakes() {
    for (String type : List.of("ext4", "xfs", "swap")) {
      String program = type.equals("swap") ? "mkswap" : "mkfs." + type;
      String end =
          "/filesystem: "
              + program
              + ", which creates the file system, is missing; expected the program "
              + program
              + " (install the package "
              + List.of("e2fsprogs", "xfsprogs", "util-linux")
                  .get(List.of("ext4", "xfs", "swap").indexOf(type))
              + ")";
      String field = "\"filesystem\": \"" + type + "\"";
      refused(
          host(bare -> bare.withBlockDevice("/dev/sdb", 10 * GIB))
              .answering("canMake", () -> false),
          web(with(NEW_GROUP, field)),
          "XEN316",
          end);
      refused(
          host(bare -> bare).answering("canMake", () -> false),
          web(with(IMAGE, field)),
          "XEN316",
          end);
    }
  }

  @Test
  void aFileSystemWhereNoneCanBe() {
    String end =
        "/filesystem: ncm-xen cannot create a file system in this disk; expected a disk of type"
            + " lvm, or of type file with image_format raw (leave filesystem out)";
    String field = "\"filesystem\": \"ext4\"";
    refused(host(bare -> bare), web(with(DEVICE, field)), "XEN370", end);
    refused(
        host(bare -> bare),
        web(with(with(IMAGE, field), "\"image_format\": \"qcow2\"")),
        "XEN370",
        end);
  }

  @Test
  void aLabelThatIsTooLong() {
    refused(
        host(bare -> bare),
        web(with(IMAGE, "\"filesystem\": \"xfs\", \"label\": \"thirteenchars\"")),
        "XEN372",
        "/label: has 13 characters; expected at most 12 for xfs (choose a shorter label)");
  }
}
