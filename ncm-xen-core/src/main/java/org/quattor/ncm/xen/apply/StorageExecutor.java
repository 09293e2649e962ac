package org.quattor.ncm.xen.apply;

import com.google.common.collect.ImmutableSet;
import org.quattor.ncm.component.ComponentListener;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.model.VolumeTags;
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
  private final ComponentListener listener;

  StorageExecutor(XenHost host, ComponentListener listener) {
    this.host = host;
    this.listener = listener;
  }

  @Override
  public void createGroup(CreateGroup action) throws HostFailure {
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
    host.filesystems().make(action.device(), action.filesystem());
    host.volumes().removeTag(action.group(), action.volume(), VolumeTags.UNFINISHED);
  }

  @Override
  public void extendVolume(ExtendVolume action) throws HostFailure {
    host.volumes().extendVolume(action.group(), action.volume(), action.sizeBytes());
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
    host.storage().extendImage(action.path(), action.format(), action.sizeBytes());
  }
}
