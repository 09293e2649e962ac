package org.quattor.ncm.xen.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.GuestOptions;
import org.quattor.ncm.xen.model.Vif;
import org.quattor.ncm.xen.model.XlSetting;

/**
 * The JSON that {@code xl} 4.17 prints for a declared guest, its defaults filled in; made from the
 * declaration alone, and only for what {@link SeededGuests} declares.
 */
final class ExpectedXl {

  private static final Pattern RATE = Pattern.compile("([0-9]+)(Mb|KB)/s(?:@([0-9]+)ms)?");

  private final Map<String, String> leaves = new TreeMap<>();
  private final GuestOptions options;

  private ExpectedXl(GuestOptions options) {
    this.options = options;
  }

  /**
   * Returns the leaves.
   *
   * @param shown those of the settings
   */
  static Map<String, String> leaves(GuestOptions options, String uuid, Map<String, String> shown) {
    ExpectedXl expected = new ExpectedXl(options);
    expected.put("c_info.name", options.name());
    expected.put("c_info.uuid", uuid);
    expected.put("c_info.type", options.boot().type() == null ? "pv" : options.boot().type());
    expected.memoryAndCpus();
    expected.boot();
    expected.devices();
    expected.event("on_poweroff", options.events().onPoweroff(), "destroy");
    expected.event("on_reboot", options.events().onReboot(), "restart");
    expected.event("on_crash", options.events().onCrash(), "destroy");
    expected.leaves.putAll(shown);
    return expected.leaves;
  }

  private void memoryAndCpus() {
    long most = options.maxMemoryMib() == null ? options.memoryMib() : options.maxMemoryMib();
    put("b_info.max_memkb", Long.toString(most * 1024));
    put("b_info.target_memkb", Long.toString(options.memoryMib() * 1024));
    Optional<XlSetting> soft = options.setting("cpus_soft");
    boolean pinned = options.cpus() != null || soft.isPresent();
    boolean one = pinned && options.maxVcpus() == null;
    Long vcpus = options.vcpus() == null && one ? Long.valueOf(1) : options.vcpus();
    Long maxVcpus = options.maxVcpus() == null ? vcpus : options.maxVcpus();
    put("b_info.max_vcpus", maxVcpus == null ? null : maxVcpus.toString());
    for (int i = 0; vcpus != null && i < vcpus; i++) {
      put("b_info.avail_vcpus[" + i + "]", Integer.toString(i));
    }
    if (options.cpus() != null) {
      boolean list = options.cpus().startsWith("[");
      long vcpusPinned = list || maxVcpus == null ? 1 : maxVcpus;
      affinity("b_info.vcpu_hard_affinity", options.cpus(), vcpusPinned);
      put("b_info.numa_placement", list ? "False" : null);
    }
    put("b_info.numa_placement", soft.isPresent() ? "False" : null);
    soft.ifPresent(
        setting ->
            affinity(
                "b_info.vcpu_soft_affinity",
                ((XlSetting.Text) setting.value()).text(),
                maxVcpus == null ? 1 : maxVcpus));
  }

  private void affinity(String leaf, String list, long vcpus) {
    List<Integer> cpus = List.copyOf(cpus(list));
    for (int vcpu = 0; vcpu < vcpus; vcpu++) {
      for (int i = 0; i < cpus.size(); i++) {
        put(leaf + "[" + vcpu + "][" + i + "]", cpus.get(i).toString());
      }
    }
  }

  /** Returns the CPUs of a list, of the eight that the shim tells xl of. */
  private static TreeSet<Integer> cpus(String list) {
    TreeSet<Integer> cpus = new TreeSet<>();
    for (String part : Splitter.on(',').split(list.replaceAll("[\\[\\]' ]", ""))) {
      String range = part.equals("all") ? "0-7" : part.replace("^", "");
      int from = Integer.parseInt(range.replaceFirst("-.*", ""));
      int to = Integer.parseInt(range.replaceFirst(".*-", ""));
      for (int cpu = from; cpu <= to; cpu++) {
        if (part.startsWith("^")) {
          cpus.remove(cpu);
        } else {
          cpus.add(cpu);
        }
      }
    }
    return cpus;
  }

  private void boot() {
    GuestOptions.Boot boot = options.boot();
    put("b_info.kernel", boot.kernel());
    put("b_info.ramdisk", boot.ramdisk());
    put("b_info.cmdline", boot.cmdline() == null ? composedCmdline() : boot.cmdline());
    String bootloader = boot.bootloader();
    put("b_info.bootloader", "/usr/bin/pygrub".equals(bootloader) ? "pygrub" : bootloader);
    if (boot.bootargs() != null && boot.bootargs().startsWith("vif[")) {
      int index = Integer.parseInt(boot.bootargs().replaceAll("\\D", ""));
      put("b_info.bootloader_args[0]", joined(options.vifs().get(index)));
    } else if (boot.bootargs() != null) {
      StringTokenizer words = new StringTokenizer(boot.bootargs(), " \t\r\n");
      for (int i = 0; words.hasMoreTokens(); i++) {
        put("b_info.bootloader_args[" + i + "]", words.nextToken());
      }
    }
  }

  private String composedCmdline() {
    GuestOptions.NetworkBoot network = options.networkBoot();
    StringBuilder words = new StringBuilder();
    String server = network.nfsServer() == null ? "" : network.nfsServer();
    String root = options.boot().root();
    if (root != null) {
      words.append(" root=").append(root);
    } else if (network.nfsRoot() != null) {
      words.append(" root=/dev/nfs");
    }
    if (network.ip() != null) {
      String mask = network.netmask() == null ? "" : network.netmask();
      String gateway = network.gateway() == null ? "" : network.gateway();
      String host = network.hostname() == null ? "" : network.hostname();
      words.append(
          " ip=%s:%s:%s:%s:%s:eth0:off".formatted(network.ip(), server, gateway, mask, host));
    }
    if (network.nfsRoot() != null) {
      words.append(" nfsroot=").append(server).append(':').append(network.nfsRoot());
    }
    if (options.boot().extra() != null) {
      words.append(' ').append(options.boot().extra());
    }
    return words.isEmpty() ? null : words.substring(1);
  }

  private void devices() {
    List<Disk> disks = options.allDisks();
    for (int i = 0; i < disks.size(); i++) {
      String at = "disks[" + i + "].";
      put(at + "pdev_path", disks.get(i).backing());
      put(at + "vdev", disks.get(i).common().guestDevice());
      put(at + "format", format(disks.get(i)));
      put(at + "readwrite", disks.get(i).common().access().writable() ? "1" : null);
    }
    List<Vif> vifs = options.allVifs();
    for (int i = 0; i < vifs.size(); i++) {
      String at = "nics[" + i + "].";
      Map<String, String> keys = vifs.get(i).keys();
      put(at + "devid", keys.getOrDefault("devid", Integer.toString(i)));
      put(at + "mac", mac(vifs.get(i)));
      put(at + "ifname", keys.get("vifname"));
      put(at + "backend_domname", keys.get("backend"));
      for (String key : List.of("bridge", "ip", "model", "mtu", "gatewaydev", "script")) {
        put(at + key, keys.get(key));
      }
      put(at + "nictype", "ioemu".equals(keys.get("type")) ? "vif_ioemu" : keys.get("type"));
      put(
          at + "trusted",
          keys.containsKey("trusted") ? "True" : keys.containsKey("untrusted") ? "False" : null);
      if (keys.containsKey("rate")) {
        Matcher rate = RATE.matcher(keys.get("rate"));
        assertThat(rate.matches()).as(keys.get("rate")).isTrue();
        long unit = rate.group(2).equals("Mb") ? 1_000_000 / 8 : 1000;
        long micros = rate.group(3) == null ? 50_000 : Long.parseLong(rate.group(3)) * 1000;
        long bytes = Long.parseLong(rate.group(1)) * unit * micros / 1_000_000;
        put(at + "rate_bytes_per_interval", Long.toString(bytes));
        put(at + "rate_interval_usecs", Long.toString(micros));
      }
    }
    if (options.vfb() != null) {
      put("vfbs[0].devid", "0");
      put("vkbs[0].devid", "0");
      put("vfbs[0].vnc.enable", "True");
      boolean typed = options.vfb().contains("type=");
      put("vfbs[0].vnc.findunused", typed ? "True" : null);
      put("vfbs[0].vnc.passwd", typed ? null : between(options.vfb(), "vncpasswd=", ",keymap"));
      put("vfbs[0].keymap", typed ? null : "de");
    }
    if (options.vtpm() != null) {
      put("vtpms[0].devid", "0");
      put("vtpms[0].backend_domname", between(options.vtpm(), "backend=", "']"));
    }
  }

  private void event(String key, String declared, String otherwise) {
    String action = declared == null ? otherwise : declared;
    // libxl's JSON leaves out what is its first name, and has another for one of them.
    put(
        key,
        switch (action) {
          case "destroy" -> null;
          case "rename-restart" -> "restart_rename";
          default -> action.replace('-', '_');
        });
  }

  private static String format(Disk disk) {
    if (disk instanceof Disk.FileDisk file) {
      return file.format() == ImageFormat.QCOW2 ? "qcow2" : "raw";
    }
    return disk instanceof Disk.LvmDisk && "tap2:vhd".equals(disk.common().accessMethod())
        ? "vhd"
        : "raw";
  }

  private static String mac(Vif vif) {
    String declared = vif.keys().get("mac");
    return declared == null ? null : declared.toLowerCase(Locale.ROOT).replace('-', ':');
  }

  private static String joined(Vif vif) {
    List<String> parts = new ArrayList<>();
    vif.keys()
        .forEach(
            (key, value) ->
                parts.add(
                    value.isEmpty() ? key : key + "=" + (key.equals("mac") ? mac(vif) : value)));
    return String.join(",", parts);
  }

  private static String between(String text, String start, String end) {
    return Splitter.on(end).splitToList(Splitter.on(start).splitToList(text).get(1)).get(0);
  }

  private void put(String path, String value) {
    if (value != null) {
      leaves.put(path, value);
    }
  }
}
