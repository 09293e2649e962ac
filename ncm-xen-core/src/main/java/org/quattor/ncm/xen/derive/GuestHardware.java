package org.quattor.ncm.xen.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.derive.HostVariables.Machine;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.model.MacAddress;

/**
 * A guest's machine, as its own profile describes it.
 *
 * @param memoryMib all its memory modules together; empty when it says none
 * @param cores of all its CPUs; empty when it says none
 * @param disks in natural order
 * @param nics in natural order
 */
record GuestHardware(
    OptionalLong memoryMib,
    OptionalLong cores,
    ImmutableList<HardDisk> disks,
    ImmutableList<Nic> nics) {

  /** A disk and its size in MiB. */
  record HardDisk(String name, long capacityMib, String path) {}

  /**
   * A network interface.
   *
   * @param boot whether the guest boots from it
   * @param address of it, or of what it is part of; empty when it has none, as with DHCP
   */
  record Nic(String name, MacAddress mac, boolean boot, String address, String path) {}

  /** Reads a guest's profile; what is wrong with it is told, and left out. */
  static GuestHardware read(
      Profile profile, @Nullable Machine machine, String machinePlace, Findings findings) {
    return new Reader(profile, machine, machinePlace, findings).read();
  }

  private record Reader(
      Profile profile, @Nullable Machine machine, String machinePlace, Findings findings) {

    GuestHardware read() {
      Long ram = machine == null ? null : machine.ramMib();
      return new GuestHardware(
          ram == null ? sum("/hardware/ram", "size", OptionalLong.empty()) : OptionalLong.of(ram),
          sum("/hardware/cpu", "cores", OptionalLong.of(1)),
          disks(),
          nics());
    }

    /** Adds up a number of all items of a list. */
    private OptionalLong sum(String list, String field, OptionalLong absent) {
      OptionalLong sum = OptionalLong.empty();
      for (Element item : Tree.items(profile.find(list))) {
        Optional<Element> number = Tree.child(item, field);
        OptionalLong value = number.isEmpty() ? absent : count(number.get());
        if (value.isPresent()) {
          sum = OptionalLong.of(sum.orElse(0) + value.getAsLong());
        }
      }
      return sum;
    }

    private OptionalLong count(Element number) {
      if (number.type() == Element.Type.LONG && number.text().matches("[1-9][0-9]{0,11}")) {
        return OptionalLong.of(number.asLong());
      }
      findings.add(
          number.type() == Element.Type.STRING ? "XEN511.string" : "XEN511",
          place(number.path()),
          "type",
          number.type().text(),
          "value",
          number.type().isProperty() ? number.text() : "");
      return OptionalLong.empty();
    }

    private String place(String path) {
      return profile.source() + ":" + path;
    }

    private ImmutableList<HardDisk> disks() {
      ImmutableList.Builder<HardDisk> disks = ImmutableList.builder();
      ImmutableSortedMap<String, Long> stated = machine == null ? null : machine.disksMib();
      if (stated != null) {
        stated.keySet().stream()
            .sorted(NaturalOrder.INSTANCE)
            .forEach(
                name ->
                    disk(
                        name,
                        OptionalLong.of(stated.getOrDefault(name, 0L)),
                        machinePlace + "/harddisks/" + name,
                        disks));
        return disks.build();
      }
      for (Element disk : Tree.members(profile.find("/hardware/harddisks"))) {
        Optional<Element> capacity = Tree.child(disk, "capacity");
        OptionalLong size = capacity.isEmpty() ? OptionalLong.of(0) : count(capacity.get());
        disk(disk.name(), size, place(disk.path()), disks);
      }
      return disks.build();
    }

    private void disk(
        String name, OptionalLong size, String path, ImmutableList.Builder<HardDisk> disks) {
      if (size.isEmpty()) {
        return;
      }
      if (size.getAsLong() == 0) {
        findings.add("XEN511.no-capacity", path);
        return;
      }
      disks.add(new HardDisk(name, size.getAsLong(), path));
    }

    private ImmutableList<Nic> nics() {
      ImmutableList.Builder<Nic> nics = ImmutableList.builder();
      ImmutableMap<String, String> addresses = addresses();
      Map<String, Element> cards = new HashMap<>();
      Tree.members(profile.find("/hardware/cards/nic"))
          .forEach(card -> cards.put(card.name(), card));
      for (Map.Entry<String, String> nic : macs(cards).entrySet()) {
        String name = nic.getKey();
        String path =
            machine != null && machine.macs() != null
                ? machinePlace + "/nic/" + name + "/hwaddr"
                : place("/hardware/cards/nic/" + name + "/hwaddr");
        Optional<MacAddress> mac = MacAddress.parse(nic.getValue());
        if (mac.isEmpty()) {
          findings.add("XEN510", path, "mac", nic.getValue());
        } else {
          Element card = cards.get(name);
          boolean boot = card != null && Tree.isTrue(card, "boot");
          nics.add(new Nic(name, mac.get(), boot, addresses.getOrDefault(name, ""), path));
        }
      }
      return nics.build();
    }

    /** Returns what each network interface has as its MAC, empty when it has none. */
    private Map<String, String> macs(Map<String, Element> cards) {
      Map<String, String> macs = new TreeMap<>(NaturalOrder.INSTANCE);
      if (machine != null && machine.macs() != null) {
        macs.putAll(machine.macs());
      } else {
        cards.forEach((name, card) -> macs.put(name, Tree.text(card, "hwaddr").orElse("")));
      }
      return macs;
    }

    /** Returns the address of each interface, which may be that of its bond or of its bridge. */
    private ImmutableMap<String, String> addresses() {
      Optional<Element> interfaces = profile.find("/system/network/interfaces");
      ImmutableMap.Builder<String, String> addresses = ImmutableMap.builder();
      for (Element device : Tree.members(interfaces)) {
        Element holder = device;
        for (String above : new String[] {"master", "bridge"}) {
          Element below = holder;
          holder =
              Tree.text(below, above)
                  .flatMap(name -> interfaces.flatMap(all -> Tree.child(all, name)))
                  .orElse(below);
        }
        Tree.text(holder, "ip").ifPresent(ip -> addresses.put(device.name(), ip));
      }
      return addresses.buildOrThrow();
    }
  }
}
