package org.quattor.ncm.xen.host.linux;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.HostDomains;
import org.quattor.ncm.xen.host.HostFailure;

/** The domains of {@code xm(1)} and its daemon. */
final class XmDomains implements HostDomains {

  private final ToolstackCommands commands;

  XmDomains(ToolstackCommands commands) {
    this.commands = commands;
  }

  @Override
  public List<DomainState> list() throws HostFailure {
    return commands.list();
  }

  /** Reads {@code (domain (domid 1) (uuid …) (name …) …)} of each domain. */
  @Override
  public Map<String, String> uuids() throws HostFailure {
    Map<String, String> uuids = new TreeMap<>();
    for (Object domain : SExpressions.parse("the output of xm list -l", commands.longList())) {
      Optional<String> id = SExpressions.value(domain, "domid");
      Optional<String> name = SExpressions.value(domain, "name");
      Optional<String> uuid = SExpressions.value(domain, "uuid");
      if (id.isPresent() && !id.get().equals("0") && name.isPresent() && uuid.isPresent()) {
        uuids.put(name.get(), uuid.get());
      }
    }
    return uuids;
  }

  /** Returns none: xend itself starts domains again, and no process tells for which. */
  @Override
  public Set<String> watched() {
    return Set.of();
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
