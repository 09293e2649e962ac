package org.quattor.ncm.xen.doctor;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenHost;

/**
 * Examines a host: what a dom0 needs, one check each. Only reads, at the cost of one external
 * command at most (the list of the initrd's files). What cannot be read is {@link Verdict#UNKNOWN}
 * and does not stop the other checks.
 */
public final class Doctor {

  private static final String AS_ROOT = "sudo ncm-xen doctor";

  private final XenHost host;
  private final Expectations expected;
  private final @Nullable Toolstack toolstack;
  private final ImmutableList.Builder<Check> checks = ImmutableList.builder();

  private Doctor(XenHost host, Expectations expected, @Nullable Toolstack toolstack) {
    this.host = host;
    this.expected = expected;
    this.toolstack = toolstack;
  }

  /**
   * Examines the host.
   *
   * @param toolstack whose settings count; null for those of the one that fits the host
   */
  public static Diagnosis examine(
      XenHost host, Expectations expected, @Nullable Toolstack toolstack) {
    return new Doctor(host, expected, toolstack).examine();
  }

  /** A question that the host may fail to answer. */
  private interface Question {
    Check ask() throws HostFailure;
  }

  private Diagnosis examine() {
    XenChecks xen = new XenChecks(host, expected);
    ask(Topic.XEN, "/sys/hypervisor", xen::booted);
    examineBoot();
    ask(Topic.MEMORY, XenChecks.CURRENT_MEMORY, xen::memory);
    ask(Topic.AUTOBALLOON, XenChecks.XL_CONF, () -> xen.autoballoon(toolstack));
    XendomainsChecks xendomains = new XendomainsChecks(host.files(), expected);
    ask(Topic.XENDOMAINS, "/etc/xen/auto", xendomains::enabled);
    ask(Topic.SAVE_AND_RESTORE, "/etc/default/xendomains", xendomains::saveAndRestore);
    ask(Topic.MIGRATION, "/etc/default/xendomains", xendomains::migration);
    checks.add(WallclockCheck.of(expected));
    return new Diagnosis(checks.build());
  }

  private void examineBoot() {
    Optional<BootMenu> menu;
    try {
      menu = BootMenu.read(host.files());
    } catch (HostFailure e) {
      unknown(Topic.BOOT_ENTRY, "/boot", String.valueOf(e.getMessage()));
      return;
    }
    if (menu.isEmpty()) {
      checks.add(
          Check.unknown(
              Topic.BOOT_ENTRY,
              "/boot",
              "grub.cfg of GRUB 2 is missing: what the next boot starts is unknown",
              "ls -l /boot /boot/grub /boot/grub2"));
      return;
    }
    BootChecks boot = new BootChecks(host, expected, menu.get());
    checks.add(boot.entry());
    Optional<BootEntry> entry = boot.examined();
    if (entry.isPresent()) {
      String file = menu.get().file();
      ask(Topic.BOOT_MEMORY, file, () -> boot.memory(entry.get()));
      ask(Topic.ROOT_DEVICE, file, () -> boot.rootDevice(entry.get()));
      InitrdChecks initrd = new InitrdChecks(host, file, entry.get());
      ask(Topic.BOOT_FILES, file, initrd::present);
      ask(Topic.INITRD, file, initrd::lvm);
    }
  }

  private void ask(Topic topic, String path, Question question) {
    try {
      checks.add(question.ask());
    } catch (HostFailure e) {
      unknown(topic, path, String.valueOf(e.getMessage()));
    }
  }

  private void unknown(Topic topic, String path, String why) {
    checks.add(Check.unknown(topic, path, why, AS_ROOT));
  }
}
