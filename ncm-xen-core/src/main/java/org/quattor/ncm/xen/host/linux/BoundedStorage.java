package org.quattor.ncm.xen.host.linux;

import java.util.List;
import java.util.function.LongConsumer;
import org.quattor.ncm.xen.host.DiskIdentity;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostStorage;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.host.NewImage;

/** Images and devices, each look {@linkplain BoundedLooks bounded} in time. */
record BoundedStorage(HostStorage storage, BoundedLooks bounds) implements HostStorage {

  @Override
  public FileEntry look(String path) throws HostFailure {
    return bounds.within(path, () -> storage.look(path));
  }

  @Override
  public long imageBytes(String path, ImageFormat format) throws HostFailure {
    return bounds.within(path, () -> storage.imageBytes(path, format));
  }

  /** To write an image may take hours; only its folder has to answer in time. */
  @Override
  public void createImage(String path, NewImage image, LongConsumer progress) throws HostFailure {
    bounds.require(path);
    storage.createImage(path, image, progress);
  }

  @Override
  public void extendImage(String path, ImageFormat format, long sizeBytes) throws HostFailure {
    bounds.require(path);
    storage.extendImage(path, format, sizeBytes);
  }

  @Override
  public DiskIdentity identity(String path) throws HostFailure {
    return bounds.within(path, () -> storage.identity(path));
  }

  @Override
  public List<String> markedImages(String folder) throws HostFailure {
    return bounds.within(folder, () -> storage.markedImages(folder));
  }

  @Override
  public List<String> users(String path) throws HostFailure {
    return bounds.within(path, () -> storage.users(path));
  }

  @Override
  public List<String> usersBesideDomain(String path) throws HostFailure {
    return bounds.within(path, () -> storage.usersBesideDomain(path));
  }

  @Override
  public boolean canCreate(ImageFormat format) {
    return storage.canCreate(format);
  }
}
