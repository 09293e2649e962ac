package org.quattor.ncm.xen.doctor;

import com.google.common.base.Splitter;
import java.util.Optional;
import java.util.OptionalLong;
import org.quattor.ncm.xen.files.TextFile;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.text.Excerpt;
import org.quattor.ncm.xen.text.ShellQuoting;

/** What the next boot starts: the entry, dom0's memory, its root device. */
final class BootChecks {

  private static final String DOM0_MEM = "dom0_mem";

  private final XenHost host;
  private final Expectations expected;
  private final BootMenu menu;

  BootChecks(XenHost host, Expectations expected, BootMenu menu) {
    this.host = host;
    this.expected = expected;
    this.menu = menu;
  }

  /** Returns the entry that the other checks are about: the one that boots, else the first. */
  Optional<BootEntry> examined() {
    return menu.standardXen().or(() -> menu.xen().stream().findFirst());
  }

  Check entry() {
    String file = menu.file();
    Optional<BootEntry> standard = menu.standardXen();
    if (standard.isPresent()) {
      return Check.ok(
          Topic.BOOT_ENTRY,
          file,
          "the next boot starts Xen with the entry " + Excerpt.of(standard.get().title()));
    }
    if (menu.xen().isEmpty()) {
      return Check.problem(
          Topic.BOOT_ENTRY,
          file,
          "no entry boots Xen",
          "an entry that loads the hypervisor, then dom0's kernel and initrd",
          "ls /boot/xen* && "
              + (file.contains("grub2") ? "grub2-mkconfig -o " + file : "update-grub"));
    }
    BootEntry first = menu.xen().get(0);
    if (menu.standard().isEmpty()) {
      return Check.unknown(
          Topic.BOOT_ENTRY,
          file,
          "the entry "
              + Excerpt.of(first.title())
              + " boots Xen, but the default entry is set"
              + " elsewhere",
          "grep GRUB_DEFAULT " + Grub2Settings.FILE);
    }
    return Check.problem(
        Topic.BOOT_ENTRY,
        file,
        "the next boot does not start Xen: the default entry is " + Excerpt.of(menu.standard()),
        "the entry " + Excerpt.of(first.title()),
        makeStandard(first));
  }

  private String makeStandard(BootEntry entry) {
    String name = entry.key().isEmpty() ? entry.title() : entry.key();
    return menu.file().contains("grub2")
        ? "grub2-set-default " + ShellQuoting.shown(name)
        : "echo "
            + ShellQuoting.shown("GRUB_DEFAULT=" + ShellQuoting.shown(name))
            + " >> "
            + Grub2Settings.FILE
            + " && update-grub";
  }

  Check memory(BootEntry entry) throws HostFailure {
    Optional<String> found = entry.xen().argument(DOM0_MEM);
    OptionalLong fixed = found.map(MemorySize::fixedKib).orElse(OptionalLong.empty());
    String where = at(entry.xen());
    String wanted = expected.dom0Memory();
    if (fixed.isEmpty()) {
      String size = wanted == null ? "2G" : wanted;
      return Check.problem(
          Topic.BOOT_MEMORY,
          where,
          found
                  .map(value -> "dom0_mem=" + value + " is not a fixed amount")
                  .orElse("dom0_mem is missing")
              + ": dom0 starts with all memory and has to give it back for each guest",
          DOM0_MEM + "=" + size,
          setMemory(size));
    }
    String value = DOM0_MEM + "=" + found.orElse("");
    if (wanted != null && !MemorySize.fixedKib(wanted).equals(fixed)) {
      return Check.problem(
          Topic.BOOT_MEMORY, where, value, DOM0_MEM + "=" + wanted, setMemory(wanted));
    }
    return kept(where, value);
  }

  /** A menu that is generated again has only what the settings have. */
  private Check kept(String where, String value) throws HostFailure {
    Grub2Settings settings = Grub2Settings.read(host.files());
    boolean said =
        settings.value("GRUB_CMDLINE_XEN").orElse("").contains(DOM0_MEM)
            || settings.value("GRUB_CMDLINE_XEN_DEFAULT").orElse("").contains(DOM0_MEM);
    if (said || settings.files().isEmpty()) {
      return Check.ok(Topic.BOOT_MEMORY, where, value);
    }
    return Check.problem(
        Topic.BOOT_MEMORY,
        where,
        value
            + ", but "
            + Grub2Settings.FILE
            + " does not have it: the next kernel update removes it",
        "dom0_mem in GRUB_CMDLINE_XEN",
        settings.add("GRUB_CMDLINE_XEN", value, "dom0-memory", menu.file()));
  }

  private String setMemory(String size) throws HostFailure {
    Grub2Settings settings = Grub2Settings.read(host.files());
    boolean later = settings.value("GRUB_CMDLINE_XEN_DEFAULT").orElse("").contains(DOM0_MEM);
    String variable = later ? "GRUB_CMDLINE_XEN_DEFAULT" : "GRUB_CMDLINE_XEN";
    return settings.add(variable, DOM0_MEM + "=" + size, "dom0-memory", menu.file());
  }

  Check rootDevice(BootEntry entry) throws HostFailure {
    String where = at(entry.kernel());
    Optional<String> running = running();
    String wanted = expected.rootDevice() == null ? running.orElse("") : expected.rootDevice();
    Optional<String> found = entry.kernel().argument("root");
    if (found.isEmpty()) {
      return Check.problem(
          Topic.ROOT_DEVICE,
          where,
          "the kernel of dom0 gets no root device",
          "root=" + (wanted.isEmpty() ? "DEVICE" : wanted),
          wanted.isEmpty() ? "findmnt -n -o SOURCE /" : setRoot(wanted));
    }
    String value = "root=" + found.get();
    if (wanted.isEmpty()) {
      return Check.unknown(
          Topic.ROOT_DEVICE,
          where,
          value + ", and the expected root device is unknown",
          "ncm-xen doctor --set XEN_DOM0_ROOT_DEVICE=DEVICE");
    }
    if (found.get().equals(wanted)) {
      return Check.ok(Topic.ROOT_DEVICE, where, value);
    }
    String there = identity(found.get());
    if (!there.isEmpty() && there.equals(identity(wanted))) {
      return Check.ok(Topic.ROOT_DEVICE, where, value + ", which is the same as " + wanted);
    }
    return Check.problem(Topic.ROOT_DEVICE, where, value, "root=" + wanted, setRoot(wanted));
  }

  private String setRoot(String device) throws HostFailure {
    return Grub2Settings.read(host.files())
        .add("GRUB_CMDLINE_LINUX", "root=" + device, "root-device", menu.file());
  }

  /** Returns the root device that the running kernel got. */
  private Optional<String> running() throws HostFailure {
    String commandLine = TextFile.line(host.files(), "/proc/cmdline");
    Optional<String> root = Optional.empty();
    for (String word : Splitter.on(' ').split(commandLine)) {
      if (word.startsWith("root=")) {
        root = Optional.of(word.substring("root=".length()));
      }
    }
    return root;
  }

  private String identity(String device) throws HostFailure {
    String path =
        device
            .replaceFirst("^LABEL=", "/dev/disk/by-label/")
            .replaceFirst("^UUID=", "/dev/disk/by-uuid/")
            .replaceFirst("^PARTUUID=", "/dev/disk/by-partuuid/");
    return path.startsWith("/") ? host.storage().identity(path).own() : "";
  }

  private String at(BootLine line) {
    return menu.file() + ":" + line.number();
  }
}
