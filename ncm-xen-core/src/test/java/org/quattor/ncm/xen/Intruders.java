package org.quattor.ncm.xen;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostUse;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.host.NetworkDevice.Kind;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.simulated.SimulatedHost;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec.RunningDomain;

/**
 * Others that take what a run is about: a foreign domain writes to every second disk, dom0 mounts
 * the rest, and the host has addresses on the bridges.
 */
final class Intruders {

  /** The name of the foreign domain. */
  static final String DOMAIN = "intruder";

  private final SimulatedHost host;
  private final ImmutableSortedSet<String> disks;
  private final int first;
  private final Set<String> mounted = new TreeSet<>();
  private final Set<String> addressed = new TreeSet<>();
  private boolean here;

  /**
   * Makes them ready.
   *
   * @param disks what they take, as far as it is there by then
   * @param first 0 or 1: which of each two disks the domain takes
   */
  Intruders(SimulatedHost host, ImmutableSortedSet<String> disks, int first) {
    this.host = host;
    this.disks = disks;
    this.first = first;
  }

  /** Returns whether they have come. */
  boolean here() {
    return here;
  }

  /** They come. What a running guest has, no other domain can have. */
  void come() throws HostFailure {
    SimulatedHostSpec now = host.spec();
    Set<String> taken = new TreeSet<>();
    now.domains().values().forEach(domain -> taken.addAll(targets(domain)));
    List<String> foreign = new ArrayList<>();
    int count = first;
    for (String path : disks) {
      if (host.storage().look(path).exists()) {
        if (count++ % 2 == 0 && !taken.contains(path)) {
          foreign.add(
              "'format=raw,vdev=xvd%c,access=rw,target=%s'".formatted('a' + foreign.size(), path));
        } else {
          mounted.add(path);
          now = now.withUsers(path, "mounted on /mnt");
        }
      }
    }
    for (Map.Entry<String, NetworkDevice> device : now.devices().entrySet()) {
      if (device.getValue().kind() == Kind.BRIDGE && device.getValue().use() == HostUse.UNUSED) {
        addressed.add(device.getKey());
        now = now.withDevice(device.getKey(), device.getValue().withUse(HostUse.USED));
      }
    }
    String file =
        "name = '%s'\nmemory = 64\ndisk = [%s]".formatted(DOMAIN, String.join(", ", foreign));
    DomainConfiguration made =
        SimulatedToolstack.read("<intruder>", file.getBytes(StandardCharsets.UTF_8))
            .configuration();
    int id = now.domains().values().stream().mapToInt(RunningDomain::id).max().orElse(0) + 1;
    SimulatedHostSpec next =
        now.withDomain(
            DOMAIN, new RunningDomain(id, Activity.RUNNING, made, ImmutableSortedSet.of()));
    host.change(before -> next);
    here = true;
  }

  /** They are gone, and have left nothing. */
  void go() throws HostFailure {
    if (!here) {
      return;
    }
    here = false;
    host.domains(Toolstack.XL).shutdown(DOMAIN, Duration.ZERO);
    SimulatedHostSpec now = host.spec();
    for (String path : mounted) {
      now = now.withUsers(path);
    }
    for (String name : addressed) {
      NetworkDevice device = now.devices().get(name);
      if (device != null) {
        now = now.withDevice(name, device.withUse(HostUse.UNUSED));
      }
    }
    SimulatedHostSpec next = now;
    host.change(before -> next);
  }

  /** Returns the disks of a domain. */
  static ImmutableSet<String> targets(RunningDomain domain) {
    return domain.configuration().disks().stream()
        .map(DomainConfiguration.Disk::target)
        .collect(ImmutableSet.toImmutableSet());
  }
}
