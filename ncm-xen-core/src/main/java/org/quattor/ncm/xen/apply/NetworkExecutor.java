package org.quattor.ncm.xen.apply;

import java.nio.charset.StandardCharsets;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.plan.NetworkAction;
import org.quattor.ncm.xen.plan.NetworkAction.CopyFile;
import org.quattor.ncm.xen.plan.NetworkAction.CreateBridge;
import org.quattor.ncm.xen.plan.NetworkAction.ReloadUnits;
import org.quattor.ncm.xen.plan.NetworkAction.RemoveBridge;
import org.quattor.ncm.xen.plan.NetworkAction.RenameFile;
import org.quattor.ncm.xen.plan.NetworkAction.RestartLibvirt;
import org.quattor.ncm.xen.plan.NetworkAction.StartNetwork;
import org.quattor.ncm.xen.plan.NetworkAction.StopNetwork;
import org.quattor.ncm.xen.plan.NetworkAction.WriteScript;

/** Turns each step on the network into operations of the host. */
final class NetworkExecutor implements NetworkAction.Visitor {

  private static final int SCRIPT_MODE = 0755;
  private static final int FOLDER_MODE = 0755;
  private static final int LARGEST_FILE = 1 << 20;

  private final XenHost host;

  NetworkExecutor(XenHost host) {
    this.host = host;
  }

  @Override
  public void writeScript(WriteScript action) throws HostFailure {
    host.files().makeFolder(folder(action.path()), FOLDER_MODE);
    host.files()
        .write(action.path(), action.text().getBytes(StandardCharsets.UTF_8), action.mode());
  }

  @Override
  public void copyFile(CopyFile action) throws HostFailure {
    HostFiles files = host.files();
    files.write(action.copy(), files.read(action.path(), LARGEST_FILE), SCRIPT_MODE);
  }

  /** The new name first: a run that ends between both leaves two, which the next one sees. */
  @Override
  public void renameFile(RenameFile action) throws HostFailure {
    HostFiles files = host.files();
    FileEntry entry = files.look(action.path());
    if (entry.kind() == FileEntry.Kind.LINK) {
      files.link(action.other(), entry.linkTarget());
    } else {
      files.write(action.other(), files.read(action.path(), LARGEST_FILE), entry.mode());
    }
    files.remove(action.path());
  }

  @Override
  public void reloadUnits(ReloadUnits action) throws HostFailure {
    host.network().reloadUnits();
  }

  @Override
  public void createBridge(CreateBridge action) throws HostFailure {
    host.network().makeBridge(action.script(), action.bridge());
  }

  @Override
  public void removeBridge(RemoveBridge action) throws HostFailure {
    host.network().removeBridge(action.script(), action.bridge());
  }

  @Override
  public void startNetwork(StartNetwork action) throws HostFailure {
    host.network().startAll(action.script(), action.bridges());
  }

  @Override
  public void stopNetwork(StopNetwork action) throws HostFailure {
    host.network().stopAll(action.script());
  }

  @Override
  public void restartLibvirt(RestartLibvirt action) throws HostFailure {
    host.network().restartLibvirt();
  }

  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }
}
