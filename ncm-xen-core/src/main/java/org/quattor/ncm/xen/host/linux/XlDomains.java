package org.quattor.ncm.xen.host.linux;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.DomainTransfer;
import org.quattor.ncm.xen.host.DomainTransfer.Kind;
import org.quattor.ncm.xen.host.HostDomains;
import org.quattor.ncm.xen.host.HostFailure;

/** The domains of {@code xl(1)}. */
final class XlDomains implements HostDomains {

  private final ToolstackCommands commands;
  private final SystemPaths surroundings;

  XlDomains(ToolstackCommands commands, SystemPaths surroundings) {
    this.commands = commands;
    this.surroundings = surroundings;
  }

  @Override
  public List<DomainState> list() throws HostFailure {
    return commands.list();
  }

  @Override
  public Map<String, DomainConfiguration> configurations() throws HostFailure {
    Map<String, DomainConfiguration> domains = new TreeMap<>();
    XlUserData notes = new XlUserData(commands.files());
    for (Map.Entry<Integer, DomainConfiguration> domain :
        XlLongList.parse(commands.longList()).entrySet()) {
      domains.put(domain.getValue().name(), notes.completed(domain.getKey(), domain.getValue()));
    }
    return domains;
  }

  /**
   * Returns for each {@code xl create FILE} and {@code xl restore FILE} process the last step of
   * its files: {@code xl create} becomes the monitor process of the domain and keeps its command
   * line. That step is the domain's name where file names follow domain names, as those of ncm-xen
   * and of xendomains do; another one names a domain that nobody asks for.
   *
   * <p>The monitor of a domain that came from another host keeps the command line {@code xl
   * migrate-receive}; its log names the domain. Without a log it is returned as a name that nobody
   * asks for.
   */
  @Override
  public Set<String> watched() throws HostFailure {
    Set<String> names = new TreeSet<>();
    for (ToolstackProcess process : ToolstackProcess.all(surroundings.proc())) {
      switch (process.verb()) {
        case CREATE, RESTORE ->
            process.operands().stream().map(ProcessTable::lastStep).forEach(names::add);
        case RECEIVE -> {
          Optional<String> domain = process.loggedDomain();
          if (domain.isPresent() || process.isDaemon()) {
            names.add(domain.orElse("migrate-receive"));
          }
        }
        case SEND, REMUS, SAVE -> {}
      }
    }
    return names;
  }

  @Override
  public Set<DomainTransfer> transfers() throws HostFailure {
    return transfers(surroundings.proc());
  }

  /** Returns what processes of either toolstack move, from {@code /proc}. */
  static Set<DomainTransfer> transfers(Path proc) throws HostFailure {
    Set<DomainTransfer> transfers = new TreeSet<>();
    for (ToolstackProcess process : ToolstackProcess.all(proc)) {
      switch (process.verb()) {
        case RECEIVE -> {
          if (process.loggedDomain().isEmpty() && !process.isDaemon()) {
            transfers.add(new DomainTransfer(Kind.RECEIVE, ""));
          }
        }
        case SEND, REMUS -> of(process, Kind.SEND).forEach(transfers::add);
        case SAVE -> of(process, Kind.SAVE).forEach(transfers::add);
        case CREATE, RESTORE -> {}
      }
    }
    return transfers;
  }

  /** The domain is one of the operands; the others, a host or a file, name no domain. */
  private static Stream<DomainTransfer> of(ToolstackProcess process, Kind kind) {
    return process.operands().stream().map(word -> new DomainTransfer(kind, word));
  }

  @Override
  public OptionalLong freeMemoryMib() throws HostFailure {
    return XlMemory.freeMib(commands.runner(), commands.files());
  }

  @Override
  public Optional<SortedMap<Integer, String>> traces() throws HostFailure {
    return DomainTraces.read(surroundings);
  }

  @Override
  public void start(String guestFile) throws HostFailure {
    commands.start(guestFile);
  }

  @Override
  public void shutdown(String name, Duration timeout) throws HostFailure {
    commands.shutdown(name, timeout);
  }
}
