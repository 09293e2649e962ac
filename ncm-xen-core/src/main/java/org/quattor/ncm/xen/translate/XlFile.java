package org.quattor.ncm.xen.translate;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.guestfile.Device;
import org.quattor.ncm.xen.guestfile.GuestFile;
import org.quattor.ncm.xen.guestfile.GuestFile.Items;
import org.quattor.ncm.xen.guestfile.GuestFile.Text;
import org.quattor.ncm.xen.guestfile.GuestFile.Value;
import org.quattor.ncm.xen.guestfile.GuestFile.Whole;
import org.quattor.ncm.xen.guestfile.Quoting;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.GuestOptions;
import org.quattor.ncm.xen.model.Vif;
import org.quattor.ncm.xen.model.XlSetting;

/**
 * A file for {@code xl}, in its own keys ({@code xl.cfg(5)}) and in an order made for reading.
 * Nothing that {@code xl} would ignore or only warn about is written.
 */
final class XlFile {

  /** What fits into xl's count of KiB with room to spare: 8 EiB. */
  private static final long MAX_MIB = 1L << 43;

  /** What the hypervisor gives a PV guest at most. */
  private static final long MAX_VCPUS = 8192;

  private final GuestOptions options;
  private final @Nullable String uuid;
  private final @Nullable XenVersion xenVersion;
  private final Findings findings;
  private final Map<String, Value> values = new LinkedHashMap<>();

  XlFile(
      GuestOptions options,
      @Nullable String uuid,
      @Nullable XenVersion xenVersion,
      Findings findings) {
    this.options = options;
    this.uuid = uuid;
    this.xenVersion = xenVersion;
    this.findings = findings;
  }

  GuestFile file(String name) {
    string("name", options.name());
    string("uuid", uuid);
    XlBoot boot = new XlBoot(options, findings);
    string("type", boot.type());
    memoryAndCpus();
    boot.check();
    string("kernel", boot.kernel());
    string("ramdisk", options.boot().ramdisk());
    string("cmdline", new KernelArguments(options, findings).line().orElse(""));
    string("bootloader", boot.bootloader());
    bootargs(boot);
    devices();
    string("on_poweroff", options.events().onPoweroff());
    string("on_reboot", options.events().onReboot());
    string("on_crash", options.events().onCrash());
    new GuestSettings(options, findings).forXl(boot.type(), xenVersion).forEach(this::setting);
    return new GuestFile(name, ImmutableMap.copyOf(values));
  }

  private void memoryAndCpus() {
    number("memory", options.memoryMib(), MAX_MIB);
    Long maxmem = options.maxMemoryMib();
    number("maxmem", maxmem, MAX_MIB);
    if (maxmem != null && maxmem < options.memoryMib()) {
      findings.add(
          "XEN243", options.path() + "/maxmem", "maxmem", maxmem, "memory", options.memoryMib());
    }
    Long vcpus = options.vcpus();
    Long maxVcpus = options.maxVcpus();
    boolean pinned =
        !Strings.nullToEmpty(options.cpus()).isBlank() || options.setting("cpus_soft").isPresent();
    // Without either number xl 4.17 counts no virtual CPU yet when it reads cpus, and drops it.
    number(
        "vcpus", pinned && vcpus == null && maxVcpus == null ? Long.valueOf(1) : vcpus, MAX_VCPUS);
    number("maxvcpus", maxVcpus, MAX_VCPUS);
    long atStart = vcpus == null ? 1 : vcpus;
    if (maxVcpus != null && maxVcpus < atStart) {
      findings.add("XEN242", options.path() + "/maxvcpus", "maxvcpus", maxVcpus, "vcpus", atStart);
    }
    cpus(maxVcpus == null ? atStart : maxVcpus);
  }

  private void cpus(long mostVcpus) {
    String cpus = Strings.nullToEmpty(options.cpus()).strip();
    String path = options.path() + "/cpus";
    if (cpus.isEmpty()) {
      // For xm the empty text was every CPU; for xl it is no CPU at all, and an error.
      return;
    }
    if (!cpus.startsWith("[")) {
      cpuList(cpus, path).ifPresent(text -> string("cpus", text));
      return;
    }
    Optional<ImmutableList<String>> perVcpu = Quoting.plainPythonList(cpus);
    if (perVcpu.isEmpty()) {
      VfbAndVtpm.reportNoList(path, findings);
    } else if (perVcpu.get().size() > mostVcpus) {
      findings.add("XEN241.many", path, "count", perVcpu.get().size(), "vcpus", mostVcpus);
    } else {
      ImmutableList<String> lists =
          perVcpu.get().stream()
              .flatMap(list -> cpuList(list, path).stream())
              .collect(ImmutableList.toImmutableList());
      if (!lists.isEmpty()) {
        list("cpus", lists, path);
      }
    }
  }

  private Optional<String> cpuList(String text, String path) {
    return XlCpus.normalise(text, path, findings);
  }

  private void bootargs(XlBoot boot) {
    if (!boot.bootloader().isEmpty()) {
      list("bootloader_args", boot.arguments(xenVersion), options.path() + "/bootargs");
    }
  }

  private void devices() {
    ImmutableList<Disk> disks = options.disks();
    if (disks != null) {
      XlDisk visitor = new XlDisk(findings);
      devices("disk", disks.stream().flatMap(disk -> disk.accept(visitor).stream()));
    }
    ImmutableList<Vif> vifs = options.vifs();
    if (vifs != null) {
      devices("vif", vifs.stream().map(vif -> new XlVif(vif, xenVersion, findings).device()));
    }
    list("vfb", VfbAndVtpm.frameBuffers(options, findings), options.path() + "/vfb");
    list("vtpm", VfbAndVtpm.tpms(options, findings), options.path() + "/vtpm");
  }

  private void setting(String key, XlSetting setting) {
    String path = setting.path();
    XlSetting.Value value = setting.value();
    if (value instanceof XlSetting.Flag flag) {
      values.put(key, new Whole(flag.on() ? 1 : 0));
    } else if (value instanceof XlSetting.Whole whole && whole.number() < 0) {
      // The grammar has no sign; xl takes the number out of a text as well.
      values.put(key, new Text(Long.toString(whole.number())));
    } else if (value instanceof XlSetting.Whole whole) {
      values.put(key, new Whole(whole.number()));
    } else if (value instanceof XlSetting.Texts texts) {
      list(key, texts.texts(), path);
    } else if (value instanceof XlSetting.Text text && key.equals("cpus_soft")) {
      if (!text.text().isBlank()) {
        cpuList(text.text(), path).ifPresent(cpus -> string(key, cpus));
      }
    } else if (value instanceof XlSetting.Text text
        && !text.text().isEmpty()
        && holds(path, text.text())) {
      values.put(key, new Text(text.text()));
    }
  }

  private void number(String key, @Nullable Long value, long most) {
    if (value == null) {
      return;
    }
    if (value < 1 || value > most) {
      findings.add("XEN244", options.path() + "/" + key, "value", value, "max", most);
      return;
    }
    values.put(key, new Whole(value));
  }

  /** Writes a text; an absent or empty one is left to xl's default. */
  private void string(String key, @Nullable String value) {
    if (value != null && !value.isEmpty() && holds(options.path() + "/" + key, value)) {
      values.put(key, new Text(value));
    }
  }

  private void list(String key, List<String> texts, String path) {
    if (!texts.isEmpty() && texts.stream().allMatch(value -> holds(path, value))) {
      values.put(key, Items.of(texts));
    }
  }

  /** Writes a list of devices, which is there even when it is empty, because it is declared. */
  private void devices(String key, Stream<Device> devices) {
    ImmutableList<Value> elements = devices.collect(ImmutableList.toImmutableList());
    if (elements.stream().allMatch(device -> holds(options.path() + "/" + key, device.plain()))) {
      values.put(key, new Items(elements));
    }
  }

  private boolean holds(String path, String value) {
    return Translation.canContain(value, Toolstack.XL, path, findings);
  }
}
