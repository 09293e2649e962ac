package org.quattor.ncm.xen.host.linux;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.SetMultimap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.JsonTree;

/**
 * What {@code ip -j} of iproute2 says of addresses, of the routes of every table, and of what is
 * stacked on what. An answer that is not understood as a whole is a failure: a route that was
 * skipped would look like a device that nobody uses.
 */
final class IpProgram {

  /** Routes that lead to no device, or are there because of an address; see ip-route(8). */
  private static final ImmutableSet<String> NO_WAY_OUT =
      ImmutableSet.of(
          "local",
          "broadcast",
          "multicast",
          "anycast",
          "blackhole",
          "unreachable",
          "prohibit",
          "throw");

  private final CommandRunner runner;

  IpProgram(CommandRunner runner) {
    this.runner = runner;
  }

  /**
   * What was found.
   *
   * @param shown the devices that there are
   * @param used those with an address beyond the link, or a route
   * @param below for each device those that it is stacked on
   */
  record Answer(
      ImmutableSet<String> shown,
      ImmutableSet<String> used,
      ImmutableSetMultimap<String, String> below) {}

  /** Asks with two commands, or three where routes name nothing but the number of a next hop. */
  Answer ask() throws HostFailure {
    Set<String> used = new HashSet<>();
    Set<String> shown = new HashSet<>();
    SetMultimap<String, String> below = HashMultimap.create();
    boolean anyAddress = false;
    for (JsonTree device : items("-d", "addr", "show")) {
      String name = required(device, "ifname").string();
      shown.add(name);
      below.putAll(name, below(device));
      for (JsonTree address : required(device, "addr_info").items()) {
        anyAddress = true;
        boolean link =
            required(address, "family").string().equals("inet6")
                && required(address, "scope").string().equals("link");
        if (!link) {
          used.add(name);
        }
      }
    }
    List<JsonTree> routes = items("route", "show", "table", "all");
    if (anyAddress && routes.isEmpty()) {
      throw new HostFailure(
          "ip -j route show table all shows no route, not even one of table local");
    }
    boolean byNumber = false;
    for (JsonTree route : routes) {
      byNumber |= byNumber(route, used);
    }
    if (byNumber) {
      for (JsonTree hop : items("nexthop", "show")) {
        text(hop, "dev").ifPresent(used::add);
      }
    }
    return new Answer(
        ImmutableSet.copyOf(shown), ImmutableSet.copyOf(used), ImmutableSetMultimap.copyOf(below));
  }

  /**
   * Adds the devices of a route; returns whether it names its next hop by number only, as the
   * kernel does with net.ipv4.nexthop_compat_mode=0.
   */
  private static boolean byNumber(JsonTree route, Set<String> used) throws HostFailure {
    if (NO_WAY_OUT.contains(text(route, "type").orElse("unicast")) || ofTheLink(route)) {
      return false;
    }
    Optional<String> device = text(route, "dev");
    Optional<JsonTree> hops = route.field("nexthops");
    device.ifPresent(used::add);
    if (hops.isPresent()) {
      for (JsonTree hop : hops.get().items()) {
        used.add(required(hop, "dev").string());
      }
    }
    if (device.isEmpty() && hops.isEmpty()) {
      required(route, "nhid");
      return true;
    }
    return false;
  }

  /** The kernel has these for every device that is up, with IPv6 and without a use. */
  private static boolean ofTheLink(JsonTree route) throws HostFailure {
    String destination = required(route, "dst").string();
    boolean kernels = text(route, "protocol").orElse("").equals("kernel");
    boolean local = text(route, "table").orElse("").equals("local");
    return (destination.startsWith("fe80:") && kernels)
        || (destination.equals("ff00::/8") && local);
  }

  /** The other end of a veth is no device below. */
  private static Set<String> below(JsonTree device) throws HostFailure {
    Set<String> below = new HashSet<>();
    Optional<JsonTree> info = device.field("linkinfo");
    Optional<String> kind = info.isPresent() ? text(info.get(), "info_kind") : Optional.empty();
    if (!kind.equals(Optional.of("veth"))) {
      text(device, "link").ifPresent(below::add);
    }
    Optional<JsonTree> data = info.flatMap(known -> known.field("info_data"));
    if (data.isPresent()) {
      text(data.get(), "link").ifPresent(below::add);
    }
    return below;
  }

  private List<JsonTree> items(String... words) throws HostFailure {
    String[] argv = new String[words.length + 2];
    argv[0] = "ip";
    argv[1] = "-j";
    System.arraycopy(words, 0, argv, 2, words.length);
    return JsonTree.parse(String.join(" ", argv), runner.run(argv).output()).items();
  }

  private static JsonTree required(JsonTree tree, String field) throws HostFailure {
    Map<String, JsonTree> fields = tree.fields();
    JsonTree value = fields.get(field);
    if (value == null) {
      throw tree.expected("an object with " + field);
    }
    return value;
  }

  private static Optional<String> text(JsonTree tree, String field) throws HostFailure {
    Optional<JsonTree> value = tree.field(field);
    return value.isPresent() ? Optional.of(value.get().string()) : Optional.empty();
  }
}
