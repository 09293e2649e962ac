package org.quattor.ncm.xen.apply;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.quattor.ncm.component.ComponentListener;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.model.VolumeTags;
import org.quattor.ncm.xen.plan.DiskClaim;
import org.quattor.ncm.xen.plan.StorageAction;
import org.quattor.ncm.xen.plan.StorageAction.CreateGroup;
import org.quattor.ncm.xen.plan.StorageAction.CreateImage;
import org.quattor.ncm.xen.plan.StorageAction.CreateVolume;
import org.quattor.ncm.xen.plan.StorageAction.ExtendImage;
import org.quattor.ncm.xen.plan.StorageAction.ExtendVolume;
import org.quattor.ncm.xen.plan.StorageAction.MakeFilesystem;
import org.quattor.ncm.xen.text.HostPath;

/** Turns each step on what backs a disk into operations of the host. */
final class StorageExecutor implements StorageAction.Visitor {

  /** The mark of volumes that ncm-xen made. */
  private static final ImmutableSet<String> TAGS = ImmutableSet.of(VolumeTags.OURS);

  private static final ImmutableSet<String> UNFINISHED_TAGS =
      ImmutableSet.of(VolumeTags.OURS, VolumeTags.UNFINISHED);

  private static final int FOLDER_MODE = 0700;

  private final XenHost host;
  private final DiskGuard guard;
  private final ComponentListener listener;

  StorageExecutor(XenHost host, DiskGuard guard, ComponentListener listener) {
    this.host = host;
    this.guard = guard;
    this.listener = listener;
  }

  @Override
  public void createGroup(CreateGroup action) throws HostFailure {
    requireFree(action.device());
    host.volumes().createGroup(action.group(), action.device());
  }

  @Override
  public void createVolume(CreateVolume action) throws HostFailure {
    host.volumes()
        .createVolume(
            action.group(),
            action.volume(),
            action.sizeBytes(),
            action.unfinished() ? UNFINISHED_TAGS : TAGS);
  }

  /** The tag goes last: as long as it is there, the volume counts as incomplete. */
  @Override
  public void makeFilesystem(MakeFilesystem action) throws HostFailure {
    requireFree(action.device());
    host.filesystems().make(action.device(), action.filesystem());
    host.volumes().removeTag(action.group(), action.volume(), VolumeTags.UNFINISHED);
  }

  @Override
  public void extendVolume(ExtendVolume action) throws HostFailure {
    guard.requireFree(action.domain(), ImmutableList.of(DiskClaim.alone(action.device())));
    host.volumes().extendVolume(action.group(), action.volume(), action.sizeBytes());
  }

  private void requireFree(String path) throws HostFailure {
    guard.requireFree("", ImmutableList.of(DiskClaim.alone(path)));
  }

  @Override
  public void createImage(CreateImage action) throws HostFailure {
    host.files().makeFolder(HostPath.folder(action.path()), FOLDER_MODE);
    host.storage()
        .createImage(
            action.path(),
            action.image(),
            done -> listener.progress(action, done, action.image().sizeBytes()));
  }

  @Override
  public void extendImage(ExtendImage action) throws HostFailure {
    requireFree(action.path());
    host.storage().extendImage(action.path(), action.format(), action.sizeBytes());
  }
}
