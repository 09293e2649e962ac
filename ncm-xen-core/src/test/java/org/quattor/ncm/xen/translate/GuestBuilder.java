package org.quattor.ncm.xen.translate;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.quattor.ncm.xen.host.Allocation;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Disk.Access;
import org.quattor.ncm.xen.model.GuestOptions;
import org.quattor.ncm.xen.model.Vif;
import org.quattor.ncm.xen.model.XlSetting;

/** A guest for tests, with a name, memory and a kernel until told otherwise. */
final class GuestBuilder {

  static final String PATH = "/software/components/xen/domains/vm01/options";

  String name = "vm01";
  long memory = 512;
  Long maxmem;
  Long vcpus;
  Long maxVcpus;
  String cpus;
  String uuid;
  String type;
  String builder;
  String kernel = "/boot/vmlinuz";
  String ramdisk;
  String root;
  String extra;
  String cmdline;
  String bootloader;
  String bootargs;
  String ip;
  String netmask;
  String gateway;
  String hostname;
  String nfsServer;
  String nfsRoot;
  String onPoweroff;
  String onReboot;
  String onCrash;
  List<Vif> vifs;
  List<Disk> disks;
  String vfb;
  String vtpm;
  final List<XlSetting> settings = new ArrayList<>();
  final List<String> downloads = new ArrayList<>();

  /** What xl 4.17 shows of the settings, beside what it shows of the other options. */
  final Map<String, String> shown = new TreeMap<>();

  GuestBuilder vif(String text) {
    vifs = vifs == null ? new ArrayList<>() : vifs;
    vifs.add(Vif.parse(PATH + "/vif/" + vifs.size(), text));
    return this;
  }

  GuestBuilder noVifs() {
    vifs = new ArrayList<>();
    return this;
  }

  GuestBuilder noDisks() {
    disks = new ArrayList<>();
    return this;
  }

  /** Adds a field of that name, or a key of extra_config. */
  GuestBuilder setting(String key, boolean extra, XlSetting.Value value) {
    settings.add(new XlSetting(PATH + "/" + key, key, extra, value));
    return this;
  }

  GuestBuilder lvm(String group, String volume, String device, Access access, String method) {
    return disk(new Disk.LvmDisk(common(device, access, method), group, volume, null, null));
  }

  GuestBuilder lvm(String device, Access access) {
    return lvm("xenvg", "vm01-root", device, access, null);
  }

  GuestBuilder file(String path, String device, Access access, ImageFormat format) {
    return disk(
        new Disk.FileDisk(common(device, access, null), path, format, Allocation.SPARSE, null));
  }

  GuestBuilder phy(String path, String device, Access access) {
    return disk(new Disk.PhyDisk(common(device, access, null), path));
  }

  private GuestBuilder disk(Disk disk) {
    disks = disks == null ? new ArrayList<>() : disks;
    disks.add(disk);
    return this;
  }

  private Disk.Common common(String device, Access access, String method) {
    int index = disks == null ? 0 : disks.size();
    return new Disk.Common(PATH + "/disk/" + index, device, access, method, null, null, false);
  }

  GuestOptions options() {
    return new GuestOptions(
        PATH,
        name,
        memory,
        maxmem,
        vcpus,
        maxVcpus,
        cpus,
        uuid,
        new GuestOptions.Boot(
            type, builder, kernel, ramdisk, root, extra, cmdline, bootloader, bootargs),
        new GuestOptions.NetworkBoot(ip, netmask, gateway, hostname, nfsServer, nfsRoot),
        new GuestOptions.Events(onPoweroff, onReboot, onCrash),
        vifs == null ? null : ImmutableList.copyOf(vifs),
        disks == null ? null : ImmutableList.copyOf(disks),
        vfb,
        vtpm,
        ImmutableList.copyOf(settings),
        ImmutableList.copyOf(downloads));
  }

  GuestBuilder nic(String... keysAndValues) {
    vifs = vifs == null ? new ArrayList<>() : vifs;
    Map<String, String> keys = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      keys.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    Vif plain = Vif.parse("", Joiner.on(',').withKeyValueSeparator('=').join(keys));
    vifs.add(
        new Vif(
            PATH + "/nics/" + vifs.size(), plain.text().replaceAll("=(?=,|$)", ""), plain.keys()));
    return this;
  }

  Translation xm() {
    return Translation.of(options(), Toolstack.XM, "vm", null, null);
  }

  Translation xl() {
    return xl(null);
  }

  Translation xl(XenVersion version) {
    return Translation.of(options(), Toolstack.XL, "vm", null, version);
  }
}
