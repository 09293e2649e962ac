package org.quattor.ncm.xen.host.linux;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.host.NetworkDevice.Forwarding;
import org.quattor.ncm.xen.host.NetworkDevice.Kind;
import org.quattor.ncm.xen.host.NetworkDevice.Tag;
import org.quattor.ncm.xen.host.local.IoCause;
import org.quattor.ncm.xen.text.Printable;

/**
 * Reads network devices from {@code /sys/class/net}, {@code /proc/net} and what network services
 * show below {@code /run}.
 */
final class NetworkDevices {

  private static final Splitter BLANKS = Splitter.onPattern("\\s+").omitEmptyStrings();
  private static final Splitter BARS = Splitter.on('|').trimResults();
  private static final int UP = 1; // IFF_UP
  private static final String LINK_SCOPE = "20"; // IPV6_ADDR_LINKLOCAL, "%02x" in addrconf.c

  /** States of {@code ADMIN_STATE} in which networkd leaves a link alone. */
  private static final ImmutableSet<String> NOT_MANAGED = ImmutableSet.of("unmanaged", "linger");

  private final Path sys;
  private final Path proc;
  private final Path networkManager;
  private final Path networkd;

  NetworkDevices(Surroundings surroundings) {
    this.sys = surroundings.sys().resolve("class/net");
    this.proc = surroundings.proc().resolve("net");
    this.networkManager = surroundings.root().resolve("run/NetworkManager/devices");
    this.networkd = surroundings.root().resolve("run/systemd/netif/links");
  }

  SortedMap<String, NetworkDevice> read() throws HostFailure {
    Map<String, Tag> tags = tags();
    Set<String> carriers = carriers();
    boolean services = Files.isDirectory(networkManager) || Files.isDirectory(networkd);
    SortedMap<String, NetworkDevice> devices = new TreeMap<>();
    if (!Files.isDirectory(sys)) {
      throw new HostFailure("cannot read the network devices: there is no " + sys);
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(sys)) {
      for (Path folder : folders) {
        String name = String.valueOf(folder.getFileName());
        // bonding_masters is a file; a guest's device may go while we look.
        if (Files.isDirectory(folder)) {
          NetworkDevice device = device(folder, tags.get(name), carriers.contains(name), services);
          if (Files.isDirectory(folder)) {
            devices.put(name, device);
          }
        }
      }
      return devices;
    } catch (IOException e) {
      throw IoCause.failure("read the network devices in " + sys, e);
    }
  }

  private NetworkDevice device(
      Path folder, @Nullable Tag tag, boolean carriesHost, boolean services) throws IOException {
    boolean bridge = Files.isDirectory(folder.resolve("bridge"));
    Path master = folder.resolve("master");
    return new NetworkDevice(
        bridge ? Kind.BRIDGE : tag != null ? Kind.VLAN : Kind.OTHER,
        (number(folder.resolve("flags")) & UP) != 0,
        number(folder.resolve("mtu")),
        line(folder.resolve("ifalias")),
        Files.isSymbolicLink(master)
            ? String.valueOf(Files.readSymbolicLink(master).getFileName())
            : "",
        bridge
            ? new Forwarding(
                number(folder.resolve("bridge/stp_state")) != 0,
                number(folder.resolve("bridge/forward_delay")))
            : null,
        tag,
        carriesHost,
        services ? manager(Long.toString(number(folder.resolve("ifindex")))) : "");
  }

  /** {@code /proc/net/vlan/config}, which is there only while the kernel has VLANs. */
  private Map<String, Tag> tags() throws HostFailure {
    Map<String, Tag> tags = new HashMap<>();
    for (String line : lines(proc.resolve("vlan/config"))) {
      List<String> columns = BARS.splitToList(line);
      if (columns.size() == 3 && columns.get(1).matches("[0-9]{1,4}")) {
        tags.put(columns.get(0), new Tag(columns.get(2), Integer.parseInt(columns.get(1))));
      }
    }
    return tags;
  }

  /** The devices of IPv4 routes, of IPv6 default routes, and of IPv6 addresses beyond the link. */
  private Set<String> carriers() throws HostFailure {
    Set<String> carriers = new HashSet<>();
    for (String line : lines(proc.resolve("route"))) {
      List<String> columns = BLANKS.splitToList(line);
      if (columns.size() > 3 && !columns.get(0).equals("Iface")) {
        carriers.add(columns.get(0));
      }
    }
    for (String line : lines(proc.resolve("ipv6_route"))) {
      List<String> columns = BLANKS.splitToList(line);
      boolean everywhere = columns.size() > 9 && columns.get(1).equals("00");
      // The kernel itself has default routes of no use on lo, with a metric of all ones.
      if (everywhere && !columns.get(9).equals("lo")) {
        carriers.add(columns.get(9));
      }
    }
    for (String line : lines(proc.resolve("if_inet6"))) {
      List<String> columns = BLANKS.splitToList(line);
      if (columns.size() > 5 && !columns.get(3).equals(LINK_SCOPE)) {
        carriers.add(columns.get(5));
      }
    }
    return carriers;
  }

  private String manager(String index) throws IOException {
    for (String line : all(networkManager.resolve(index))) {
      if (line.equals("managed=true") || line.equals("managed=1")) {
        return "NetworkManager";
      }
    }
    for (String line : all(networkd.resolve(index))) {
      if (line.startsWith("ADMIN_STATE=")
          && !NOT_MANAGED.contains(line.substring("ADMIN_STATE=".length()))) {
        return "systemd-networkd";
      }
    }
    return "";
  }

  private static ImmutableList<String> lines(Path file) throws HostFailure {
    try {
      return all(file);
    } catch (IOException e) {
      throw IoCause.failure("read " + file, e);
    }
  }

  private static ImmutableList<String> all(Path file) throws IOException {
    try {
      return Files.isRegularFile(file)
          ? ImmutableList.copyOf(Files.readAllLines(file))
          : ImmutableList.of();
    } catch (NoSuchFileException e) {
      return ImmutableList.of();
    }
  }

  /** Returns the content without the end of its line; empty when the device is just going. */
  private static String line(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** Returns the number in a file of one line; 0 when the device is just going. */
  private static long number(Path file) throws IOException {
    String text = line(file);
    try {
      return text.isEmpty() ? 0 : Long.decode(text);
    } catch (NumberFormatException e) {
      throw new IOException(file + " holds no number: " + Printable.line(text), e);
    }
  }
}
