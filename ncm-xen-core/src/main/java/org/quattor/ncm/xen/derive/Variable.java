package org.quattor.ncm.xen.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import org.quattor.ncm.xen.derive.HostVariables.BridgePort;
import org.quattor.ncm.xen.derive.HostVariables.Machine;

/**
 * A variable that steers what is derived, under the name that it has in Pan.
 *
 * @param <T> what it holds
 */
public final class Variable<T> {

  private static final Shape<String> TEXT =
      Shape.text("[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]*", "text on one line");
  private static final Shape<String> NAME =
      Shape.text(
          "[A-Za-z0-9_][A-Za-z0-9_.+-]*",
          "a name of letters, digits and _ . + -, beginning with a letter, a digit or _");
  private static final Shape<String> NET_DEVICE =
      Shape.text(
          "[A-Za-z0-9_][A-Za-z0-9_.:@+-]{0,14}", "a network interface, at most 15 characters");
  private static final Shape<String> DEVICE =
      Shape.text("/dev/[^\\p{Cc}\\p{Cs}\\p{Z},'\"]+", "a device, such as /dev/sda2");
  private static final Shape<Long> MIB = Shape.number(1, "a whole number of MiB, at least 1");

  private static final Shape<BridgePort> BRIDGE =
      new Shape.RecordOf<>(
          ImmutableMap.of(
              "netdev", NET_DEVICE, "vifnum", Shape.number(0, "a whole number, at least 0")),
          false,
          fields ->
              new BridgePort(
                  fields.get("netdev", NET_DEVICE).orElse(null),
                  fields
                      .get("vifnum", Shape.number(0, "a whole number, at least 0"))
                      .orElse(null)));

  private static final Shape<ImmutableSortedMap<String, String>> NICS =
      byName("network interface", only("hwaddr", TEXT, ""));
  private static final Shape<ImmutableSortedMap<String, Long>> DISKS =
      byName("disk", only("capacity", MIB, 0L));
  private static final Shape<Machine> MACHINE =
      new Shape.RecordOf<>(
          ImmutableMap.of("harddisks", DISKS, "nic", NICS, "ram_size", MIB),
          false,
          fields ->
              new Machine(
                  fields.get("nic", NICS).orElse(null),
                  fields.get("harddisks", DISKS).orElse(null),
                  fields.get("ram_size", MIB).orElse(null)));

  static final Variable<String> BOOT_DEVICE =
      new Variable<>(
          "XEN_BOOT_DEVICE",
          DEVICE,
          "/dev/sda2",
          "Root device of guests that have no bootloader; the others ignore it.");
  static final Variable<String> DOM0_ROOT_DEVICE =
      new Variable<>(
          "XEN_DOM0_ROOT_DEVICE",
          Shape.text(
              "(?:/dev/|LABEL=|UUID=|PARTUUID=|PARTLABEL=)[^\\p{Cc}\\p{Cs}\\p{Z},'\"]+",
              "a device such as /dev/sda1, LABEL=... or UUID=..."),
          "/dev/root",
          "Root device of dom0, for its boot entry.");
  static final Variable<String> DOM0_MEM =
      new Variable<>(
          "XEN_DOM0_MEM",
          Shape.text(
              "(?:(?:min:|max:)?[0-9]{1,9}[KMGTkmgt])(?:,(?:min:|max:)?[0-9]{1,9}[KMGTkmgt]){0,2}",
              "memory with a unit, such as 400M or 2G,max:2G, in the form of dom0_mem"),
          "400M",
          "Memory of dom0, for its boot entry.");
  static final Variable<String> VG =
      new Variable<>(
          "XEN_VG", NAME, "vg01", "Volume group in which ncm-xen creates the guests' disks.");
  static final Variable<ImmutableList<String>> GUESTS =
      new Variable<>(
          "XEN_GUESTS",
          new Shape.ListOf<>(NAME),
          "the host's entry in XEN_DB",
          "The guests of this host, by the names of their profiles.");
  static final Variable<ImmutableSortedMap<String, ImmutableList<String>>> DB =
      new Variable<>(
          "XEN_DB",
          byName("host", new Shape.ListOf<>(NAME)),
          "none",
          "The guests of each host, by its full name.");
  static final Variable<String> BOOTLOADER_DEFAULT =
      new Variable<>(
          "XEN_BOOTLOADER_DEFAULT",
          TEXT,
          "/usr/bin/pypxeboot for xm, pygrub for xl",
          "Bootloader of guests that XEN_BOOTLOADER does not name.");
  static final Variable<ImmutableSortedMap<String, String>> BOOTLOADER =
      new Variable<>(
          "XEN_BOOTLOADER",
          byName("guest", TEXT),
          "none",
          "Bootloader by guest; an empty value means no bootloader.");
  static final Variable<String> BOOTARG_DEFAULT =
      new Variable<>(
          "XEN_BOOTARG_DEFAULT",
          TEXT,
          "empty",
          "Arguments of a bootloader other than pypxeboot, for guests that XEN_BOOTARGS does not name.");
  static final Variable<String> BOOTARGS_DEFAULT =
      new Variable<>(
          "XEN_BOOTARGS_DEFAULT",
          TEXT,
          "empty",
          "The same as XEN_BOOTARG_DEFAULT, in the spelling of the old templates.");
  static final Variable<ImmutableSortedMap<String, String>> BOOTARGS =
      new Variable<>(
          "XEN_BOOTARGS", byName("guest", TEXT), "none", "Arguments of the bootloader by guest.");
  static final Variable<Boolean> CREATE_FILESYSTEMS =
      new Variable<>(
          "XEN_CREATE_FILESYSTEMS",
          Shape.bool(),
          "true",
          "Whether ncm-xen creates missing volumes.");
  static final Variable<Boolean> CREATE_DOMAINS =
      new Variable<>(
          "XEN_CREATE_DOMAINS",
          Shape.bool(),
          "true",
          "Whether ncm-xen starts guests that do not run.");
  static final Variable<String> PROFILE_PREFIX =
      new Variable<>(
          "XEN_PROFILE_PREFIX",
          Shape.text("[A-Za-z0-9_.+-]*", "letters, digits and _ . + -"),
          "empty",
          "Prefix of the name of a profile, before the name of the host or guest.");
  static final Variable<Boolean> INDEPENDENT_WALLCLOCK =
      new Variable<>(
          "XEN_INDEPENDENT_WALLCLOCK",
          Shape.bool(),
          "false",
          "Whether a guest keeps its own clock; used only in the guest's own configuration.");
  static final Variable<Long> RAM =
      new Variable<>(
          "XEN_RAM",
          MIB,
          "each guest's /hardware/ram",
          "Memory of every guest of the host, in MiB.");
  static final Variable<ImmutableSortedMap<String, ImmutableSortedMap<String, String>>> VIF_BRIDGE =
      new Variable<>(
          "XEN_VIF_BRIDGE",
          byName("guest", byName("network interface", NET_DEVICE)),
          "the bridge into the network of the interface's address",
          "Bridge by guest and by its network interface.");
  static final Variable<ImmutableSortedMap<String, BridgePort>> NETWORK_BRIDGES =
      new Variable<>(
          "XEN_NETWORK_BRIDGES",
          byName("bridge", BRIDGE),
          "one for each network interface of the host",
          "The bridges of dom0, each with netdev and vifnum; an empty value means no bridges.");
  static final Variable<ImmutableSortedMap<String, Machine>> GUESTS_MACHINE_DB =
      new Variable<>(
          "XEN_GUESTS_MACHINE_DB",
          byName("guest", MACHINE),
          "none",
          "By guest: nic, harddisks and ram_size (MiB), which replace those of its profile.");

  private static final ImmutableList<Variable<?>> ALL =
      ImmutableList.of(
          BOOT_DEVICE,
          DOM0_ROOT_DEVICE,
          DOM0_MEM,
          VG,
          GUESTS,
          DB,
          BOOTLOADER_DEFAULT,
          BOOTLOADER,
          BOOTARG_DEFAULT,
          BOOTARGS_DEFAULT,
          BOOTARGS,
          CREATE_FILESYSTEMS,
          CREATE_DOMAINS,
          PROFILE_PREFIX,
          INDEPENDENT_WALLCLOCK,
          RAM,
          VIF_BRIDGE,
          NETWORK_BRIDGES,
          GUESTS_MACHINE_DB);

  /** Variables of the Pan templates that change nothing in what is derived here. */
  static final ImmutableList<String> OF_TEMPLATES_ONLY =
      ImmutableList.of(
          "XEN_VERSION",
          "XEN_LINUX_VERSION",
          "XEN_UDHCP_DEV",
          "XEN_REPOSITORY_LIST",
          "XEN_DISABLE_SELINUX",
          "OS_VERSION_PARAMS");

  private final String name;
  private final Shape<T> shape;
  private final String standard;
  private final String meaning;

  private Variable(String name, Shape<T> shape, String standard, String meaning) {
    this.name = name;
    this.shape = shape;
    this.standard = standard;
    this.meaning = meaning;
  }

  /** Returns all, in the order of the page that they come from. */
  public static ImmutableList<Variable<?>> all() {
    return ALL;
  }

  /** Returns its name. */
  public String name() {
    return name;
  }

  /** Returns what counts when it is not given, in words. */
  public String standard() {
    return standard;
  }

  /** Returns what it does, as a sentence. */
  public String meaning() {
    return meaning;
  }

  /** Returns what it may hold, in words. */
  public String expected() {
    return shape.expected();
  }

  Shape<T> shape() {
    return shape;
  }

  private static <T> Shape<ImmutableSortedMap<String, T>> byName(String what, Shape<T> item) {
    return new Shape.DictOf<>(what, NAME, item);
  }

  private static <T> Shape<T> only(String field, Shape<T> shape, T absent) {
    return new Shape.RecordOf<>(
        ImmutableMap.of(field, shape), true, fields -> fields.get(field, shape).orElse(absent));
  }
}
