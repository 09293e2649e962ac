package org.quattor.ncm.xen.host;

import java.util.Collection;
import java.util.SortedMap;

/**
 * Bridges of dom0, by scripts that ncm-xen has put on the host: so that the host can make them at
 * its boot in the same way. The scripts lie there before an operation that names one is called.
 *
 * <p>An operation MUST refuse to take a device that carries an address or the default route of the
 * host, and to remove a bridge that does, or that guests are on; nothing is changed then.
 */
public interface HostNetwork {

  /** How the alias of a bridge or VLAN begins that ncm-xen made. */
  String MARK = "ncm-xen";

  /** Returns the devices by name. Costs no command. */
  SortedMap<String, NetworkDevice> devices() throws HostFailure;

  /**
   * Makes a bridge with its port, or changes one of ours to that. When the process dies in it,
   * another call goes on where it ended. A bridge of another hand that holds the port is left as it
   * is.
   *
   * @param script the path of a script that defines the bridge in the same way
   */
  void makeBridge(String script, BridgeDefinition bridge) throws HostFailure;

  /**
   * Removes a bridge of ours, and the VLAN that was made for it. One that is missing or that
   * another hand made is no failure, and is left alone.
   *
   * @param script the path of our script; it need not define the bridge
   */
  void removeBridge(String script, String bridge) throws HostFailure;

  /** Calls a script of xend, which defines these bridges, to make all of them. */
  void startAll(String script, Collection<BridgeDefinition> bridges) throws HostFailure;

  /** Calls a script of xend to remove all bridges that it defines. */
  void stopAll(String script) throws HostFailure;

  /** Lets systemd read its units anew; without systemd nothing happens. */
  void reloadUnits() throws HostFailure;

  /** Returns whether libvirt's daemon runs that has the networks. Costs no command. */
  boolean libvirtRuns() throws HostFailure;

  /** Restarts libvirt's daemon that has the networks. */
  void restartLibvirt() throws HostFailure;
}
