package org.quattor.ncm.xen;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostUse;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.host.simulated.GuestFileCheck;
import org.quattor.ncm.xen.host.simulated.SimulatedHost;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec.RunningDomain;

/**
 * Watches what a run does to disks: each one that is written to, or given to a guest, must have
 * been looked at right before, and nothing else may use it. Who begins to use it between that look
 * and the act cannot be seen; the toolstack, the kernel and the tools refuse then.
 */
final class DiskWatch {

  private static final int MAX_GUEST_FILE_BYTES = 1 << 20;

  private final SimulatedHost host;
  private final Intruders intruders;
  private final List<String> violations = new ArrayList<>();
  private final Map<String, Look> looks = new HashMap<>();
  private int changes;
  private int tooLate;

  /**
   * A look at a disk.
   *
   * @param at how many changes there were before it; the disk's own is to be the next one
   */
  private record Look(int at, boolean sawIntruders) {}

  DiskWatch(SimulatedHost host, Intruders intruders) {
    this.host = host;
    this.intruders = intruders;
  }

  /** Returns the host to work on. */
  XenHost watched() {
    return HostProxy.of(
        host,
        (method, arguments, operation) -> {
          String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
          if (name.equals("HostStorage.identity")) {
            looks.put((String) arguments[0], new Look(changes, intruders.here()));
          }
          for (String disk : written(name, arguments)) {
            check(method, disk, owner(name, arguments));
          }
          if (method.getReturnType() == void.class) {
            changes++;
          }
          boolean used = name.equals("HostNetwork.removeBridge") && isUsed((String) arguments[1]);
          Object result = operation.run();
          if (used && !host.spec().devices().containsKey((String) arguments[1])) {
            violations.add("bridge " + arguments[1] + " was removed while the host used it");
          }
          return result;
        });
  }

  /** Returns what was done wrong. */
  ImmutableList<String> violations() {
    List<String> all = new ArrayList<>(violations);
    Map<String, String> owners = new HashMap<>();
    for (RunningDomain domain : host.spec().domains().values()) {
      for (String disk : Intruders.targets(domain)) {
        String other = owners.put(disk, domain.configuration().name());
        if (other != null) {
          all.add(disk + " is a disk of " + other + " and " + domain.configuration().name());
        }
      }
    }
    return ImmutableList.copyOf(all);
  }

  /** Returns how often somebody came between the look and the act. */
  int tooLate() {
    return tooLate;
  }

  private void check(Method act, String disk, @Nullable String owner) throws HostFailure {
    String what = act.getName() + " on " + disk;
    Look look = looks.get(disk);
    if (!host.storage().look(disk).exists()) {
      return; // Something new, or the operation fails.
    }
    if (look == null || look.at() < changes) {
      violations.add(what + ", and it was not looked at right before");
    } else if (isUsed(disk, owner)) {
      if (look.sawIntruders()) {
        violations.add(what + ", which something else uses");
      } else {
        tooLate++;
      }
    }
  }

  private boolean isUsed(String disk, @Nullable String owner) {
    return !host.spec().users().getOrDefault(disk, ImmutableList.of()).isEmpty()
        || host.spec().domains().values().stream()
            .filter(domain -> !domain.configuration().name().equals(owner))
            .anyMatch(domain -> Intruders.targets(domain).contains(disk));
  }

  private boolean isUsed(String bridge) {
    NetworkDevice device = host.spec().devices().get(bridge);
    return device != null && device.use() == HostUse.USED;
  }

  private ImmutableSet<String> written(String name, Object[] arguments) throws HostFailure {
    return switch (name) {
      case "HostDomains.start" ->
          guest(arguments).configuration().disks().stream()
              .map(DomainConfiguration.Disk::target)
              .collect(ImmutableSet.toImmutableSet());
      case "HostLiveChanges.attachDisk" ->
          ImmutableSet.of(String.valueOf(((Map<?, ?>) arguments[1]).get("target")));
      case "HostFilesystems.make", "HostStorage.extendImage" ->
          ImmutableSet.of((String) arguments[0]);
      case "HostVolumes.createGroup" -> ImmutableSet.of((String) arguments[1]);
      case "HostVolumes.extendVolume" ->
          ImmutableSet.of("/dev/" + arguments[0] + "/" + arguments[1]);
      default -> ImmutableSet.of();
    };
  }

  private @Nullable String owner(String name, Object[] arguments) throws HostFailure {
    return switch (name) {
      case "HostDomains.start" -> guest(arguments).configuration().name();
      case "HostLiveChanges.attachDisk" -> (String) arguments[0];
      default -> null;
    };
  }

  private GuestFileCheck.Guest guest(Object[] arguments) throws HostFailure {
    String file = (String) arguments[0];
    byte[] content = host.files().read(file, MAX_GUEST_FILE_BYTES);
    return SimulatedToolstack.read(file, content);
  }
}
