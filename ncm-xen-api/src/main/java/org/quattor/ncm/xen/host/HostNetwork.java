package org.quattor.ncm.xen.host;

import java.util.Collection;
import java.util.SortedMap;

/**
 * Bridges of dom0, by scripts that ncm-xen has put on the host: so that the host can make them at
 * its boot in the same way. The scripts lie there before an operation that names one is called.
 *
 * <p>An operation MUST ask anew whether the host uses what it is about to take or remove, and
 * refuse when {@link NetworkUse} gives a reason, an unknown answer included; nothing is changed
 * then.
 */
public interface HostNetwork {

  /** How the alias of a bridge or VLAN begins that ncm-xen made. */
  String MARK = "ncm-xen";

  /**
   * Returns the devices by name. Costs no command, and so never finds a device unused: its use is
   * seen, or unknown.
   */
  SortedMap<String, NetworkDevice> devices() throws HostFailure;

  /**
   * Returns the devices by name, each with a use that is known: routes of every table and addresses
   * of every family were looked at.
   *
   * @throws HostFailure when one of them could not be read or understood
   */
  SortedMap<String, NetworkDevice> devicesWithUse() throws HostFailure;

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

  /** Calls a script of xend, which defines these bridges, to remove all of them. */
  void stopAll(String script, Collection<BridgeDefinition> bridges) throws HostFailure;

  /** Lets systemd read its units anew; without systemd nothing happens. */
  void reloadUnits() throws HostFailure;

  /** Returns whether libvirt's daemon runs that has the networks. Costs no command. */
  boolean libvirtRuns() throws HostFailure;

  /** Restarts libvirt's daemon that has the networks. */
  void restartLibvirt() throws HostFailure;
}
