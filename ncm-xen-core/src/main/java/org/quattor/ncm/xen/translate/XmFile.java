package org.quattor.ncm.xen.translate;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import java.util.TreeMap;
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
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.GuestOptions;
import org.quattor.ncm.xen.model.Vif;
import org.quattor.ncm.xen.model.XlSetting;

/**
 * A file for {@code xm}, which executes it as Python: byte for byte what the Perl component wrote,
 * without the time, and with every value a literal.
 */
final class XmFile {

  private static final ImmutableSet<String> VIF_KEYS =
      ImmutableSet.of(
          "mac", "bridge", "type", "model", "vifname", "script", "ip", "backend", "rate");

  private final GuestOptions options;
  private final Findings findings;
  private final TreeMap<String, Value> values = new TreeMap<>();

  XmFile(GuestOptions options, Findings findings) {
    this.options = options;
    this.findings = findings;
  }

  GuestFile file(String name) {
    scalar("name", options.name());
    number("memory", options.memoryMib());
    number("maxmem", options.maxMemoryMib());
    number("vcpus", options.vcpus());
    number("maxvcpus", options.maxVcpus());
    listOrScalar("cpus", options.cpus());
    scalar("uuid", options.uuid());
    boot();
    GuestOptions.NetworkBoot network = options.networkBoot();
    scalar("ip", network.ip());
    scalar("netmask", network.netmask());
    scalar("gateway", network.gateway());
    scalar("hostname", network.hostname());
    scalar("nfs_server", network.nfsServer());
    scalar("nfs_root", network.nfsRoot());
    scalar("on_poweroff", options.events().onPoweroff());
    scalar("on_reboot", options.events().onReboot());
    scalar("on_crash", options.events().onCrash());
    devices();
    listOrScalar("vfb", options.vfb());
    listOrScalar("vtpm", options.vtpm());
    new GuestSettings(options, findings).forXm().forEach(this::setting);
    ImmutableMap.Builder<String, Value> all = ImmutableMap.builder();
    all.putAll(values);
    bootargs().ifPresent(value -> all.put("bootargs", value));
    return new GuestFile(name, all.buildOrThrow());
  }

  private void boot() {
    GuestOptions.Boot boot = options.boot();
    String type = Strings.nullToEmpty(boot.type());
    if (!type.isEmpty()) {
      // Alone, any builder is written, as ever; what goes together is checked.
      GuestType.read(options, findings);
    }
    String builder = boot.builder();
    if (builder == null && type.equals("hvm")) {
      builder = "hvm";
    }
    if (type.equals("pvh")) {
      findings.add("XEN211.pvh", options.path() + "/type");
    }
    scalar("builder", builder);
    scalar("kernel", boot.kernel());
    scalar("ramdisk", boot.ramdisk());
    scalar("root", boot.root());
    scalar("extra", boot.extra());
    scalar("bootloader", boot.bootloader());
    String cmdline = boot.cmdline();
    if (cmdline != null) {
      if (boot.root() != null || boot.extra() != null) {
        KernelArguments.reportContradiction(options.path(), findings);
      } else {
        // xm has no key for the whole; with nothing else declared, extra is the whole.
        scalar("extra", cmdline);
      }
    }
  }

  private void devices() {
    ImmutableList<Vif> vifs = options.vifs();
    if (vifs != null) {
      vifs.forEach(vif -> check(vif.path(), vif.text()));
      vifs.stream()
          .filter(vif -> vif.path().startsWith(options.path() + "/nics/"))
          .forEach(this::nic);
      values.put("vif", new Items(vifs.stream().map(XmFile::device).collect(toImmutableList())));
    }
    ImmutableList<Disk> disks = options.disks();
    if (disks != null) {
      XmDisk visitor = new XmDisk(findings);
      values.put(
          "disk",
          new Items(
              disks.stream()
                  .flatMap(disk -> disk.accept(visitor).stream())
                  .collect(toImmutableList())));
    }
  }

  private static Device device(Vif vif) {
    return new Device(vif.text(), vif.keys());
  }

  /**
   * A text is handed on as ever; of a typed interface every field has to mean something, and stay
   * the value of that field.
   */
  private void nic(Vif vif) {
    vif.keys()
        .forEach(
            (key, value) -> {
              if (!VIF_KEYS.contains(key)) {
                findings.add("XEN256", vif.path(), "option", key);
              } else if (value.contains(",")) {
                findings.add("XEN222.comma", vif.path(), "key", key, "value", value);
              }
            });
  }

  private Optional<Value> bootargs() {
    String bootargs = options.boot().bootargs();
    if (bootargs == null) {
      return Optional.empty();
    }
    if (VifReference.isMeant(bootargs)) {
      return VifReference.resolve(options, bootargs, findings).map(vif -> new Text(vif.text()));
    }
    return check(options.path() + "/bootargs", bootargs)
        ? Optional.of(new Text(bootargs))
        : Optional.empty();
  }

  private void setting(String key, XlSetting setting) {
    XlSetting.Value value = setting.value();
    if (value instanceof XlSetting.Texts list) {
      if (list.texts().stream().allMatch(text -> check(setting.path(), text))) {
        values.put(key, Items.of(list.texts()));
      }
    } else if (value instanceof XlSetting.Flag flag) {
      values.put(key, new Whole(flag.on() ? 1 : 0));
    } else if (value instanceof XlSetting.Whole whole) {
      values.put(key, new Whole(whole.number()));
    } else if (value instanceof XlSetting.Text text && check(setting.path(), text.text())) {
      values.put(key, new Text(text.text()));
    }
  }

  private void number(String key, @Nullable Long value) {
    // In quotes, as the Perl component wrote them; xm turns them into numbers.
    scalar(key, value == null ? null : Long.toString(value));
  }

  private void scalar(String key, @Nullable String value) {
    if (value != null && check(options.path() + "/" + key, value)) {
      values.put(key, new Text(value));
    }
  }

  /** A list that is declared as Python's text is one; the Perl component took anything with [. */
  private void listOrScalar(String key, @Nullable String value) {
    if (value == null || !value.stripLeading().startsWith("[")) {
      scalar(key, value);
      return;
    }
    String path = options.path() + "/" + key;
    Quoting.plainPythonList(value)
        .ifPresentOrElse(
            elements -> {
              if (elements.stream().allMatch(element -> check(path, element))) {
                boolean ascii = value.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
                values.put(key, new Items(Items.of(elements).elements(), ascii ? value : ""));
              }
            },
            () -> VfbAndVtpm.reportNoList(path, findings));
  }

  private boolean check(String path, String value) {
    return Translation.canContain(value, Toolstack.XM, path, findings);
  }
}
