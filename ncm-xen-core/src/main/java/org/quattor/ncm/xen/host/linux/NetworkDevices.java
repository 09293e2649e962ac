package org.quattor.ncm.xen.host.linux;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostUse;
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
  private static final long NO_WAY_OUT = 0x80100200L; // RTF_LOCAL, RTF_ANYCAST, RTF_REJECT
  private static final Pattern OF_THE_LINK = Pattern.compile("fe[89ab].*|ff.*");
  private static final String LOWER = "lower_";

  /** What the files show is no proof: only the main table of IPv4, and no address of IPv4. */
  private static final HostUse NOT_SEEN =
      new HostUse.Unknown("ip was not asked for all its addresses and routes");

  /** States of {@code ADMIN_STATE} in which networkd leaves a link alone. */
  private static final ImmutableSet<String> NOT_MANAGED = ImmutableSet.of("unmanaged", "linger");

  private final Path sys;
  private final Path proc;
  private final Path networkManager;
  private final Path networkd;

  NetworkDevices(SystemPaths surroundings) {
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
      throw new HostFailure("cannot read the network devices: no such directory: " + sys);
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

  /**
   * Returns the devices with a use that is known.
   *
   * @throws HostFailure when {@code ip} fails, or leaves a device out
   */
  SortedMap<String, NetworkDevice> read(IpProgram ip) throws HostFailure {
    // Devices first: one that comes after them is in no answer, and one that is not in the answer
    // has gone, or was left out.
    SortedMap<String, NetworkDevice> seen = read();
    IpProgram.Answer answer = ip.ask();
    SortedMap<String, NetworkDevice> devices = new TreeMap<>();
    for (Map.Entry<String, NetworkDevice> entry : seen.entrySet()) {
      String name = entry.getKey();
      if (answer.shown().contains(name)) {
        devices.put(name, settled(name, entry.getValue(), answer));
      } else if (Files.isDirectory(sys.resolve(name))) {
        throw new HostFailure("ip -j addr show does not show the network device " + name);
      }
    }
    return devices;
  }

  private static NetworkDevice settled(String name, NetworkDevice device, IpProgram.Answer answer) {
    boolean used = device.use() instanceof HostUse.Used || answer.used().contains(name);
    return new NetworkDevice(
        device.kind(),
        device.up(),
        device.mtuBytes(),
        device.alias(),
        device.master(),
        device.forwarding(),
        device.tag(),
        Sets.union(device.below(), answer.below().get(name)).immutableCopy(),
        used ? HostUse.USED : HostUse.UNUSED,
        device.manager());
  }

  private NetworkDevice device(
      Path folder, @Nullable Tag tag, boolean carriesHost, boolean services) throws IOException {
    boolean bridge = Files.isDirectory(folder.resolve("bridge"));
    return new NetworkDevice(
        bridge ? Kind.BRIDGE : tag != null ? Kind.VLAN : Kind.OTHER,
        (number(folder.resolve("flags")) & UP) != 0,
        number(folder.resolve("mtu")),
        line(folder.resolve("ifalias")),
        master(folder),
        bridge
            ? new Forwarding(
                number(folder.resolve("bridge/stp_state")) != 0,
                number(folder.resolve("bridge/forward_delay")))
            : null,
        tag,
        below(folder, tag),
        carriesHost ? HostUse.USED : NOT_SEEN,
        services ? manager(Long.toString(number(folder.resolve("ifindex")))) : "");
  }

  private static String master(Path folder) throws IOException {
    Path master = folder.resolve("master");
    return Files.isSymbolicLink(master)
        ? String.valueOf(Files.readSymbolicLink(master).getFileName())
        : "";
  }

  /** The kernel links a device to those below it; a bridge to its ports as well. */
  private ImmutableSet<String> below(Path folder, @Nullable Tag tag) throws IOException {
    ImmutableSet.Builder<String> below = ImmutableSet.builder();
    if (tag != null) {
      below.add(tag.device());
    }
    try (DirectoryStream<Path> links = Files.newDirectoryStream(folder, LOWER + "*")) {
      for (Path link : links) {
        String lower = String.valueOf(link.getFileName()).substring(LOWER.length());
        if (!master(sys.resolve(lower)).equals(String.valueOf(folder.getFileName()))) {
          below.add(lower);
        }
      }
    } catch (NoSuchFileException e) {
      return ImmutableSet.of();
    }
    return below.build();
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

  /**
   * The devices of routes in the main table of IPv4, of those in any table of IPv6, and of IPv6
   * addresses beyond the link. Of a route with many next hops the kernel may show the first only.
   */
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
      if (columns.size() > 9
          && !OF_THE_LINK.matcher(columns.get(0)).matches()
          && (flags(columns.get(8)) & NO_WAY_OUT) == 0) {
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

  private static long flags(String text) throws HostFailure {
    try {
      return Long.parseLong(text, 16);
    } catch (NumberFormatException e) {
      throw new HostFailure(
          "ipv6_route has flags that are not a number: " + Printable.line(text), e);
    }
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
      throw new IOException(file + " does not contain a number: " + Printable.line(text), e);
    }
  }
}
