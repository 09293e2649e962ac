package org.quattor.ncm.xen.host;

/** A Xen host (dom0), as its operations by role. */
public interface XenHost {

  /** Reads what the host is. */
  HostFacts facts() throws HostFailure;

  /** Returns the file operations. */
  HostFiles files();

  /** Returns the LVM operations. */
  HostVolumes volumes();

  /** Returns the operations on image files and block devices. */
  HostStorage storage();

  /** Returns the operations on file systems. */
  HostFilesystems filesystems();

  /** Returns the operations on files that come from web servers. */
  HostFetches fetches();

  /** Returns the operations on the network. */
  HostNetwork network();

  /** Returns the domain operations of a toolstack that {@link #facts} has named. */
  HostDomains domains(Toolstack toolstack);

  /** Returns the changes to running domains that {@code xl} makes. */
  HostLiveChanges liveChanges();

  /** Returns how many external commands were run so far, reading ones included. */
  int commands();
}
