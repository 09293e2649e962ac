package org.quattor.ncm.xen.host.linux;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainConfiguration.Disk;
import org.quattor.ncm.xen.host.DomainConfiguration.Share;
import org.quattor.ncm.xen.host.DomainConfiguration.Vif;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.JsonTree;

/**
 * The JSON that {@code xl list -l} prints, seen with Xen 4.17: for each domain {@code domid} and
 * {@code config}, where fields at their default are left out. Memory, online CPUs, the share of the
 * CPUs and devices are those of the moment; {@code vcpu_hard_affinity} is that of the start, which
 * {@code xl vcpu-pin} does not change.
 */
final class XlLongList {

  private static final ImmutableSet<String> OF_THE_BUILD =
      ImmutableSet.of("kernel", "ramdisk", "cmdline", "bootloader");

  private XlLongList() {}

  /**
   * Returns the domains by number, dom0 and those that are half made left out: a domain that is
   * listed and not in here is one of which nothing is known. Text that is broken, or has a domain
   * twice, fails as a whole.
   */
  static Map<Integer, DomainConfiguration> parse(String output) throws HostFailure {
    Map<Integer, DomainConfiguration> domains = new TreeMap<>();
    Set<String> names = new HashSet<>();
    for (JsonTree domain : JsonTree.parse("the output of xl list -l", output).items()) {
      // An entry that is no object, or has no number, belongs to no output that xl makes.
      JsonTree id = domain.fields().get("domid");
      if (id == null) {
        throw domain.expected("a domid");
      }
      int number = (int) Math.min(id.number(0), Integer.MAX_VALUE);
      Optional<JsonTree> config = domain.field("config");
      if (number > 0 && config.isPresent()) {
        Optional<JsonTree> info = config.get().field("c_info");
        Optional<String> name = info.flatMap(fields -> text(fields, "name"));
        if (name.isPresent() && !name.get().isEmpty()) {
          if (!names.add(name.get()) || domains.containsKey(number)) {
            throw domain.expected("a name and a domid that no other domain has");
          }
          domains.put(number, domain(name.get(), info.get(), config.get()));
        }
      }
    }
    return domains;
  }

  private static DomainConfiguration domain(String name, JsonTree info, JsonTree config)
      throws HostFailure {
    JsonTree build = config.field("b_info").orElseGet(() -> new JsonTree("b_info", Map.of()));
    Optional<JsonTree> online = build.field("avail_vcpus");
    return DomainConfiguration.named(name)
        .uuid(text(info, "uuid").orElse("").toLowerCase(Locale.ROOT))
        .memoryKib(number(build, "target_memkb"))
        .maxMemoryKib(number(build, "max_memkb"))
        .vcpus(online.isPresent() ? (Integer) online.get().items().size() : null)
        .maxVcpus(whole(build, "max_vcpus"))
        .share(share(build))
        .affinity(affinity(build))
        .disks(disks(config))
        .vifs(vifs(config))
        .settings(settings(info, build, config))
        .build();
  }

  private static @Nullable Share share(JsonTree build) {
    Optional<JsonTree> params = build.field("sched_params");
    if (params.isEmpty()) {
      return null;
    }
    Optional<String> scheduler = text(params.get(), "sched");
    Integer weight = whole(params.get(), "weight");
    Integer cap = whole(params.get(), "cap");
    return scheduler.isEmpty() || weight == null
        ? null
        : new Share(scheduler.get(), weight, cap == null ? 0 : cap);
  }

  private static List<Set<Integer>> affinity(JsonTree build) throws HostFailure {
    ImmutableList.Builder<Set<Integer>> all = ImmutableList.builder();
    for (JsonTree vcpu : items(build, "vcpu_hard_affinity")) {
      ImmutableSortedSet.Builder<Integer> cpus = ImmutableSortedSet.naturalOrder();
      for (JsonTree cpu : vcpu.items()) {
        cpus.add((int) cpu.number(0));
      }
      all.add(cpus.build());
    }
    return all.build();
  }

  private static List<Disk> disks(JsonTree config) throws HostFailure {
    ImmutableList.Builder<Disk> disks = ImmutableList.builder();
    for (JsonTree disk : items(config, "disks")) {
      Integer writable = whole(disk, "readwrite");
      disks.add(
          new Disk(
              text(disk, "pdev_path").orElse(""),
              text(disk, "vdev").orElse(""),
              writable != null && writable != 0));
    }
    return disks.build();
  }

  private static List<Vif> vifs(JsonTree config) throws HostFailure {
    ImmutableList.Builder<Vif> vifs = ImmutableList.builder();
    for (JsonTree nic : items(config, "nics")) {
      vifs.add(
          new Vif(
              text(nic, "mac").orElse("").toLowerCase(Locale.ROOT),
              text(nic, "bridge").orElse("")));
    }
    return vifs.build();
  }

  private static Map<String, String> settings(JsonTree info, JsonTree build, JsonTree config) {
    ImmutableMap.Builder<String, String> settings = ImmutableMap.builder();
    for (String key : DomainConfiguration.SETTINGS.keySet()) {
      JsonTree place = key.equals("type") ? info : OF_THE_BUILD.contains(key) ? build : config;
      // The names of actions are enums: on_crash is coredump_restart there.
      text(place, key)
          .map(value -> key.startsWith("on_") ? value.replace('_', '-') : value)
          .ifPresent(value -> settings.put(key, value));
    }
    return settings.buildOrThrow();
  }

  private static List<JsonTree> items(JsonTree tree, String field) throws HostFailure {
    Optional<JsonTree> list = tree.field(field);
    return list.isPresent() ? list.get().items() : List.of();
  }

  private static Optional<String> text(JsonTree tree, String field) {
    return tree.field(field)
        .flatMap(
            value -> value.value() instanceof String text ? Optional.of(text) : Optional.empty());
  }

  /** Returns a number; null for "unlimited" too, which is 2^64 - 1 and no Long. */
  private static @Nullable Long number(JsonTree tree, String field) {
    return tree.field(field)
        .flatMap(value -> value.value() instanceof Long n ? Optional.of(n) : Optional.empty())
        .orElse(null);
  }

  private static @Nullable Integer whole(JsonTree tree, String field) {
    Long number = number(tree, field);
    return number == null ? null : Integer.valueOf((int) Math.min(number, Integer.MAX_VALUE));
  }
}
