package org.quattor.ncm.xen.plan;

import org.quattor.ncm.component.Effect;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.host.NewFilesystem;
import org.quattor.ncm.xen.host.NewImage;

/** A step that creates or extends a disk; none shrinks or removes it. */
public sealed interface StorageAction extends Action {

  @Override
  default void accept(Action.Visitor visitor) throws HostFailure {
    visitor.storage(this);
  }

  /** Calls the method for the kind of step. */
  void accept(Visitor visitor) throws HostFailure;

  /** Acts by kind; a new kind of step breaks every place that has to decide. */
  interface Visitor {
    /** Creates a volume group. */
    void createGroup(CreateGroup action) throws HostFailure;

    /** Creates a logical volume. */
    void createVolume(CreateVolume action) throws HostFailure;

    /** Completes a blank logical volume. */
    void finishVolume(FinishVolume action) throws HostFailure;

    /** Extends a logical volume. */
    void extendVolume(ExtendVolume action) throws HostFailure;

    /** Creates a file system in a logical volume. */
    void makeFilesystem(MakeFilesystem action) throws HostFailure;

    /** Creates an image file. */
    void createImage(CreateImage action) throws HostFailure;

    /** Extends an image file. */
    void extendImage(ExtendImage action) throws HostFailure;
  }

  /**
   * Creates a volume group on a blank block device.
   *
   * @param group its name
   * @param device the block device
   */
  record CreateGroup(Step step, String group, String device) implements StorageAction {
    @Override
    public Description description() {
      return new Description(
          "create-group", group, "create volume group " + group + " on " + device);
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.createGroup(this);
    }
  }

  /**
   * Creates a logical volume.
   *
   * @param group the volume group
   * @param volume its name
   * @param sizeBytes as declared; LVM rounds it up to extents
   * @param unfinished whether it stays unfinished until a later action creates its file system
   */
  record CreateVolume(Step step, String group, String volume, long sizeBytes, boolean unfinished)
      implements StorageAction {
    @Override
    public Description description() {
      return new Description(
          "create-volume",
          group + "/" + volume,
          "create volume " + group + "/" + volume + " of " + Size.text(sizeBytes));
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
   * @param domain the domain that may use it meanwhile
   * @param fromBytes its size
   * @param sizeBytes as declared
   */
  record ExtendVolume(
      Step step, String group, String volume, String domain, long fromBytes, long sizeBytes)
      implements StorageAction {

    /** Returns the path of its device. */
    public String device() {
      return "/dev/" + group + "/" + volume;
    }

    @Override
    public Description description() {
      return new Description(
          "extend-volume",
          group + "/" + volume,
          "extend volume " + group + "/" + volume + Size.change(fromBytes, sizeBytes));
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.extendVolume(this);
    }
  }

  /**
   * Removes the tag of unfinished volumes from a blank one: the run that created it had done
   * everything else.
   *
   * @param group the volume group
   * @param volume its name
   * @param device its path in {@code /dev}
   * @param domain the domain that may use it already
   */
  record FinishVolume(Step step, String group, String volume, String device, String domain)
      implements StorageAction {
    @Override
    public Description description() {
      return new Description(
          "finish-volume",
          group + "/" + volume,
          "finish volume " + group + "/" + volume + ", if it is blank");
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.finishVolume(this);
    }
  }

  /**
   * Creates a file system in a logical volume that ncm-xen created and tagged as unfinished, and
   * removes that tag.
   *
   * @param group the volume group
   * @param volume its name
   * @param device its device
   * @param filesystem what is created
   */
  record MakeFilesystem(
      Step step, String group, String volume, String device, NewFilesystem filesystem)
      implements StorageAction {
    @Override
    public Description description() {
      return new Description(
          "make-filesystem",
          group + "/" + volume,
          "create " + filesystem.text() + " in volume " + group + "/" + volume);
    }

    @Override
    public Effect effect() {
      return Effect.CREATE;
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.makeFilesystem(this);
    }
  }

  /**
   * Creates an image file.
   *
   * @param path where
   * @param image what is created
   */
  record CreateImage(Step step, String path, NewImage image) implements StorageAction {
    @Override
    public Description description() {
      NewFilesystem filesystem = image.filesystem();
      return new Description(
          "create-image",
          path,
          "create image "
              + path
              + " of "
              + Size.text(image.sizeBytes())
              + (filesystem == null ? "" : " with " + filesystem.text()));
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
    public Description description() {
      return new Description(
          "extend-image", path, "extend image " + path + Size.change(fromBytes, sizeBytes));
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.extendImage(this);
    }
  }
}
