package org.quattor.ncm.xen.translate;

import com.google.common.base.Splitter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.GuestOptions;
import org.quattor.ncm.xen.model.Vif;

/** The variables that Python has after a file for {@code xm}, made from the declaration alone. */
final class ExpectedXm {

  private final Map<String, String> variables = new TreeMap<>();

  private ExpectedXm() {}

  static Map<String, String> variables(GuestOptions options) {
    ExpectedXm expected = new ExpectedXm();
    GuestOptions.Boot boot = options.boot();
    expected.put("name", options.name());
    expected.put("memory", options.memoryMib());
    expected.put("maxmem", options.maxMemoryMib());
    expected.put("vcpus", options.vcpus());
    expected.put("maxvcpus", options.maxVcpus());
    expected.put("builder", "hvm".equals(boot.type()) ? "hvm" : boot.builder());
    expected.put("kernel", boot.kernel());
    expected.put("ramdisk", boot.ramdisk());
    expected.put("root", boot.root());
    expected.put("extra", boot.cmdline() == null ? boot.extra() : boot.cmdline());
    expected.put("bootloader", boot.bootloader());
    expected.variables.putAll(SeededSettings.ofXm(options.settings()));
    expected.put("uuid", options.uuid());
    expected.put("gateway", options.networkBoot().gateway());
    expected.put("hostname", options.networkBoot().hostname());
    expected.put("ip", options.networkBoot().ip());
    expected.put("netmask", options.networkBoot().netmask());
    expected.put("nfs_server", options.networkBoot().nfsServer());
    expected.put("nfs_root", options.networkBoot().nfsRoot());
    expected.put("on_poweroff", options.events().onPoweroff());
    expected.put("on_reboot", options.events().onReboot());
    expected.put("on_crash", options.events().onCrash());
    expected.listOrText("cpus", options.cpus());
    expected.listOrText("vfb", options.vfb());
    expected.listOrText("vtpm", options.vtpm());
    expected.list("vif", options.allVifs().stream().map(Vif::text).toList());
    expected.list("disk", options.allDisks().stream().map(ExpectedXm::disk).toList());
    String bootargs = boot.bootargs();
    boolean reference = bootargs != null && bootargs.startsWith("vif[");
    expected.put(
        "bootargs",
        reference
            ? options.vifs().get(Integer.parseInt(bootargs.replaceAll("\\D", ""))).text()
            : bootargs);
    return expected.variables;
  }

  private static String disk(Disk disk) {
    String method = Optional.ofNullable(disk.common().accessMethod()).orElse("");
    String prefix =
        disk instanceof Disk.FileDisk file
            ? file.format() == ImageFormat.QCOW2 ? "tap:qcow2" : "file"
            : method.isEmpty() || disk instanceof Disk.PhyDisk ? "phy" : method;
    return prefix
        + ":"
        + disk.backing()
        + ","
        + disk.common().guestDevice()
        + ","
        + disk.common().access().letters();
  }

  /** The lists of the seeded guests have one element, in quotes of either kind. */
  private void listOrText(String key, String declared) {
    if (declared != null && declared.startsWith("[")) {
      List<String> parts = Splitter.on(declared.charAt(1)).splitToList(declared);
      list(key, List.of(parts.get(1)));
    } else {
      put(key, declared);
    }
  }

  private void list(String key, List<String> elements) {
    for (int i = 0; i < elements.size(); i++) {
      put(key + "[" + i + "]", elements.get(i));
    }
  }

  private void put(String key, Object value) {
    if (value != null) {
      variables.put(key, value.toString());
    }
  }
}
