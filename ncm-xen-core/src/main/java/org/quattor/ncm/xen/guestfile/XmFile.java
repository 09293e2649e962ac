package org.quattor.ncm.xen.guestfile;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.GuestOptions;
import org.quattor.ncm.xen.model.Vif;
import org.quattor.ncm.xen.model.XlSetting;

/**
 * A file for {@code xm}, which executes it as Python: byte for byte what the Perl component wrote,
 * without the time, and with every value a literal.
 */
final class XmFile {

  private static final String RULE = "#" + "=".repeat(76) + "\n";

  private static final ImmutableSet<String> VIF_KEYS =
      ImmutableSet.of(
          "mac", "bridge", "type", "model", "vifname", "script", "ip", "backend", "rate");

  private final GuestOptions options;
  private final Findings findings;
  private final TreeMap<String, String> assignments = new TreeMap<>();

  XmFile(GuestOptions options, Findings findings) {
    this.options = options;
    this.findings = findings;
  }

  String text(Purpose purpose, String guest) {
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
    StringBuilder text = new StringBuilder(header(purpose, guest));
    assignments.forEach((key, value) -> line(text, key, value));
    bootargs(text);
    return text.toString();
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
      findings.add("XEN211.boot", options.path() + "/type");
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
      assignments.put("vif", Quoting.pythonList(vifs.stream().map(Vif::text).toList()));
    }
    ImmutableList<Disk> disks = options.disks();
    if (disks != null) {
      XmDisk visitor = new XmDisk(findings);
      assignments.put(
          "disk",
          Quoting.pythonList(
              disks.stream().flatMap(disk -> disk.accept(visitor).stream()).toList()));
    }
  }

  /** A text is handed on as ever; of a typed interface every field has to mean something. */
  private void nic(Vif vif) {
    for (String key : vif.keys().keySet()) {
      if (!VIF_KEYS.contains(key)) {
        findings.add("XEN256.nic", vif.path(), "key", key);
      }
    }
  }

  private void bootargs(StringBuilder text) {
    String bootargs = options.boot().bootargs();
    if (bootargs == null) {
      return;
    }
    if (VifReference.isMeant(bootargs)) {
      VifReference.resolve(options, bootargs, findings)
          .ifPresent(vif -> line(text, "bootargs", bootargs));
    } else if (check(options.path() + "/bootargs", bootargs)) {
      line(text, "bootargs", Quoting.python(bootargs));
    }
  }

  private void setting(String key, XlSetting setting) {
    XlSetting.Value value = setting.value();
    if (value instanceof XlSetting.Texts list) {
      if (list.texts().stream().allMatch(text -> check(setting.path(), text))) {
        assignments.put(key, Quoting.pythonList(list.texts()));
      }
    } else if (value instanceof XlSetting.Flag flag) {
      assignments.put(key, flag.on() ? "1" : "0");
    } else if (value instanceof XlSetting.Whole whole) {
      assignments.put(key, Long.toString(whole.number()));
    } else if (value instanceof XlSetting.Text text && check(setting.path(), text.text())) {
      assignments.put(key, Quoting.python(text.text()));
    }
  }

  private void number(String key, @Nullable Long value) {
    // In quotes, as the Perl component wrote them; xm turns them into numbers.
    scalar(key, value == null ? null : Long.toString(value));
  }

  private void scalar(String key, @Nullable String value) {
    if (value != null && check(options.path() + "/" + key, value)) {
      assignments.put(key, Quoting.python(value));
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
                assignments.put(key, ascii ? value : Quoting.pythonList(elements));
              }
            },
            () -> Devices.reportNoList(path, findings));
  }

  private boolean check(String path, String value) {
    return Quoting.obstacle(value, false)
        .map(
            obstacle -> {
              findings.add("XEN200.check", path, "obstacle", obstacle);
              return false;
            })
        .orElse(true);
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append(" = ").append(value).append('\n');
  }

  private static String header(Purpose purpose, String guest) {
    String use =
        switch (purpose) {
          case RUN -> "# Python configuration setup for 'xm create'.\n";
          case INSTALL -> "# Python configuration setup for the install phase, for 'xm create'.\n";
        };
    return "#  -*- mode: python; -*-\n"
        + RULE
        + use
        + """
        # This script sets the parameters used when a domain is created using 'xm create'.
        # You use a separate script for each domain you want to create, or
        # you can set the parameters for the domain on the xm command line.
        #
        """
        + FileOrigin.mark(purpose.file(guest))
        + "\n"
        + RULE;
  }
}
