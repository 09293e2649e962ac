package org.quattor.ncm.xen.host.simulated;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainConfiguration.Share;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.host.DomainTransfer;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.HostDomains;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec.RunningDomain;

/** Domains out of the state; refuses what {@code xl(1)} 4.17 refuses, in its words. */
final class SimulatedDomains implements HostDomains {

  private static final int MAX_GUEST_FILE_BYTES = 1 << 20;

  /** As measured for {@code xl list} on a Xen 4.17 host. */
  private static final Duration COMMAND_TIME = Duration.ofMillis(250);

  private final SimulatedState state;
  private final SimulatedFiles files;
  private final SimulatedStorage storage;
  private final GuestFileCheck check;
  private final Toolstack toolstack;

  SimulatedDomains(
      SimulatedState state,
      SimulatedFiles files,
      SimulatedStorage storage,
      GuestFileCheck check,
      Toolstack toolstack) {
    this.state = state;
    this.files = files;
    this.storage = storage;
    this.check = check;
    this.toolstack = toolstack;
  }

  @Override
  public List<DomainState> list() throws HostFailure {
    command("list");
    List<DomainState> domains = new ArrayList<>();
    domains.add(new DomainState("Domain-0", 0, Activity.RUNNING));
    state
        .now()
        .domains()
        .forEach(
            (name, domain) -> domains.add(new DomainState(name, domain.id(), domain.activity())));
    return domains;
  }

  @Override
  public Map<String, DomainConfiguration> configurations() throws HostFailure {
    command("list");
    return ImmutableSortedMap.copyOf(
        Maps.transformValues(
            Maps.filterValues(
                state.now().domains(), domain -> domain.activity() != Activity.BUILDING),
            RunningDomain::configuration));
  }

  @Override
  public Set<String> watched() {
    return toolstack == Toolstack.XL ? state.now().watched() : Set.of();
  }

  @Override
  public Set<DomainTransfer> transfers() {
    return state.now().transfers();
  }

  /** A simulated host has as much memory as it is asked for. */
  @Override
  public OptionalLong freeMemoryMib() {
    return OptionalLong.empty();
  }

  @Override
  public Optional<SortedMap<Integer, String>> traces() {
    SortedMap<Integer, String> traces = new TreeMap<>();
    for (RunningDomain domain : state.now().domains().values()) {
      traces.put(domain.id(), domain.configuration().name() + " " + domain.configuration().disks());
    }
    return Optional.of(traces);
  }

  @Override
  public void start(String guestFile) throws HostFailure {
    command("create");
    SimulatedHostSpec now = state.now();
    GuestFileCheck.Guest guest = check.read(guestFile, files.read(guestFile, MAX_GUEST_FILE_BYTES));
    DomainConfiguration asked = guest.configuration();
    if (now.domains().containsKey(asked.name())) {
      throw failed("create", 3, "Domain with name \"" + asked.name() + "\" already exists.");
    }
    for (DomainConfiguration.Disk disk : asked.disks()) {
      checkDisk("create", disk, guest.shared().contains(disk.target()));
    }
    for (DomainConfiguration.Vif vif : asked.vifs()) {
      if (!vif.bridge().isEmpty() && !now.bridges().contains(vif.bridge())) {
        throw failed("create", 3, "Could not find bridge device " + vif.bridge());
      }
    }
    SimulatedHostSpec next =
        now.withDomain(
            asked.name(),
            new RunningDomain(now.nextId(), Activity.RUNNING, withDefaults(asked), guest.shared()));
    state.change(toolstack == Toolstack.XL ? next.withWatched(asked.name()) : next);
  }

  /** Fills in what the toolstack does where the guest file says nothing. */
  static DomainConfiguration withDefaults(DomainConfiguration asked) {
    UUID made = UUID.nameUUIDFromBytes(asked.name().getBytes(StandardCharsets.UTF_8));
    Integer vcpus = Objects.requireNonNullElse(asked.vcpus(), 1);
    Share share = asked.share();
    return asked.toBuilder()
        .uuid(asked.uuid().isEmpty() ? made.toString() : asked.uuid())
        .maxMemoryKib(asked.maxMemoryKib() == null ? asked.memoryKib() : asked.maxMemoryKib())
        .vcpus(vcpus)
        .maxVcpus(asked.maxVcpus() == null ? vcpus : asked.maxVcpus())
        .share(
            share == null
                ? new Share("credit2", 256, 0)
                : new Share("credit2", share.weight(), share.cap()))
        .build();
  }

  /** Fails as the toolstack does when a disk is missing, or used by another domain. */
  void checkDisk(String verb, DomainConfiguration.Disk disk, boolean insists) throws HostFailure {
    if (disk.target().isEmpty()) {
      return;
    }
    Kind kind = storage.look(disk.target()).kind();
    if (kind != Kind.FILE && kind != Kind.BLOCK_DEVICE) {
      throw failed(verb, 3, "Disk " + disk.target() + " failed to stat: " + kind.text());
    }
    for (RunningDomain other : state.now().domains().values()) {
      if (!other.allows(disk, insists)) {
        throw failed(
            verb,
            3,
            "Device "
                + disk.target()
                + " is mounted in a guest domain ("
                + other.configuration().name()
                + "), and so cannot be mounted now.");
      }
    }
  }

  @Override
  public void shutdown(String name, Duration timeout) throws HostFailure {
    command("shutdown");
    if (!state.now().domains().containsKey(name)) {
      throw failed("shutdown", 1, name + " is an invalid domain identifier (rc=-6)");
    }
    state.change(state.now().withoutDomain(name));
  }

  void command(String verb) throws HostFailure {
    SimulatedHostSpec now = state.now();
    if (!now.facts().toolstacks().contains(toolstack)) {
      throw new HostFailure("cannot run " + toolstack.command() + ": it is not installed");
    }
    state.countCommand();
    state.pass(COMMAND_TIME);
    if (!now.facts().dom0()) {
      throw failed(verb, 1, "cannot open libxc handle: not booted on Xen");
    }
    if (toolstack == Toolstack.XM && !now.facts().xendRunning()) {
      throw failed(
          verb, 1, "Unable to connect to xend: No such file or directory. Is xend running?");
    }
  }

  HostFailure failed(String verb, int status, String message) {
    return new HostFailure(
        toolstack.command()
            + " "
            + verb
            + " (simulated) failed with exit status "
            + status
            + ": "
            + message);
  }
}
