package org.quattor.ncm.xen.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Finding;

/**
 * The variables of a host, with defaults in place of what is not given. Made by {@link
 * VariablesReader}.
 *
 * @param bootDevice {@code XEN_BOOT_DEVICE}
 * @param dom0RootDevice {@code XEN_DOM0_ROOT_DEVICE}; {@link #isGiven} tells whether it was named
 * @param dom0Memory {@code XEN_DOM0_MEM}, as Xen's {@code dom0_mem} takes it
 * @param volumeGroup {@code XEN_VG}
 * @param guests {@code XEN_GUESTS}; null when not given
 * @param database {@code XEN_DB}: the guests of each host
 * @param bootloaderDefault {@code XEN_BOOTLOADER_DEFAULT}; null when not given
 * @param bootloaders {@code XEN_BOOTLOADER} by guest
 * @param bootargsDefault {@code XEN_BOOTARG_DEFAULT} or {@code XEN_BOOTARGS_DEFAULT}
 * @param bootargs {@code XEN_BOOTARGS} by guest
 * @param createFilesystems {@code XEN_CREATE_FILESYSTEMS}
 * @param createDomains {@code XEN_CREATE_DOMAINS}
 * @param profilePrefix {@code XEN_PROFILE_PREFIX}
 * @param independentWallclock {@code XEN_INDEPENDENT_WALLCLOCK}
 * @param ramMib {@code XEN_RAM}; null when not given
 * @param vifBridges {@code XEN_VIF_BRIDGE}: bridges by guest and network interface
 * @param bridges {@code XEN_NETWORK_BRIDGES}; null when not given, which is not the same as none
 * @param machines {@code XEN_GUESTS_MACHINE_DB} by guest
 * @param sources where each variable that was given comes from, by its name
 * @param findings what is wrong with what was given; such a variable has its default
 */
public record HostVariables(
    String bootDevice,
    String dom0RootDevice,
    String dom0Memory,
    String volumeGroup,
    @Nullable ImmutableList<String> guests,
    ImmutableSortedMap<String, ImmutableList<String>> database,
    @Nullable String bootloaderDefault,
    ImmutableSortedMap<String, String> bootloaders,
    String bootargsDefault,
    ImmutableSortedMap<String, String> bootargs,
    boolean createFilesystems,
    boolean createDomains,
    String profilePrefix,
    boolean independentWallclock,
    @Nullable Long ramMib,
    ImmutableSortedMap<String, ImmutableSortedMap<String, String>> vifBridges,
    @Nullable ImmutableSortedMap<String, BridgePort> bridges,
    ImmutableSortedMap<String, Machine> machines,
    ImmutableMap<String, String> sources,
    ImmutableList<Finding> findings) {

  /**
   * What a bridge of dom0 is made of.
   *
   * @param netdev the interface that it is put on; null when not said
   * @param vifnum its number for xend's network script; null when not said
   */
  public record BridgePort(@Nullable String netdev, @Nullable Long vifnum) {}

  /**
   * Hardware of a guest, instead of that of its profile.
   *
   * @param macs by network interface, as written, empty when it says none; null: as in the profile
   * @param disksMib size by disk, 0 when it says none; null: as in the profile
   * @param ramMib memory; null: as in the profile
   */
  public record Machine(
      @Nullable ImmutableSortedMap<String, String> macs,
      @Nullable ImmutableSortedMap<String, Long> disksMib,
      @Nullable Long ramMib) {}

  /** Returns whether the variable was given, and not in vain. */
  public boolean isGiven(Variable<?> variable) {
    return sources.containsKey(variable.name());
  }

  /** Returns what a finding about the variable names as its place. */
  String place(Variable<?> variable) {
    String source = sources.get(variable.name());
    return source == null ? variable.name() : VariableTree.place(source, variable.name());
  }
}
