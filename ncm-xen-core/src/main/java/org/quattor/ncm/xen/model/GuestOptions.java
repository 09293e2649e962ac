package org.quattor.ncm.xen.model;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.Toolstack;

/**
 * {@code options} or {@code install_options} of a guest; null stands for absent.
 *
 * @param path the Pan path of the record, for findings
 * @param name the domain's name at the toolstack
 * @param memoryMib memory at start
 * @param maxMemoryMib {@code maxmem}: the most it can be given while it runs
 * @param vcpus virtual CPUs at start
 * @param maxVcpus {@code maxvcpus}: the most it can be given while it runs
 * @param cpus the physical CPUs that it may run on, as {@code xl.cfg(5)} writes them
 * @param uuid lower case, with dashes
 * @param boot what it boots
 * @param networkBoot what its kernel is told about its network
 * @param events what happens when it ends
 * @param vifs network interfaces, in order; null when the list is absent
 * @param disks disks, in order; null when the list is absent
 * @param vfb the frame buffer, as declared
 * @param vtpm the virtual TPM, as declared
 * @param settings keys of {@code xl.cfg(5)} that are written as they are declared: fields of the
 *     schema by name, then those of {@code extra_config}
 * @param downloads entries of {@code download}, which are reported and never executed
 */
public record GuestOptions(
    String path,
    String name,
    long memoryMib,
    @Nullable Long maxMemoryMib,
    @Nullable Long vcpus,
    @Nullable Long maxVcpus,
    @Nullable String cpus,
    @Nullable String uuid,
    Boot boot,
    NetworkBoot networkBoot,
    Events events,
    @Nullable ImmutableList<Vif> vifs,
    @Nullable ImmutableList<Disk> disks,
    @Nullable String vfb,
    @Nullable String vtpm,
    ImmutableList<XlSetting> settings,
    ImmutableList<String> downloads) {

  /**
   * What a guest boots; null stands for absent.
   *
   * @param type {@code pv}, {@code pvh} or {@code hvm}
   * @param builder the old spelling of the type: {@code linux}, {@code generic}, {@code hvm}
   * @param kernel path in dom0
   * @param ramdisk path in dom0
   * @param root root device, for the kernel's command line
   * @param extra further words of the kernel's command line
   * @param cmdline the whole command line of the kernel
   * @param bootloader name or path of a program in dom0
   * @param bootargs arguments of the bootloader; {@code vif[N]} stands for the text of that vif
   */
  public record Boot(
      @Nullable String type,
      @Nullable String builder,
      @Nullable String kernel,
      @Nullable String ramdisk,
      @Nullable String root,
      @Nullable String extra,
      @Nullable String cmdline,
      @Nullable String bootloader,
      @Nullable String bootargs) {}

  /**
   * What {@code xm} turned into kernel arguments; null stands for absent.
   *
   * @param ip the guest's address
   * @param netmask its network mask
   * @param gateway its default gateway
   * @param hostname its host name
   * @param nfsServer where its root file system is
   * @param nfsRoot the path of it there
   */
  public record NetworkBoot(
      @Nullable String ip,
      @Nullable String netmask,
      @Nullable String gateway,
      @Nullable String hostname,
      @Nullable String nfsServer,
      @Nullable String nfsRoot) {}

  /**
   * What happens when a guest ends, in the words of {@code xl.cfg(5)}; null stands for absent.
   *
   * @param onPoweroff when it shuts down
   * @param onReboot when it reboots
   * @param onCrash when it crashes
   */
  public record Events(
      @Nullable String onPoweroff, @Nullable String onReboot, @Nullable String onCrash) {}

  /**
   * Returns the files in dom0 without which the guest cannot start and that are likely missing:
   * what {@code download} was to bring, and a network bootloader that Xen no longer ships.
   */
  public ImmutableList<String> doubtfulFiles(Toolstack toolstack) {
    ImmutableList.Builder<String> files = ImmutableList.builder();
    String kernel = boot.kernel();
    String ramdisk = boot.ramdisk();
    String bootloader = boot.bootloader();
    if (!downloads.isEmpty() && kernel != null && kernel.startsWith("/")) {
      files.add(kernel);
    }
    if (!downloads.isEmpty() && ramdisk != null && ramdisk.startsWith("/")) {
      files.add(ramdisk);
    }
    if (toolstack == Toolstack.XL
        && bootloader != null
        && bootloader.startsWith("/")
        && bootloader.contains("pypxeboot")) {
      files.add(bootloader);
    }
    return files.build();
  }

  /**
   * Returns the files in dom0 that the guest boots from, as far as paths tell: a bootloader that is
   * named without one, such as {@code pygrub}, is found by Xen.
   */
  public ImmutableSet<String> bootFiles(Toolstack toolstack) {
    return Stream.concat(
            doubtfulFiles(toolstack).stream(),
            Stream.of(Strings.nullToEmpty(boot.kernel()), Strings.nullToEmpty(boot.ramdisk())))
        .filter(path -> path.startsWith("/"))
        .collect(ImmutableSet.toImmutableSet());
  }

  /** Returns the setting of a key; empty when it is absent. */
  public Optional<XlSetting> setting(String key) {
    for (XlSetting setting : settings) {
      if (setting.key().equals(key)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }

  /** Returns the disks; none when the list is absent. */
  public ImmutableList<Disk> allDisks() {
    ImmutableList<Disk> list = disks;
    return list == null ? ImmutableList.of() : list;
  }

  /** Returns the network interfaces; none when the list is absent. */
  public ImmutableList<Vif> allVifs() {
    ImmutableList<Vif> list = vifs;
    return list == null ? ImmutableList.of() : list;
  }
}
