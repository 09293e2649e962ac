package org.quattor.ncm.xen.host.linux;

import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import org.quattor.ncm.xen.host.BridgeDefinition;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostNetwork;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.host.local.BridgeGuard;
import org.quattor.ncm.xen.host.local.DirectoryFiles;

/** The network by the scripts on the host, each called as {@code sh SCRIPT WORD [BRIDGE]}. */
final class ScriptedNetwork implements HostNetwork {

  /** The daemons of libvirt that may have the networks, the more particular one first. */
  private static final ImmutableList<String> DAEMONS = ImmutableList.of("virtnetworkd", "libvirtd");

  private final SystemPaths surroundings;
  private final DirectoryFiles files;
  private final CommandRunner runner;

  ScriptedNetwork(SystemPaths surroundings, DirectoryFiles files, CommandRunner runner) {
    this.surroundings = surroundings;
    this.files = files;
    this.runner = runner;
  }

  @Override
  public SortedMap<String, NetworkDevice> devices() throws HostFailure {
    return new NetworkDevices(surroundings).read();
  }

  @Override
  public SortedMap<String, NetworkDevice> devicesWithUse() throws HostFailure {
    return new NetworkDevices(surroundings).read(new IpProgram(runner));
  }

  @Override
  public void makeBridge(String script, BridgeDefinition bridge) throws HostFailure {
    new BridgeGuard(devicesWithUse()).beforeMaking(bridge);
    call(script, "start", bridge.name());
  }

  @Override
  public void removeBridge(String script, String bridge) throws HostFailure {
    new BridgeGuard(devicesWithUse()).beforeRemoving(bridge);
    call(script, "stop", bridge);
  }

  @Override
  public void startAll(String script, Collection<BridgeDefinition> bridges) throws HostFailure {
    call(script, "start");
  }

  @Override
  public void stopAll(String script, Collection<BridgeDefinition> bridges) throws HostFailure {
    new BridgeGuard(devicesWithUse()).beforeStopping(bridges);
    call(script, "stop");
  }

  private void call(String script, String... words) throws HostFailure {
    ImmutableList.Builder<String> argv = ImmutableList.builder();
    argv.add("sh", files.place(script).toString()).add(words);
    runner.run(argv.build().toArray(String[]::new)).output();
  }

  @Override
  public void reloadUnits() throws HostFailure {
    if (hasSystemd()) {
      runner.run("systemctl", "daemon-reload").output();
    }
  }

  @Override
  public boolean libvirtRuns() throws HostFailure {
    return daemon().isPresent();
  }

  @Override
  public void restartLibvirt() throws HostFailure {
    String service = daemon().orElse("libvirtd");
    if (hasSystemd()) {
      runner.run("systemctl", "restart", service + ".service").output();
    } else {
      runner.run("sh", files.place("/etc/init.d/" + service).toString(), "restart").output();
    }
  }

  private Optional<String> daemon() throws HostFailure {
    ImmutableList<ImmutableList<String>> running =
        ImmutableList.copyOf(ProcessTable.commandLines(surroundings.proc()));
    return DAEMONS.stream()
        .filter(
            daemon ->
                running.stream()
                    .anyMatch(
                        words ->
                            !words.isEmpty() && ProcessTable.lastStep(words.get(0)).equals(daemon)))
        .findFirst();
  }

  private boolean hasSystemd() {
    return Files.isDirectory(surroundings.root().resolve("run/systemd/system"));
  }
}
