package org.quattor.ncm.xen.model;

import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.Allocation;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.host.NewFilesystem;
import org.quattor.ncm.xen.text.HostPath;

/** A disk of a guest. */
public sealed interface Disk {

  /** Returns the parts that all kinds have. */
  Common common();

  /** Returns the absolute path in dom0 of what backs the disk. */
  String backing();

  /** Calls the method for the kind; a new kind breaks every place that has to decide. */
  <T> T accept(Visitor<T> visitor);

  /** Decides by the kind of disk. */
  interface Visitor<T> {
    /** A logical volume. */
    T lvm(LvmDisk disk);

    /** An image file. */
    T file(FileDisk disk);

    /** A block device that is there already. */
    T phy(PhyDisk disk);
  }

  /**
   * What all kinds of disk have.
   *
   * @param path the Pan path of the element, for findings
   * @param guestDevice {@code guestdevice}: its name in the guest, such as {@code xvda}
   * @param access {@code rw}
   * @param accessMethod {@code access_method}: the prefix for {@code xm}; null when absent or empty
   * @param create whether it may be made when it is missing; null when absent
   * @param sizeMib {@code size}; null when absent
   * @param grow whether a smaller one is extended to the size
   */
  record Common(
      String path,
      String guestDevice,
      Access access,
      @Nullable String accessMethod,
      @Nullable Boolean create,
      @Nullable Long sizeMib,
      boolean grow) {

    /** Returns whether a missing one is made, given the host's {@code create_filesystems}. */
    public boolean mayCreate(boolean createFilesystems) {
      return createFilesystems && !Boolean.FALSE.equals(create);
    }
  }

  /** What a guest may do with a disk. */
  enum Access {
    /** Read. */
    READ_ONLY("r"),
    /** Read and write, and nobody else writes. */
    READ_WRITE("w"),
    /** Read and write, together with other guests; understood by {@code xm} only. */
    SHARED_WRITE("w!");

    private final String letters;

    Access(String letters) {
      this.letters = letters;
    }

    /** Returns the letters of the {@code xm} dialect. */
    public String letters() {
      return letters;
    }

    /** Returns whether the guest can change the disk. */
    public boolean writable() {
      return this != READ_ONLY;
    }
  }

  /**
   * A logical volume.
   *
   * @param group {@code hostdevice}: the volume group
   * @param volume {@code hostvol}
   * @param groupDevice {@code path}: the block device that the volume group may be made on; null
   *     when absent
   * @param filesystem {@code filesystem} and {@code label}: what a new one is formatted as; null
   *     when absent
   */
  record LvmDisk(
      Common common,
      String group,
      String volume,
      @Nullable String groupDevice,
      @Nullable NewFilesystem filesystem)
      implements Disk {
    @Override
    public String backing() {
      return "/dev/" + group + "/" + volume;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.lvm(this);
    }
  }

  /**
   * An image file.
   *
   * @param image {@code path}: the absolute path of the file
   * @param format {@code image_format}; raw when absent
   * @param allocation {@code allocation}; sparse when absent
   * @param filesystem {@code filesystem} and {@code label}: what a new raw one is formatted as;
   *     null when absent
   */
  record FileDisk(
      Common common,
      String image,
      ImageFormat format,
      Allocation allocation,
      @Nullable NewFilesystem filesystem)
      implements Disk {

    /** Returns the folder that the image lies in. */
    public String folder() {
      return HostPath.folder(image);
    }

    @Override
    public String backing() {
      return image;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.file(this);
    }
  }

  /**
   * A block device of the host; never made.
   *
   * @param device the absolute path, whether declared with or without {@code /dev/}
   */
  record PhyDisk(Common common, String device) implements Disk {
    @Override
    public String backing() {
      return device;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.phy(this);
    }
  }
}
