package org.quattor.ncm.xen.model;

import com.google.common.base.Ascii;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.host.Allocation;
import org.quattor.ncm.xen.host.FilesystemType;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.host.NewFilesystem;
import org.quattor.ncm.xen.model.Disk.Access;
import org.quattor.ncm.xen.model.Disk.FileDisk;
import org.quattor.ncm.xen.model.Disk.LvmDisk;
import org.quattor.ncm.xen.model.Disk.PhyDisk;

/** Reads one element of {@code disk}; a disk without what its type needs becomes a finding. */
final class DiskReader {

  private final Findings findings;

  DiskReader(Findings findings) {
    this.findings = findings;
  }

  Optional<Disk> read(Fields fields) {
    String type = fields.text("type");
    return switch (type) {
      case "lvm" -> lvm(fields);
      case "file" -> file(fields);
      case "phy" -> phy(fields);
      default ->
          throw new IllegalStateException(fields.path() + "/type passed the schema: " + type);
    };
  }

  private Optional<Disk> lvm(Fields fields) {
    String group = needed(fields, "hostdevice", "XEN100.volume-group");
    String volume = needed(fields, "hostvol", "XEN100.logical-volume");
    if (group == null || volume == null) {
      return Optional.empty();
    }
    return Optional.of(
        new LvmDisk(
            common(fields), group, volume, fields.filledText("path"), filesystem(fields, true)));
  }

  private Optional<Disk> file(Fields fields) {
    String path = needed(fields, "path", "XEN100.image");
    if (path == null) {
      return Optional.empty();
    }
    ImageFormat format =
        constant(ImageFormat.class, fields.filledText("image_format"), ImageFormat.RAW);
    return Optional.of(
        new FileDisk(
            common(fields),
            path,
            format,
            constant(Allocation.class, fields.filledText("allocation"), Allocation.SPARSE),
            filesystem(fields, format == ImageFormat.RAW)));
  }

  private Optional<Disk> phy(Fields fields) {
    String device = needed(fields, "hostdevice", "XEN100.block-device");
    if (device == null) {
      return Optional.empty();
    }
    filesystem(fields, false);
    return Optional.of(
        new PhyDisk(common(fields), device.startsWith("/") ? device : "/dev/" + device));
  }

  /** Returns what is to be made in the disk; what cannot be made becomes a finding. */
  private @Nullable NewFilesystem filesystem(Fields fields, boolean possible) {
    String word = fields.filledText("filesystem");
    String label = fields.filledText("label");
    if (word == null) {
      if (label != null) {
        findings.add("XEN371", fields.path() + "/label");
      }
      return null;
    }
    if (!possible) {
      findings.add("XEN370", fields.path() + "/filesystem");
      return null;
    }
    FilesystemType type = FilesystemType.valueOf(Ascii.toUpperCase(word));
    if (label != null && !type.takes(label)) {
      findings.add(
          "XEN372",
          fields.path() + "/label",
          "length",
          label.length(),
          "max",
          type.labelBytes(),
          "filesystem",
          word);
      return null;
    }
    return new NewFilesystem(type, label == null ? "" : label);
  }

  private static Disk.Common common(Fields fields) {
    return new Disk.Common(
        fields.path(),
        fields.text("guestdevice"),
        access(fields.text("rw")),
        fields.filledText("access_method"),
        fields.optionalFlag("create"),
        fields.optionalNumber("size"),
        fields.flag("grow", false));
  }

  /** {@code ro} and {@code rw} are what {@code xl-disk-configuration(5)} also understands. */
  private static Access access(String letters) {
    return switch (letters) {
      case "r", "ro" -> Access.READ_ONLY;
      case "w", "rw" -> Access.READ_WRITE;
      case "w!" -> Access.SHARED_WRITE;
      default -> throw new IllegalStateException("rw passed the schema: " + letters);
    };
  }

  private @Nullable String needed(Fields fields, String field, String form) {
    String text = fields.filledText(field);
    if (text == null) {
      findings.add(form, fields.path());
    }
    return text;
  }

  private static <E extends Enum<E>> E constant(Class<E> type, @Nullable String word, E absent) {
    return word == null ? absent : Enum.valueOf(type, Ascii.toUpperCase(word));
  }
}
