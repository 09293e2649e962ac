package org.quattor.ncm.xen;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.quattor.ncm.xen.host.DiskIdentity;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.FilesystemSpace;
import org.quattor.ncm.xen.host.HostDomains;
import org.quattor.ncm.xen.host.HostFilesystems;
import org.quattor.ncm.xen.host.HostNetwork;
import org.quattor.ncm.xen.host.HostStorage;
import org.quattor.ncm.xen.host.HostVolumes;
import org.quattor.ncm.xen.host.LvmInventory;

/**
 * Well-formed answers that are not true: nothing is there, no device is used, a domain has no
 * disks, there is all the room of the world.
 */
final class Lies {

  private static final Set<Class<?>> LIARS =
      Set.of(
          HostDomains.class,
          HostFilesystems.class,
          HostNetwork.class,
          HostStorage.class,
          HostVolumes.class);

  /** Lies that no other observation contradicts, by operation, and why. */
  static final Map<String, String> BEYOND_US =
      Map.of(
          "HostDomains.configurations",
          "only the toolstack knows which disks a domain has; the kernel shows that it has some",
          "HostNetwork.devices",
          "only the kernel knows the devices; a bridge that it hides stays until it shows it",
          "HostStorage.users",
          "only the kernel knows what is mounted in dom0; mkfs and xl ask it once more",
          "HostStorage.usersBesideDomain",
          "the same look at the kernel, for a disk that the domain itself has or just had");

  private Lies() {}

  /** Returns whether an operation can lie: the tools and looks at devices, not the files. */
  static boolean fits(HostOperation operation) {
    return !operation.changes() && LIARS.contains(operation.role());
  }

  /** Returns what is said instead of the truth. */
  static Object about(HostOperation operation, Object truth) {
    if (operation.toString().equals("HostDomains.configurations")) {
      @SuppressWarnings("unchecked")
      Map<String, DomainConfiguration> all = (Map<String, DomainConfiguration>) truth;
      return new TreeMap<>(
          Maps.transformValues(all, domain -> domain.toBuilder().disks(List.of()).build()));
    }
    if (operation.toString().equals("HostDomains.list")) {
      return ((List<?>) truth).subList(0, 1); // dom0
    }
    if (truth instanceof LvmInventory lvm) {
      return new LvmInventory(lvm.groups(), ImmutableSortedMap.of());
    }
    if (truth instanceof FilesystemSpace space) {
      return new FilesystemSpace(space.filesystem(), Long.MAX_VALUE);
    }
    if (truth instanceof Optional<?>) {
      return Optional.of(ImmutableSortedMap.of());
    }
    if (truth instanceof Boolean yes) {
      return !yes;
    }
    if (truth instanceof OptionalLong) {
      return OptionalLong.of(Long.MAX_VALUE);
    }
    if (truth instanceof Long) {
      return 0L;
    }
    if (truth instanceof FileEntry) {
      return FileEntry.MISSING;
    }
    if (truth instanceof DiskIdentity) {
      return DiskIdentity.NOTHING;
    }
    if (truth instanceof Map<?, ?>) {
      return ImmutableSortedMap.of();
    }
    return truth instanceof Set<?> ? ImmutableSortedSet.of() : ImmutableList.of();
  }
}
