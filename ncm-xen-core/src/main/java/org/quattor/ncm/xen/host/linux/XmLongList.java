package org.quattor.ncm.xen.host.linux;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
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
import org.quattor.ncm.xen.text.Excerpt;

/**
 * What {@code xm list -l} of Xen 3.0 to 4.4 prints: {@code (domain (domid 1) (uuid …) (name …)
 * (memory 128) … (device (vbd (dev xvda:disk) (uname phy:/dev/vg/lv) (mode w))))}. From the sources
 * of xend; no recorded output of one was at hand.
 */
final class XmLongList {

  private static final String SOURCE = "the output of xm list -l";
  private static final long KIB = 1024;

  private XmLongList() {}

  /**
   * Returns the domains by name, dom0 and those without a number left out. Text that is not a list
   * of domains, or has a name twice, fails as a whole.
   */
  static Map<String, DomainConfiguration> parse(String output) throws HostFailure {
    Map<String, DomainConfiguration> domains = new TreeMap<>();
    for (Object domain : SExpressions.parse(SOURCE, output)) {
      if (!(domain instanceof List<?> list) || list.isEmpty() || !"domain".equals(list.get(0))) {
        throw new HostFailure(
            SOURCE + " has something that is not a domain: " + Excerpt.of(String.valueOf(domain)));
      }
      Optional<String> id = SExpressions.value(domain, "domid");
      Optional<String> name = SExpressions.value(domain, "name");
      if (id.isPresent() && !id.get().equals("0") && name.isPresent()) {
        if (domains.put(name.get(), domain(name.get(), domain)) != null) {
          throw new HostFailure(SOURCE + " has the domain " + Excerpt.of(name.get()) + " twice");
        }
      }
    }
    return domains;
  }

  private static DomainConfiguration domain(String name, Object domain) {
    Long memory = number(domain, "memory");
    Long most = number(domain, "maxmem");
    Long vcpus = number(domain, "vcpus");
    Long online = number(domain, "online_vcpus");
    Long weight = number(domain, "cpu_weight");
    Long cap = number(domain, "cpu_cap");
    return DomainConfiguration.named(name)
        .uuid(SExpressions.value(domain, "uuid").orElse("").toLowerCase(Locale.ROOT))
        .memoryKib(memory == null ? null : memory * KIB)
        .maxMemoryKib(most == null ? null : most * KIB)
        .vcpus(whole(online == null ? vcpus : online))
        .maxVcpus(whole(vcpus))
        .share(
            weight == null
                ? null
                : new Share("credit", weight.intValue(), cap == null ? 0 : cap.intValue()))
        .affinity(affinity(domain))
        .disks(disks(domain))
        .vifs(vifs(domain))
        .settings(settings(domain))
        .build();
  }

  /** Reads {@code (cpus ((0 1) (0 1)))}, a list for each virtual CPU; {@code ()} is any. */
  private static List<Set<Integer>> affinity(Object domain) {
    ImmutableList.Builder<Set<Integer>> all = ImmutableList.builder();
    for (List<?> vcpus : SExpressions.lists(domain, "cpus")) {
      for (Object vcpu : vcpus) {
        if (vcpu instanceof List<?> each) {
          for (Object cpus : each) {
            if (cpus instanceof List<?> numbers && !numbers.isEmpty()) {
              all.add(
                  numbers.stream()
                      .map(String::valueOf)
                      .filter(text -> text.matches("[0-9]{1,5}"))
                      .map(Integer::valueOf)
                      .collect(ImmutableSortedSet.toImmutableSortedSet(Integer::compareTo)));
            }
          }
        }
      }
    }
    return all.build();
  }

  private static List<Disk> disks(Object domain) {
    ImmutableList.Builder<Disk> disks = ImmutableList.builder();
    for (Object device : devices(domain, "vbd", "tap")) {
      String uname = SExpressions.value(device, "uname").orElse("");
      String path = uname.substring(uname.lastIndexOf(':') + 1);
      String name = SExpressions.value(device, "dev").orElse("");
      disks.add(
          new Disk(
              uname.startsWith("phy:") && !path.startsWith("/") ? "/dev/" + path : path,
              Splitter.on(':').splitToList(name).get(0),
              SExpressions.value(device, "mode").orElse("r").startsWith("w")));
    }
    return disks.build();
  }

  private static List<Vif> vifs(Object domain) {
    ImmutableList.Builder<Vif> vifs = ImmutableList.builder();
    for (Object device : devices(domain, "vif")) {
      vifs.add(
          new Vif(
              SExpressions.value(device, "mac").orElse("").toLowerCase(Locale.ROOT),
              SExpressions.value(device, "bridge").orElse("")));
    }
    return vifs.build();
  }

  private static List<Object> devices(Object domain, String... kinds) {
    ImmutableList.Builder<Object> found = ImmutableList.builder();
    for (List<?> device : SExpressions.lists(domain, "device")) {
      for (Object inner : device) {
        if (inner instanceof List<?> body && !body.isEmpty()) {
          for (String kind : kinds) {
            if (kind.equals(body.get(0))) {
              found.add(body);
            }
          }
        }
      }
    }
    return found.build();
  }

  private static Map<String, String> settings(Object domain) {
    ImmutableMap.Builder<String, String> settings = ImmutableMap.builder();
    for (String key : List.of("bootloader", "on_poweroff", "on_reboot", "on_crash")) {
      SExpressions.value(domain, key).ifPresent(value -> settings.put(key, value));
    }
    for (List<?> image : SExpressions.lists(domain, "image")) {
      for (Object kind : image) {
        SExpressions.value(kind, "kernel").ifPresent(value -> settings.put("kernel", value));
        SExpressions.value(kind, "ramdisk").ifPresent(value -> settings.put("ramdisk", value));
        SExpressions.value(kind, "args").ifPresent(value -> settings.put("cmdline", value));
      }
    }
    return settings.buildKeepingLast();
  }

  private static @Nullable Long number(Object domain, String name) {
    return SExpressions.value(domain, name)
        .map(text -> CharMatcher.inRange('0', '9').matchesAllOf(text) ? text : "")
        .filter(text -> !text.isEmpty() && text.length() < 16)
        .map(Long::valueOf)
        .orElse(null);
  }

  private static @Nullable Integer whole(@Nullable Long number) {
    return number == null ? null : Integer.valueOf((int) Math.min(number, Integer.MAX_VALUE));
  }
}
