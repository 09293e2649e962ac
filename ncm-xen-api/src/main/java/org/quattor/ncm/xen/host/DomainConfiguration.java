package org.quattor.ncm.xen.host;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a running domain is made of at the moment, as far as its toolstack tells; null stands for
 * what it does not tell.
 *
 * @param name its name at the toolstack
 * @param uuid lower case, with dashes; empty when it is not told
 * @param memoryKib the memory that it is to have, in KiB
 * @param maxMemoryKib the most that it can be given without being made anew, in KiB
 * @param vcpus its virtual CPUs that are online
 * @param maxVcpus the most that can be brought online without making it anew
 * @param share its share of the CPUs
 * @param affinity the physical CPUs that each virtual one may run on; empty when that is not told
 * @param disks its disks
 * @param vifs its network interfaces
 * @param settings by their key in {@code xl.cfg(5)}: those of {@link #SETTINGS} that differ from
 *     the toolstack's default
 * @param stored the guest file that the toolstack takes at the domain's next reboot, instead of
 *     what it runs with; null when there is none
 */
public record DomainConfiguration(
    String name,
    String uuid,
    @Nullable Long memoryKib,
    @Nullable Long maxMemoryKib,
    @Nullable Integer vcpus,
    @Nullable Integer maxVcpus,
    @Nullable Share share,
    List<Set<Integer>> affinity,
    List<Disk> disks,
    List<Vif> vifs,
    Map<String, String> settings,
    @Nullable String stored) {

  /**
   * The keys that {@link #settings} can have, those whose value is one text, and the default of
   * {@code xl} for each; empty where the default is nothing.
   */
  public static final Map<String, String> SETTINGS =
      Map.of(
          "type", "pv",
          "kernel", "",
          "ramdisk", "",
          "cmdline", "",
          "bootloader", "",
          "on_poweroff", "destroy",
          "on_reboot", "restart",
          "on_crash", "destroy");

  /**
   * Copies the collections, defaults left out of the settings; sorted where order has no meaning,
   * so that equal ones print alike.
   */
  public DomainConfiguration {
    affinity =
        affinity.stream()
            .<Set<Integer>>map(cpus -> Collections.unmodifiableSet(new TreeSet<>(cpus)))
            .toList();
    disks = List.copyOf(disks);
    vifs = List.copyOf(vifs);
    Map<String, String> others = new TreeMap<>(settings);
    others.entrySet().removeAll(SETTINGS.entrySet());
    settings = Collections.unmodifiableMap(others);
  }

  /**
   * A share of the CPUs.
   *
   * @param scheduler whose it is, such as {@code credit2}
   * @param weight in proportion to those of other domains, from 1 to 65535; 256 unless said
   * @param cap the most that it may take, in per cent of one CPU; 0 is no limit
   */
  public record Share(String scheduler, int weight, int cap) {}

  /** Returns a setting, its default when the domain has no other. */
  public String setting(String key) {
    return settings.getOrDefault(key, SETTINGS.getOrDefault(key, ""));
  }

  /**
   * A disk of a domain.
   *
   * @param target the path in dom0 of what backs it; empty for an empty drive
   * @param device its name in the domain, such as {@code xvda}
   * @param writable whether the domain may write to it
   */
  public record Disk(String target, String device, boolean writable) {}

  /**
   * A network interface of a domain.
   *
   * @param mac lower case, with colons
   * @param bridge the bridge in dom0; empty when it is on none
   */
  public record Vif(String mac, String bridge) {}

  /** Returns a builder for a domain of which nothing but the name is known. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** Returns a builder that starts from this. */
  public Builder toBuilder() {
    return new Builder(name)
        .uuid(uuid)
        .memoryKib(memoryKib)
        .maxMemoryKib(maxMemoryKib)
        .vcpus(vcpus)
        .maxVcpus(maxVcpus)
        .share(share)
        .affinity(affinity)
        .disks(disks)
        .vifs(vifs)
        .settings(settings)
        .stored(stored);
  }

  /** Collects what makes a configuration; the setters are the components of the record. */
  public static final class Builder {
    private final String name;
    private String uuid = "";
    private @Nullable Long memoryKib;
    private @Nullable Long maxMemoryKib;
    private @Nullable Integer vcpus;
    private @Nullable Integer maxVcpus;
    private @Nullable Share share;
    private List<Set<Integer>> affinity = List.of();
    private List<Disk> disks = List.of();
    private List<Vif> vifs = List.of();
    private Map<String, String> settings = Map.of();
    private @Nullable String stored;

    private Builder(String name) {
      this.name = name;
    }

    /** Sets the uuid. */
    public Builder uuid(String value) {
      uuid = value;
      return this;
    }

    /** Sets the memory, in KiB; null when it is not known. */
    public Builder memoryKib(@Nullable Long value) {
      memoryKib = value;
      return this;
    }

    /** Sets the most memory, in KiB; null when it is not known. */
    public Builder maxMemoryKib(@Nullable Long value) {
      maxMemoryKib = value;
      return this;
    }

    /** Sets the virtual CPUs that are online; null when it is not known. */
    public Builder vcpus(@Nullable Integer value) {
      vcpus = value;
      return this;
    }

    /** Sets the most virtual CPUs; null when it is not known. */
    public Builder maxVcpus(@Nullable Integer value) {
      maxVcpus = value;
      return this;
    }

    /** Sets the share of the CPUs; null when it is not known. */
    public Builder share(@Nullable Share value) {
      share = value;
      return this;
    }

    /** Sets the physical CPUs of each virtual one. */
    public Builder affinity(List<Set<Integer>> value) {
      affinity = value;
      return this;
    }

    /** Sets the disks. */
    public Builder disks(List<Disk> value) {
      disks = value;
      return this;
    }

    /** Sets the network interfaces. */
    public Builder vifs(List<Vif> value) {
      vifs = value;
      return this;
    }

    /** Sets the settings by their key. */
    public Builder settings(Map<String, String> value) {
      settings = value;
      return this;
    }

    /** Sets the guest file of the next reboot; null for none. */
    public Builder stored(@Nullable String value) {
      stored = value;
      return this;
    }

    /** Returns the configuration. */
    public DomainConfiguration build() {
      return new DomainConfiguration(
          name,
          uuid,
          memoryKib,
          maxMemoryKib,
          vcpus,
          maxVcpus,
          share,
          affinity,
          disks,
          vifs,
          settings,
          stored);
    }
  }
}
