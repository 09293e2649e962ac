package org.quattor.ncm.xen.observe;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.network.NetworkFiles;

/** Reads what a host has of bridges; without a command. */
final class NetworkObserver {

  private static final int LARGEST_FILE = 1 << 20;

  private static final ImmutableList<String> FILES =
      ImmutableList.of(
          NetworkFiles.SCRIPT,
          NetworkFiles.UNIT,
          NetworkFiles.VENDOR_SCRIPT,
          NetworkFiles.VENDOR_COPY,
          NetworkFiles.VLAN_SCRIPT,
          NetworkFiles.MULTI_SCRIPT);

  private NetworkObserver() {}

  static NetworkState observe(XenHost host) throws HostFailure {
    ImmutableSortedMap.Builder<String, ConfigurationFile> files = ImmutableSortedMap.naturalOrder();
    for (String path : FILES) {
      FileEntry entry = host.files().look(path);
      if (entry.kind() == FileEntry.Kind.FILE && entry.sizeBytes() <= LARGEST_FILE) {
        files.put(path, ConfigurationFile.of(entry, host.files().read(path, LARGEST_FILE)));
      } else if (entry.exists()) {
        files.put(path, ConfigurationFile.unread(entry));
      }
    }
    return new NetworkState(
        ImmutableSortedMap.copyOf(host.network().devices()),
        files.buildOrThrow(),
        host.files().look(NetworkFiles.UNIT_LINK),
        ImmutableSortedMap.copyOf(host.files().list(NetworkFiles.LIBVIRT_FOLDER)),
        host.network().libvirtRuns());
  }
}
