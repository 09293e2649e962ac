package org.quattor.ncm.xen.host.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.quattor.ncm.xen.host.BridgeDefinition;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.model.Bridge;
import org.quattor.ncm.xen.network.Iproute2Script;
import org.quattor.ncm.xen.network.NetworkFiles;

/** A dom0 with three wires to what is outside, in network namespaces, and bridges in it. */
final class RealNetwork implements AutoCloseable {

  static final String OUTSIDE = "10.99.1.1";

  private final List<Namespace> namespaces = new ArrayList<>();
  private Path temp;
  private Namespace dom0;
  private Namespace outside;
  private LinuxHost host;

  /** Makes the namespaces; skips the test where there can be none. */
  void open(Path folder) throws Exception {
    temp = folder;
    dom0 = namespace();
    outside = namespace();
    for (String name : new String[] {"eth0", "eth1", "eth2"}) {
      dom0.wire(name, outside, "out-" + name);
      outside.run("ip link set out-" + name + " up");
    }
    dom0.run("ip link set eth0 up");
    dom0.run("ip addr add 10.99.0.2/24 dev eth0");
    outside.run("ip addr add 10.99.0.1/24 dev out-eth0");
    outside.run("ip addr add " + OUTSIDE + "/24 dev out-eth1");
    dom0.run("ip link add br-other type bridge");
    host = dom0.host(temp);
  }

  private Namespace namespace() throws Exception {
    Namespace namespace = Namespace.open();
    namespaces.add(namespace);
    return namespace;
  }

  Namespace dom0() {
    return dom0;
  }

  Namespace outside() {
    return outside;
  }

  LinuxHost host() {
    return host;
  }

  SortedMap<String, NetworkDevice> devices() throws HostFailure {
    return host.network().devices();
  }

  static Bridge bridge(String name, String netdev) {
    return new Bridge("", name, netdev, true, "0", null);
  }

  static Bridge vlan(String name, String netdev, int vlan) {
    return new Bridge("", name, netdev, true, "0", vlan);
  }

  /** Writes the script that makes the bridges, and returns where it is. */
  Path script(Bridge... bridges) throws Exception {
    host.files().makeFolder(NetworkFiles.SCRIPTS, 0755);
    byte[] text = Iproute2Script.text(Arrays.asList(bridges)).getBytes(UTF_8);
    host.files().write(NetworkFiles.SCRIPT, text, 0755);
    return temp.resolve("root" + NetworkFiles.SCRIPT);
  }

  /** Has the script make a bridge. */
  void make(String name, String netdev) throws HostFailure {
    host.network().makeBridge(NetworkFiles.SCRIPT, new BridgeDefinition(name, netdev, null));
  }

  /** Has the script remove a bridge. */
  void remove(String name) throws HostFailure {
    host.network().removeBridge(NetworkFiles.SCRIPT, name);
  }

  /** Calls the script as the service does, or another one that uses {@code ip}. */
  CommandResult call(Path script, String... words) throws Exception {
    List<String> argv = new ArrayList<>(List.of("sh", script.toString()));
    argv.addAll(List.of(words));
    return new CommandRunner(
            new SystemPaths(
                temp, temp, temp, temp.resolve("bin") + ":" + SystemPaths.SYSTEM.programs()),
            Duration.ofSeconds(120),
            line -> {})
        .run(argv.toArray(String[]::new));
  }

  /**
   * A guest with an address in the outer network, its device on the bridge as Xen puts it there.
   */
  Namespace guest(int number, String bridge) throws Exception {
    Namespace guest = namespace();
    String vif = "vif" + number + ".0";
    dom0.wire(vif, guest, "eth0");
    dom0.run("ip link set " + vif + " master " + bridge + " up");
    guest.run("ip addr add 10.99.1." + (10 + number) + "/24 dev eth0");
    guest.run("ip link set eth0 up");
    return guest;
  }

  @Override
  public void close() throws IOException {
    if (temp != null) {
      Files.deleteIfExists(temp.resolve("proc/net"));
    }
    namespaces.forEach(Namespace::close);
  }
}
