package org.quattor.ncm.xen.guestfile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.guestfile.GuestFile.Items;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainConfiguration.Disk;
import org.quattor.ncm.xen.host.DomainConfiguration.Share;
import org.quattor.ncm.xen.host.DomainConfiguration.Vif;
import org.quattor.ncm.xen.model.MacAddress;

/** The domain that a guest file describes, so that it can be compared with one that runs. */
public final class DeclaredDomain {

  private static final long KIB = 1024;
  private static final int WEIGHT = 256;
  private static final ImmutableSet<String> READ_ONLY = ImmutableSet.of("r", "ro");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

  private DeclaredDomain() {}

  /** Returns what the file says of the domain; null and empty stand for what it leaves open. */
  public static DomainConfiguration of(String name, GuestFile file) {
    Long memory = kib(file, "memory");
    Integer vcpus = whole(file, "vcpus");
    return DomainConfiguration.named(name)
        .uuid(file.uuid().orElse(""))
        .memoryKib(memory)
        .maxMemoryKib(kib(file, "maxmem"))
        .vcpus(vcpus)
        .maxVcpus(whole(file, "maxvcpus"))
        .share(share(file))
        .affinity(affinity(file).orElse(ImmutableList.of()))
        .disks(disks(file))
        .vifs(vifs(file))
        .settings(settings(file))
        .build();
  }

  /**
   * Returns the CPUs that {@code cpus} allows each virtual CPU, as {@link
   * DomainConfiguration#affinity} has them; empty when that depends on the host, as with {@code
   * node:0}. One list for all virtual CPUs is returned once.
   */
  public static Optional<ImmutableList<Set<Integer>>> affinity(GuestFile file) {
    List<String> lists =
        file.values().get("cpus") instanceof Items
            ? file.list("cpus")
            : file.text("cpus").map(List::of).orElse(List.of());
    ImmutableList.Builder<Set<Integer>> all = ImmutableList.builder();
    for (String list : lists) {
      if (list.strip().equals("all") && lists.size() == 1) {
        return Optional.of(ImmutableList.of());
      }
      Optional<ImmutableSet<Integer>> cpus = CpuList.numbers(list);
      if (cpus.isEmpty()) {
        return Optional.empty();
      }
      all.add(cpus.get());
    }
    return Optional.of(all.build());
  }

  private static @Nullable Share share(GuestFile file) {
    Integer weight = whole(file, "cpu_weight");
    Integer cap = whole(file, "cap");
    return weight == null && cap == null
        ? null
        : new Share("", weight == null ? WEIGHT : weight, cap == null ? 0 : cap);
  }

  private static List<Disk> disks(GuestFile file) {
    return file.devices("disk").stream()
        .map(disk -> new Disk(disk.key("target"), disk.key("vdev"), writable(disk)))
        .toList();
  }

  /** A domain may write to a disk when nothing is said. */
  private static boolean writable(Device disk) {
    return !READ_ONLY.contains(disk.key("access"));
  }

  private static List<Vif> vifs(GuestFile file) {
    return file.devices("vif").stream()
        .map(vif -> new Vif(mac(vif.key("mac")), vif.key("bridge")))
        .toList();
  }

  private static String mac(String text) {
    return MacAddress.parse(text).map(MacAddress::toString).orElse(text);
  }

  private static ImmutableMap<String, String> settings(GuestFile file) {
    return ImmutableMap.copyOf(
        Maps.transformValues(
            Maps.filterKeys(file.values(), DomainConfiguration.SETTINGS::containsKey),
            GuestFile.Value::plain));
  }

  private static @Nullable Long kib(GuestFile file, String key) {
    Long mib = number(file, key);
    return mib == null ? null : (Long) (mib * KIB);
  }

  private static @Nullable Integer whole(GuestFile file, String key) {
    Long number = number(file, key);
    return number == null ? null : (Integer) (int) Math.min(number, Integer.MAX_VALUE);
  }

  private static @Nullable Long number(GuestFile file, String key) {
    return file.text(key)
        .filter(text -> NUMBER.matcher(text).matches())
        .map(Long::valueOf)
        .orElse(null);
  }
}
