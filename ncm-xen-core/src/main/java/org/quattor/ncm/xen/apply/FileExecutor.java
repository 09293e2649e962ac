package org.quattor.ncm.xen.apply;

import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.Effect;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.plan.DiskClaim;
import org.quattor.ncm.xen.plan.FileAction;
import org.quattor.ncm.xen.plan.FileAction.CopyFile;
import org.quattor.ncm.xen.plan.FileAction.CreateLink;
import org.quattor.ncm.xen.plan.FileAction.FetchFile;
import org.quattor.ncm.xen.plan.FileAction.KeepFile;
import org.quattor.ncm.xen.plan.FileAction.RemoveFile;
import org.quattor.ncm.xen.plan.FileAction.RemoveLink;
import org.quattor.ncm.xen.plan.FileAction.RenameFile;
import org.quattor.ncm.xen.plan.FileAction.WriteFile;
import org.quattor.ncm.xen.text.HostPath;

/** Turns each step on a file into operations of the host. */
final class FileExecutor implements FileAction.Visitor {

  private static final int FOLDER_MODE = 0755;
  private static final int KEPT_FILE_MODE = 0600;
  private static final int SCRIPT_MODE = 0755;
  private static final int MAX_FILE_BYTES = 1 << 20;

  private final XenHost host;
  private final HostFiles files;
  private final DiskGuard guard;
  private final ComponentContext context;

  FileExecutor(XenHost host, DiskGuard guard, ComponentContext context) {
    this.host = host;
    this.guard = guard;
    this.files = host.files();
    this.context = context;
  }

  @Override
  public void fetchFile(FetchFile action) throws HostFailure {
    files.makeFolder(HostPath.folder(action.path()), FOLDER_MODE);
    guard.requireFree("", ImmutableList.of(DiskClaim.alone(action.path())));
    try {
      host.fetches()
          .fetch(
              action.source(),
              action.path(),
              (done, total) -> {
                if (total > 0) {
                  context.listener().progress(action, done, total);
                }
                return !context.stopRequested();
              });
    } catch (HostFailure e) {
      throw action.effect() == Effect.CREATE
          ? e
          : new HostFailure(
              e.getMessage() + "; the old file stays, although its sha256 is not the declared one",
              e);
    }
  }

  @Override
  public void keepFile(KeepFile action) throws HostFailure {
    files.write(action.copy(), files.read(action.path(), MAX_FILE_BYTES), KEPT_FILE_MODE);
  }

  @Override
  public void writeFile(WriteFile action) throws HostFailure {
    files.makeFolder(HostPath.folder(action.path()), FOLDER_MODE);
    files.write(action.path(), action.text().getBytes(StandardCharsets.UTF_8), action.mode());
  }

  @Override
  public void copyFile(CopyFile action) throws HostFailure {
    files.write(action.copy(), files.read(action.path(), MAX_FILE_BYTES), SCRIPT_MODE);
  }

  /**
   * The new name first: a run that ends in between leaves both files, and the next one sees them.
   */
  @Override
  public void renameFile(RenameFile action) throws HostFailure {
    FileEntry entry = files.look(action.path());
    if (entry.kind() == FileEntry.Kind.LINK) {
      files.link(action.other(), entry.linkTarget());
    } else {
      files.write(action.other(), files.read(action.path(), MAX_FILE_BYTES), entry.mode());
    }
    files.remove(action.path());
  }

  @Override
  public void removeFile(RemoveFile action) throws HostFailure {
    files.remove(action.path());
  }

  @Override
  public void createLink(CreateLink action) throws HostFailure {
    files.makeFolder(HostPath.folder(action.path()), FOLDER_MODE);
    files.link(action.path(), action.file());
  }

  @Override
  public void removeLink(RemoveLink action) throws HostFailure {
    files.remove(action.path());
  }
}
