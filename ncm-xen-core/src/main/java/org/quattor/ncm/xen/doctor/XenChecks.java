package org.quattor.ncm.xen.doctor;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.files.TextFile;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.text.Excerpt;

/** The host as it runs: whether on Xen, with how much memory, and whether that stays. */
final class XenChecks {

  /** The memory of dom0 now, in KiB (the balloon driver of Linux). */
  static final String CURRENT_MEMORY = "/sys/devices/system/xen_memory/xen_memory0/info/current_kb";

  static final String XL_CONF = "/etc/xen/xl.conf";
  private static final String XEND_CONF = "/etc/xen/xend-config.sxp";

  // The hypervisor keeps a little of what dom0_mem names for itself.
  private static final long SLACK_KIB = 16 << 10;

  private final XenHost host;
  private final Expectations expected;

  XenChecks(XenHost host, Expectations expected) {
    this.host = host;
    this.expected = expected;
  }

  Check booted() throws HostFailure {
    HostFacts facts = host.facts();
    String where = "/sys/hypervisor";
    if (facts.toolstacks().isEmpty()) {
      return Check.problem(
          Topic.XEN,
          "/usr/sbin/xl",
          "neither xl nor xm is installed",
          "the Xen hypervisor and its tools",
          host.files().look("/usr/bin/apt-get").exists()
              ? "apt-get install xen-system-amd64"
              : "dnf install xen");
    }
    if (!facts.dom0()) {
      return Check.problem(
          Topic.XEN,
          where,
          "Xen's tools are installed, but this system is not booted on Xen",
          "dom0 on the hypervisor",
          "reboot");
    }
    XenVersion version = facts.xenVersion();
    return Check.ok(
        Topic.XEN, where, "booted as dom0" + (version == null ? "" : " on Xen " + version));
  }

  Check memory() throws HostFailure {
    String text = TextFile.line(host.files(), CURRENT_MEMORY);
    OptionalLong kib = text.matches("[0-9]{1,9}") ? MemorySize.kib(text) : OptionalLong.empty();
    if (kib.isEmpty()) {
      return Check.unknown(
          Topic.MEMORY, CURRENT_MEMORY, "the kernel does not show the memory of dom0", "xl list 0");
    }
    String found = "dom0 has " + MemorySize.text(kib.getAsLong());
    String wanted = expected.dom0Memory();
    if (wanted == null) {
      return Check.ok(Topic.MEMORY, CURRENT_MEMORY, found);
    }
    long due = MemorySize.fixedKib(wanted).orElse(0);
    long missing = due - kib.getAsLong();
    if (Math.abs(missing) <= SLACK_KIB) {
      return Check.ok(Topic.MEMORY, CURRENT_MEMORY, found);
    }
    return Check.problem(
        Topic.MEMORY,
        CURRENT_MEMORY,
        found
            + (missing > 0
                ? ": it booted with less, or the toolstack reduced it later"
                : ": it did not boot with the declared amount"),
        MemorySize.text(due) + " (XEN_DOM0_MEM)",
        "xl mem-set 0 " + (due >> 10) + "m");
  }

  Check autoballoon(@Nullable Toolstack toolstack) throws HostFailure {
    HostFacts facts = host.facts();
    boolean fits = facts.xendRunning() || facts.toolstacks().equals(Set.of(Toolstack.XM));
    if (toolstack == null ? fits : toolstack == Toolstack.XM) {
      return xend();
    }
    Optional<TextFile> file = TextFile.read(host.files(), XL_CONF);
    Optional<String> value = file.flatMap(f -> f.assigned("autoballoon"));
    String text = value.orElse("auto");
    return switch (text) {
      case "off", "0" ->
          Check.ok(Topic.AUTOBALLOON, XL_CONF, "off: dom0 keeps its memory when a guest starts");
      case "auto" ->
          Check.ok(
              Topic.AUTOBALLOON,
              XL_CONF,
              (value.isPresent() ? "auto" : "not set, which is auto")
                  + ": off if Xen boots with dom0_mem");
      default ->
          Check.problem(
              Topic.AUTOBALLOON,
              XL_CONF,
              "autoballoon is "
                  + Excerpt.of(text)
                  + ": xl takes memory from dom0 when a guest starts",
              "off",
              "sed -i 's/^ *autoballoon *=.*/autoballoon=\"off\"/' " + XL_CONF);
    };
  }

  private Check xend() throws HostFailure {
    Optional<TextFile> file = TextFile.read(host.files(), XEND_CONF);
    if (file.isEmpty()) {
      return Check.unknown(Topic.AUTOBALLOON, XEND_CONF, "the file is missing", "ls -l /etc/xen");
    }
    boolean off =
        file.get().lines().stream()
            .anyMatch(line -> line.strip().matches("\\(enable-dom0-ballooning\\s+no\\)"));
    return off
        ? Check.ok(Topic.AUTOBALLOON, XEND_CONF, "(enable-dom0-ballooning no)")
        : Check.problem(
            Topic.AUTOBALLOON,
            XEND_CONF,
            "xend takes memory from dom0 when a guest starts",
            "(enable-dom0-ballooning no)",
            "echo '(enable-dom0-ballooning no)' >> " + XEND_CONF + " && service xend restart");
  }
}
