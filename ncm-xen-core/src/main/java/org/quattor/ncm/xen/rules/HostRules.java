package org.quattor.ncm.xen.rules;

import com.google.common.collect.ImmutableSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.finding.XenPaths;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.GuestLocation;
import org.quattor.ncm.xen.model.Vif;
import org.quattor.ncm.xen.model.XenConfiguration;
import org.quattor.ncm.xen.text.NearestName;

/**
 * What the rest of the profile says of the host: memory, CPUs, network and volume groups. What it
 * does not say is not asked for.
 */
final class HostRules {

  private final XenConfiguration configuration;
  private final Profile profile;
  private final Findings findings;

  private HostRules(XenConfiguration configuration, Profile profile, Findings findings) {
    this.configuration = configuration;
    this.profile = profile;
    this.findings = findings;
  }

  static void check(
      XenConfiguration configuration, String hostName, Profile profile, Findings findings) {
    HostRules rules = new HostRules(configuration, profile, findings);
    rules.memory(hostName);
    rules.cpus();
    rules.bridges();
    rules.volumeGroups();
  }

  private void memory(String hostName) {
    OptionalLong host = sum("/hardware/ram", ImmutableSet.of("size"));
    long guests = 0;
    for (Guest guest : configuration.guests().values()) {
      GuestLocation location =
          configuration.location(guest, configuration.guests().keySet()).orElse(null);
      if (location == null || hostName.isEmpty() || location.isOn(hostName)) {
        guests = saturatedSum(guests, guest.options().memoryMib());
      }
    }
    if (host.isPresent() && guests > host.getAsLong()) {
      findings.add("XEN118", XenPaths.DOMAINS, "needed", guests, "ram", host.getAsLong());
    }
  }

  private void cpus() {
    OptionalLong host = sum("/hardware/cpu", ImmutableSet.of("max_threads", "cores"));
    for (Guest guest : configuration.guests().values()) {
      Long vcpus = guest.options().vcpus();
      if (host.isPresent() && vcpus != null && vcpus > host.getAsLong()) {
        findings.add(
            "XEN120", guest.path() + "/options/vcpus", "vcpus", vcpus, "cpus", host.getAsLong());
      }
    }
  }

  /** Returns the sum over a list, of the first field that an item has; empty when one has none. */
  private OptionalLong sum(String list, ImmutableSet<String> fields) {
    Optional<Element> items = profile.find(list).filter(element -> !element.type().isProperty());
    if (items.isEmpty() || items.get().children().isEmpty()) {
      return OptionalLong.empty();
    }
    long sum = 0;
    for (Element item : items.get().children()) {
      Optional<Element> number =
          fields.stream()
              .flatMap(field -> child(item, field).stream())
              .filter(element -> element.type() == Element.Type.LONG)
              .filter(element -> element.text().matches("[0-9]{1,15}"))
              .findFirst();
      if (number.isEmpty()) {
        return OptionalLong.empty();
      }
      sum = saturatedSum(sum, number.get().asLong());
    }
    return OptionalLong.of(sum);
  }

  private static Optional<Element> child(Element element, String name) {
    return element.type() == Element.Type.DICT ? element.child(name) : Optional.empty();
  }

  private static long saturatedSum(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private void bridges() {
    Optional<Element> interfaces =
        profile
            .find("/system/network/interfaces")
            .filter(element -> element.type() == Element.Type.DICT);
    Set<String> known = new HashSet<>(configuration.network().names());
    for (Element device : interfaces.map(Element::children).orElse(List.of())) {
      known.add(device.name());
      child(device, "bridge")
          .filter(bridge -> bridge.type() == Element.Type.STRING)
          .ifPresent(bridge -> known.add(bridge.text()));
    }
    if (known.isEmpty()) {
      return;
    }
    for (Guest guest : configuration.guests().values()) {
      for (Vif vif : guest.options().allVifs()) {
        String bridge = vif.bridge().orElse("");
        if (!bridge.isEmpty() && !known.contains(bridge)) {
          findings.add(
              "XEN121", vif.path(), "bridge", bridge, "nearest", NearestName.of(bridge, known));
        }
      }
    }
  }

  private void volumeGroups() {
    Optional<Element> groups =
        profile
            .find("/system/blockdevices/volume_groups")
            .filter(element -> element.type() == Element.Type.DICT);
    if (groups.isEmpty()) {
      return;
    }
    Set<String> told = new HashSet<>();
    for (Guest guest : configuration.guests().values()) {
      for (Disk disk : guest.options().allDisks()) {
        if (disk instanceof Disk.LvmDisk lvm
            && groups.get().child(lvm.group()).isEmpty()
            && !isMade(lvm)
            && told.add(lvm.group())) {
          findings.add("XEN122", lvm.common().path() + "/hostdevice", "group", lvm.group());
        }
      }
    }
  }

  private static boolean isMade(Disk.LvmDisk disk) {
    return disk.groupDevice() != null && Boolean.TRUE.equals(disk.common().create());
  }
}
