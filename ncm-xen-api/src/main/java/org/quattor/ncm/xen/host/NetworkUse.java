package org.quattor.ncm.xen.host;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Answers whether the host uses a device, by itself or by what is stacked on it: the bridge or bond
 * that it is on, VLANs, macvlans, tunnels, and what is on those.
 *
 * @param devices all devices by name
 */
public record NetworkUse(SortedMap<String, NetworkDevice> devices) {

  /** Returns whether the host uses the device; a device that is missing is unused. */
  public HostUse of(String device) {
    List<HostUse> uses = stack(device).stream().map(this::own).toList();
    return uses.stream()
        .filter(HostUse.Used.class::isInstance)
        .findFirst()
        .or(() -> uses.stream().filter(HostUse.Unknown.class::isInstance).findFirst())
        .orElse(HostUse.UNUSED);
  }

  /** Returns why the device must be left as it is; empty when the host does not use it. */
  public Optional<String> whyLeft(String device) {
    HostUse use = of(device);
    if (use instanceof HostUse.Unknown unknown) {
      return Optional.of("it is unknown whether the host uses " + device + ": " + unknown.reason());
    }
    return stack(device).stream()
        .filter(each -> own(each) instanceof HostUse.Used)
        .findFirst()
        .map(carrier -> carrier + " carries an address or a route of the host");
  }

  /**
   * Returns why the bridge must not be removed; empty when nothing uses it.
   *
   * @param ports the devices that the bridge was made with
   */
  public Optional<String> whyKept(String bridge, Collection<String> ports) {
    return Stream.concat(Stream.of(bridge), ports.stream())
        .flatMap(device -> whyLeft(device).stream())
        .findFirst()
        .or(
            () ->
                members(bridge, ports).stream()
                    .findFirst()
                    .map(name -> name + " is attached to " + bridge))
        .or(
            () ->
                above(bridge).stream().findFirst().map(name -> name + " is stacked on " + bridge));
  }

  /** Returns the devices on a bridge, by name, without those that it was made with. */
  public List<String> members(String bridge, Collection<String> ports) {
    return devices.keySet().stream()
        .filter(name -> device(name).stream().anyMatch(on -> on.master().equals(bridge)))
        .filter(name -> !ports.contains(name))
        .toList();
  }

  /** The device first, then all that is on it. */
  private Set<String> stack(String device) {
    Set<String> stack = new LinkedHashSet<>();
    Queue<String> next = new ArrayDeque<>(List.of(device));
    while (!next.isEmpty()) {
      String each = next.remove();
      if (stack.add(each)) {
        device(each).map(NetworkDevice::master).filter(on -> !on.isEmpty()).ifPresent(next::add);
        next.addAll(above(each));
      }
    }
    return stack;
  }

  /** What is stacked on a device, apart from the bridge or bond that it is on. */
  private List<String> above(String device) {
    return devices.keySet().stream()
        .filter(name -> device(name).stream().anyMatch(on -> on.below().contains(device)))
        .toList();
  }

  private HostUse own(String name) {
    return device(name).map(NetworkDevice::use).orElse(HostUse.UNUSED);
  }

  private Optional<NetworkDevice> device(String name) {
    return Optional.ofNullable(devices.get(name));
  }
}
