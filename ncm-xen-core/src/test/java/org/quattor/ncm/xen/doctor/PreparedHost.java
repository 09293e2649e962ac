package org.quattor.ncm.xen.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.Scenario;

/** Hosts that are ready for guests, as trees of files: one of today, an older one. */
final class PreparedHost {

  static final String MENU = "/boot/grub/grub.cfg";
  static final String MENU_OF_EL7 = "/boot/grub2/grub.cfg";

  private final Scenario scenario;

  private PreparedHost(Scenario scenario) {
    this.scenario = scenario;
  }

  /** Debian 12 on Xen 4.17, its root on LVM. */
  static PreparedHost ofToday(Path folder) {
    return new PreparedHost(new Scenario(folder))
        .file(MENU, resource("grub-2.06.cfg").replace("default=\"0\"", "default=\"2\""))
        .file("/etc/default/grub", "GRUB_DEFAULT=2\nGRUB_CMDLINE_XEN=\"dom0_mem=2G\"\n")
        .file("/usr/sbin/update-grub", "")
        .file("/usr/sbin/update-initramfs", "")
        .file("/boot/xen-4.17-amd64.gz", "")
        .file("/boot/vmlinuz-6.1.0-18-amd64", "")
        .file(
            "/boot/initrd.img-6.1.0-18-amd64",
            "usr/sbin/lvm\nusr/lib/modules/6.1.0-18-amd64/kernel/drivers/md/dm-mod.ko\n")
        .file("/proc/cmdline", "placeholder root=/dev/mapper/vg0-root ro quiet\n")
        .file("/proc/mounts", "/dev/mapper/vg0-root / ext4 rw 0 0\nproc /proc proc rw 0 0\n")
        .file("/sys/block/dm-0/dm/name", "vg0-root\n")
        .file("/sys/block/dm-0/dm/uuid", "LVM-Q1\n")
        .file(XenChecks.CURRENT_MEMORY, "2097152\n")
        .file(XenChecks.XL_CONF, "# comment\nautoballoon=\"auto\"\n")
        .file("/etc/init.d/xendomains", "")
        .file("/etc/rc3.d/S02xendomains", "")
        .file("/run/systemd/system/marker", "")
        .file("/etc/xen/auto/web", "")
        .file(
            "/etc/default/xendomains",
            "XENDOMAINS_RESTORE=true\nXENDOMAINS_SAVE=/var/lib/xen/save # kept\n");
  }

  /** Enterprise Linux 7 on Xen 4.4, its root on LVM, with a /boot of its own. */
  static PreparedHost ofEl7(Path folder) {
    return ofToday(folder)
        .without(MENU)
        .without("/usr/sbin/update-grub")
        .file(MENU_OF_EL7, resource("grub-2.02.cfg"))
        .file("/etc/default/grub", "GRUB_CMDLINE_XEN=\"dom0_mem=400M\"\n")
        .file("/boot/xen-4.4.gz", "")
        .file("/boot/vmlinuz-3.18.44-20.el7.x86_64", "")
        .file("/boot/initramfs-3.18.44-20.el7.x86_64.img", "usr/sbin/lvm\nlib/dm-mod.ko\n")
        .file("/proc/cmdline", "ro root=/dev/vg00/root\n")
        .file("/proc/mounts", "rootfs / rootfs rw 0 0\n/dev/vg00/root / ext3 rw 0 0\n")
        .without("/sys/block/dm-0/dm/name")
        .without("/sys/block/dm-0/dm/uuid")
        .without("/sys/block/dm-0/dm")
        .without("/sys/block/dm-0")
        .without("/usr/sbin/update-initramfs")
        .file(XenChecks.CURRENT_MEMORY, "409600\n");
  }

  PreparedHost file(String path, String text) {
    scenario.file(path, text);
    return this;
  }

  PreparedHost replace(String path, String text, String by) {
    String before = scenario.read(path);
    if (!before.contains(text)) {
      throw new AssertionError(path + " has no " + text);
    }
    return file(path, before.replace(text, by));
  }

  PreparedHost without(String path) {
    try {
      Files.delete(scenario.path(path));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Scenario scenario() {
    return scenario;
  }

  Diagnosis examined(Expectations expected) {
    return Doctor.examine(scenario.host(), expected, null);
  }

  /** Examines it and returns the check of the topic. */
  Check check(Topic topic, Expectations expected) {
    List<Check> found =
        examined(expected).checks().stream().filter(c -> c.id().equals(topic.id())).toList();
    if (found.size() != 1) {
      throw new AssertionError(topic + " is told " + found.size() + " times");
    }
    return found.get(0);
  }

  Check check(Topic topic) {
    return check(topic, Expectations.NONE);
  }

  /** Returns what a host is expected to boot with; null where nothing is expected. */
  static Expectations expecting(@Nullable String memory, @Nullable String root) {
    return new Expectations(memory, root, false, null);
  }

  /** Returns the verdict and what was found. */
  static String brief(Check check) {
    return check.verdict() + " " + check.found();
  }

  Map<String, String> everything() {
    return scenario.everything();
  }

  private static String resource(String name) {
    try (InputStream in = PreparedHost.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
