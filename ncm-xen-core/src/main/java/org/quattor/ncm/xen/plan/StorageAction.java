package org.quattor.ncm.xen.plan;

import org.quattor.ncm.xen.host.Allocation;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.ImageFormat;

/** A step that makes or extends what a disk is backed by; none shrinks or removes it. */
public sealed interface StorageAction extends Action {

  /**
   * Makes a volume group on a blank block device.
   *
   * @param group its name
   * @param device the block device
   */
  record CreateGroup(Step step, String group, String device) implements StorageAction {
    @Override
    public String type() {
      return "create-group";
    }

    @Override
    public String target() {
      return group;
    }

    @Override
    public String summary() {
      return "create volume group " + group + " on " + device;
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.createGroup(this);
    }
  }

  /**
   * Makes a logical volume.
   *
   * @param group the volume group
   * @param volume its name
   * @param sizeBytes as declared; LVM rounds it up to extents
   */
  record CreateVolume(Step step, String group, String volume, long sizeBytes)
      implements StorageAction {
    @Override
    public String type() {
      return "create-volume";
    }

    @Override
    public String target() {
      return group + "/" + volume;
    }

    @Override
    public String summary() {
      return "create volume " + target() + " of " + Size.text(sizeBytes);
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.createVolume(this);
    }
  }

  /**
   * Extends a logical volume.
   *
   * @param group the volume group
   * @param volume its name
   * @param fromBytes its size
   * @param sizeBytes as declared
   */
  record ExtendVolume(Step step, String group, String volume, long fromBytes, long sizeBytes)
      implements StorageAction {
    @Override
    public String type() {
      return "extend-volume";
    }

    @Override
    public String target() {
      return group + "/" + volume;
    }

    @Override
    public String summary() {
      return "extend volume " + target() + Size.change(fromBytes, sizeBytes);
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.extendVolume(this);
    }
  }

  /**
   * Makes an image file.
   *
   * @param path where
   * @param format in which format
   * @param sizeBytes the size of the disk that the guest sees
   * @param allocation how its space is taken
   */
  record CreateImage(
      Step step, String path, ImageFormat format, long sizeBytes, Allocation allocation)
      implements StorageAction {
    @Override
    public String type() {
      return "create-image";
    }

    @Override
    public String target() {
      return path;
    }

    @Override
    public String summary() {
      return "create image " + path + " of " + Size.text(sizeBytes);
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.createImage(this);
    }
  }

  /**
   * Extends an image file.
   *
   * @param path where
   * @param format its format
   * @param fromBytes the size of the disk that the guest sees
   * @param sizeBytes the size that is declared
   */
  record ExtendImage(Step step, String path, ImageFormat format, long fromBytes, long sizeBytes)
      implements StorageAction {
    @Override
    public String type() {
      return "extend-image";
    }

    @Override
    public String target() {
      return path;
    }

    @Override
    public String summary() {
      return "extend image " + path + Size.change(fromBytes, sizeBytes);
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.extendImage(this);
    }
  }
}
