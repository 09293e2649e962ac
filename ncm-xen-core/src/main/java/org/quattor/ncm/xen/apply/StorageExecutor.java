package org.quattor.ncm.xen.apply;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.quattor.ncm.component.ComponentListener;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostVolumes;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.model.VolumeTags;
import org.quattor.ncm.xen.plan.DiskClaim;
import org.quattor.ncm.xen.plan.StorageAction;
import org.quattor.ncm.xen.plan.StorageAction.CreateGroup;
import org.quattor.ncm.xen.plan.StorageAction.CreateImage;
import org.quattor.ncm.xen.plan.StorageAction.CreateVolume;
import org.quattor.ncm.xen.plan.StorageAction.ExtendImage;
import org.quattor.ncm.xen.plan.StorageAction.ExtendVolume;
import org.quattor.ncm.xen.plan.StorageAction.FinishVolume;
import org.quattor.ncm.xen.plan.StorageAction.MakeFilesystem;
import org.quattor.ncm.xen.text.HostPath;

/** Turns each step on a disk into operations of the host. */
final class StorageExecutor implements StorageAction.Visitor {

  private static final ImmutableSet<String> UNFINISHED_TAGS =
      ImmutableSet.of(HostVolumes.MARK, HostVolumes.UNFINISHED);

  private static final int NOTE_MODE = 0600;
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

  /**
   * {@code lvcreate} can die when LVM has the volume already and has not wiped its old content yet:
   * the volume is complete only when the command has returned.
   */
  @Override
  public void createVolume(CreateVolume action) throws HostFailure {
    String device = "/dev/" + action.group() + "/" + action.volume();
    // With a note, a volume that LVM has without listing it would count as ours and unfinished.
    if (host.storage().look(device).exists()) {
      throw new HostFailure(
          "LVM does not list the volume "
              + action.group()
              + "/"
              + action.volume()
              + ", but "
              + device
              + " exists; compare the output of lvs and dmsetup info");
    }
    host.files()
        .write(
            note(action.group(), action.volume()),
            "ncm-xen has not finished this volume.\n".getBytes(StandardCharsets.UTF_8),
            NOTE_MODE);
    host.volumes()
        .createVolume(action.group(), action.volume(), action.sizeBytes(), UNFINISHED_TAGS);
    FileEntry made = host.storage().look(device);
    if (made.kind() != Kind.BLOCK_DEVICE || made.sizeBytes() < action.sizeBytes()) {
      throw new HostFailure(
          String.format(
              "lvcreate has ended, and %s is %s of %d bytes; expected a block device of %d",
              device, made.kind().text(), made.sizeBytes(), action.sizeBytes()));
    }
    if (!action.unfinished()) {
      finished(action.group(), action.volume());
    }
  }

  private void finished(String group, String volume) throws HostFailure {
    host.volumes().removeTag(group, volume, HostVolumes.UNFINISHED);
    host.files().remove(note(group, volume));
  }

  private static String note(String group, String volume) {
    return VolumeTags.NOTES + "/" + VolumeTags.note(group, volume);
  }

  @Override
  public void finishVolume(FinishVolume action) throws HostFailure {
    guard.requireFree(action.domain(), ImmutableList.of(DiskClaim.alone(action.device())));
    List<String> found = new ArrayList<>(host.filesystems().contents(action.device()));
    if (found.isEmpty() && !host.filesystems().beginsBlank(action.device())) {
      found.add("data at its beginning");
    }
    if (!found.isEmpty()) {
      throw new HostFailure(
          String.format(
              "a run ended while it created the volume, and the volume is not blank: %s. If its"
                  + " content is right: %s; if you do not need it: lvremove %s/%s, and run again",
              String.join(", ", found),
              VolumeTags.settled(action.group(), action.volume()),
              action.group(),
              action.volume()));
    }
    finished(action.group(), action.volume());
  }

  /** The tag is removed last: as long as it is set, the volume counts as incomplete. */
  @Override
  public void makeFilesystem(MakeFilesystem action) throws HostFailure {
    requireFree(action.device());
    host.filesystems().make(action.device(), action.filesystem());
    finished(action.group(), action.volume());
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
