package org.quattor.ncm.xen.host.simulated;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainConfiguration.Disk;
import org.quattor.ncm.xen.host.DomainConfiguration.Share;
import org.quattor.ncm.xen.host.DomainConfiguration.Vif;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostLiveChanges;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec.RunningDomain;

/** Changes to the domains of the state; refuses what {@code xl(1)} 4.17 refuses. */
final class SimulatedLiveChanges implements HostLiveChanges {

  private static final int MAX_GUEST_FILE_BYTES = 1 << 20;

  private final SimulatedState state;
  private final SimulatedFiles files;
  private final SimulatedDomains domains;

  SimulatedLiveChanges(SimulatedState state, SimulatedFiles files, SimulatedDomains domains) {
    this.state = state;
    this.files = files;
    this.domains = domains;
  }

  @Override
  public void setMemory(String name, long memoryMib) throws HostFailure {
    DomainConfiguration now = running("mem-set", name);
    long kib = memoryMib << 10;
    if (kib > Objects.requireNonNullElse(now.maxMemoryKib(), 0L)) {
      throw domains.failed(
          "mem-set", 1, "memory_dynamic_max must be less than or equal to memory_static_max");
    }
    change(name, made -> made.memoryKib(kib));
  }

  @Override
  public void setVcpus(String name, int vcpus) throws HostFailure {
    DomainConfiguration now = running("vcpu-set", name);
    if (vcpus > Objects.requireNonNullElse(now.maxVcpus(), 1)) {
      throw domains.failed(
          "vcpu-set", 1, "Requested " + vcpus + " vCPUs, however maxcpus is " + now.maxVcpus());
    }
    change(name, made -> made.vcpus(vcpus));
  }

  @Override
  public void setShare(String name, Share share) throws HostFailure {
    running("sched-credit2", name);
    change(name, made -> made.share(share));
  }

  @Override
  public void pin(String name, List<Set<Integer>> affinity) throws HostFailure {
    int vcpus = Objects.requireNonNullElse(running("vcpu-pin", name).maxVcpus(), 1);
    change(
        name,
        made ->
            made.affinity(
                affinity.size() == 1 ? Collections.nCopies(vcpus, affinity.get(0)) : affinity));
  }

  @Override
  public void attachDisk(String name, Map<String, String> keys) throws HostFailure {
    DomainConfiguration now = running("block-attach", name);
    Disk disk =
        new Disk(
            keys.getOrDefault("target", ""),
            keys.getOrDefault("vdev", ""),
            !keys.getOrDefault("access", "rw").startsWith("ro"));
    if (now.disks().stream().anyMatch(other -> other.device().equals(disk.device()))) {
      throw domains.failed("block-attach", 1, "device already exists in xenstore");
    }
    domains.checkDisk("block-attach", disk, false);
    change(name, made -> made.disks(and(now.disks(), disk)));
  }

  @Override
  public void attachVif(String name, Map<String, String> keys) throws HostFailure {
    DomainConfiguration now = running("network-attach", name);
    String bridge = keys.getOrDefault("bridge", "");
    if (!bridge.isEmpty() && !state.now().bridges().contains(bridge)) {
      throw domains.failed("network-attach", 1, "Could not find bridge device " + bridge);
    }
    change(name, made -> made.vifs(and(now.vifs(), new Vif(keys.getOrDefault("mac", ""), bridge))));
  }

  @Override
  public void store(String name, String guestFile) throws HostFailure {
    running("config-update", name);
    byte[] content = files.read(guestFile, MAX_GUEST_FILE_BYTES);
    change(name, made -> made.stored(new String(content, StandardCharsets.UTF_8)));
  }

  private DomainConfiguration running(String verb, String name) throws HostFailure {
    domains.command(verb);
    RunningDomain domain = state.now().domains().get(name);
    if (domain == null) {
      throw domains.failed(verb, 1, name + " is an invalid domain identifier (rc=-6)");
    }
    return domain.configuration();
  }

  private void change(String name, UnaryOperator<DomainConfiguration.Builder> change)
      throws HostFailure {
    SimulatedHostSpec now = state.now();
    RunningDomain domain = Objects.requireNonNull(now.domains().get(name));
    DomainConfiguration next = change.apply(domain.configuration().toBuilder()).build();
    state.change(now.withDomain(name, domain.with(next)));
  }

  private static <T> List<T> and(List<T> list, T last) {
    return ImmutableList.copyOf(Iterables.concat(list, ImmutableList.of(last)));
  }
}
