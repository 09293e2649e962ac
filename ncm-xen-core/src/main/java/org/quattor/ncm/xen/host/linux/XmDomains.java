package org.quattor.ncm.xen.host.linux;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.DomainTransfer;
import org.quattor.ncm.xen.host.HostDomains;
import org.quattor.ncm.xen.host.HostFailure;

/** The domains of {@code xm(1)} and its daemon. */
final class XmDomains implements HostDomains {

  private final ToolstackCommands commands;
  private final SystemPaths surroundings;

  XmDomains(ToolstackCommands commands, SystemPaths surroundings) {
    this.commands = commands;
    this.surroundings = surroundings;
  }

  @Override
  public List<DomainState> list() throws HostFailure {
    return commands.list();
  }

  @Override
  public Map<String, DomainConfiguration> configurations() throws HostFailure {
    return XmLongList.parse(commands.longList());
  }

  /** Returns none: xend itself starts domains again, and no process tells for which. */
  @Override
  public Set<String> watched() {
    return Set.of();
  }

  @Override
  public Set<DomainTransfer> transfers() throws HostFailure {
    return XlDomains.transfers(surroundings.proc());
  }

  /** Unknown: {@code xm create} takes memory from dom0. */
  @Override
  public OptionalLong freeMemoryMib() {
    return OptionalLong.empty();
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
