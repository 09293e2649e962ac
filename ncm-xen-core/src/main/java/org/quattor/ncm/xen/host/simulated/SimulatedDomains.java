package org.quattor.ncm.xen.host.simulated;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.HostDomains;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.Toolstack;

/** Domains out of the state; refuses what {@code xl(1)} 4.17 refuses, in its words. */
final class SimulatedDomains implements HostDomains {

  private static final int MAX_GUEST_FILE_BYTES = 1 << 20;

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
  public Map<String, String> uuids() throws HostFailure {
    command("list");
    Map<String, String> uuids = new TreeMap<>();
    state
        .now()
        .domains()
        .forEach(
            (name, domain) -> {
              if (!domain.uuid().isEmpty()) {
                uuids.put(name, domain.uuid());
              }
            });
    return uuids;
  }

  @Override
  public Set<String> watched() {
    return toolstack == Toolstack.XL ? state.now().watched() : Set.of();
  }

  @Override
  public void start(String guestFile) throws HostFailure {
    command("create");
    Furnishing now = state.now();
    GuestFileCheck.Guest guest = check.read(guestFile, files.read(guestFile, MAX_GUEST_FILE_BYTES));
    if (now.domains().containsKey(guest.name())) {
      throw failed("create", 3, "Domain with name \"" + guest.name() + "\" already exists.");
    }
    for (GuestDisk disk : guest.disks()) {
      checkDisk(disk);
    }
    for (String bridge : guest.bridges()) {
      if (!now.bridges().contains(bridge)) {
        throw failed("create", 3, "Could not find bridge device " + bridge);
      }
    }
    String uuid = guest.uuid();
    String given =
        uuid == null
            ? UUID.nameUUIDFromBytes(guest.name().getBytes(StandardCharsets.UTF_8)).toString()
            : uuid;
    int id = now.domains().values().stream().mapToInt(d -> d.id()).max().orElse(0) + 1;
    Furnishing next =
        now.withDomain(
            guest.name(),
            new Furnishing.RunningDomain(
                id, given, guest.memoryMib(), Activity.RUNNING, guest.disks()));
    state.change(toolstack == Toolstack.XL ? next.withWatched(guest.name()) : next);
  }

  private void checkDisk(GuestDisk disk) throws HostFailure {
    Kind kind = storage.look(disk.target()).kind();
    if (kind != Kind.FILE && kind != Kind.BLOCK_DEVICE) {
      throw failed("create", 3, "Disk " + disk.target() + " failed to stat: " + kind.text());
    }
    for (Map.Entry<String, Furnishing.RunningDomain> other : state.now().domains().entrySet()) {
      for (GuestDisk used : other.getValue().disks()) {
        if (!disk.goesWith(used)) {
          throw failed(
              "create",
              3,
              "Device "
                  + disk.target()
                  + " is mounted in a guest domain ("
                  + other.getKey()
                  + "), and so cannot be mounted now.");
        }
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

  private void command(String verb) throws HostFailure {
    Furnishing now = state.now();
    if (!now.facts().toolstacks().contains(toolstack)) {
      throw new HostFailure("cannot run " + toolstack.command() + ": it is not installed");
    }
    state.countCommand();
    if (!now.facts().dom0()) {
      throw failed(verb, 1, "cannot open libxc handle: not booted on Xen");
    }
    if (toolstack == Toolstack.XM && !now.facts().xendRunning()) {
      throw failed(
          verb, 1, "Unable to connect to xend: No such file or directory. Is xend running?");
    }
  }

  private HostFailure failed(String verb, int status, String message) {
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
