package org.quattor.ncm.xen.apply;

import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.plan.NetworkAction;
import org.quattor.ncm.xen.plan.NetworkAction.CreateBridge;
import org.quattor.ncm.xen.plan.NetworkAction.ReloadUnits;
import org.quattor.ncm.xen.plan.NetworkAction.RemoveBridge;
import org.quattor.ncm.xen.plan.NetworkAction.RestartLibvirt;
import org.quattor.ncm.xen.plan.NetworkAction.StartNetwork;
import org.quattor.ncm.xen.plan.NetworkAction.StopNetwork;

/** Turns each step on the network into operations of the host. */
final class NetworkExecutor implements NetworkAction.Visitor {

  private final XenHost host;

  NetworkExecutor(XenHost host) {
    this.host = host;
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
    host.network().stopAll(action.script(), action.bridges());
  }

  @Override
  public void restartLibvirt(RestartLibvirt action) throws HostFailure {
    host.network().restartLibvirt();
  }
}
