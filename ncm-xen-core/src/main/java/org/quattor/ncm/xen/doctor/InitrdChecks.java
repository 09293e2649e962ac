package org.quattor.ncm.xen.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.quattor.ncm.xen.files.TextFile;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.text.HostPath;
import org.quattor.ncm.xen.text.ShellQuoting;

/** Whether what the boot entry loads exists, and whether the initrd can find a root on LVM. */
final class InitrdChecks {

  private static final Pattern DM_MOD = Pattern.compile("(.*/)?dm[-_]mod\\.k?o(\\.(gz|xz|zst))?");
  private static final Pattern LVM = Pattern.compile("(.*/)?lvm");

  private final XenHost host;
  private final String file;
  private final BootEntry entry;

  InitrdChecks(XenHost host, String file, BootEntry entry) {
    this.host = host;
    this.file = file;
    this.entry = entry;
  }

  Check present() throws HostFailure {
    List<String> missing = new ArrayList<>();
    List<BootLine> lines = new ArrayList<>(List.of(entry.xen(), entry.kernel()));
    BootLine initrd = entry.initrd();
    if (initrd != null) {
      lines.add(initrd);
    }
    for (BootLine line : lines) {
      if (Loaded.place(host.storage(), line.path()).isEmpty()) {
        missing.add(line.path() + " (line " + line.number() + ")");
      }
    }
    if (!missing.isEmpty()) {
      return Check.problem(
          Topic.BOOT_FILES,
          file,
          "missing, also below /boot: " + String.join(", ", missing),
          "the files that the boot entry loads",
          "ls -l /boot");
    }
    if (initrd == null) {
      return Check.problem(
          Topic.BOOT_FILES,
          file + ":" + entry.kernel().number(),
          "the kernel of dom0 gets no initrd",
          "a module line for the initrd",
          "ls /boot/init*");
    }
    return Check.ok(
        Topic.BOOT_FILES,
        file,
        entry.xen().path() + ", " + entry.kernel().path() + ", " + initrd.path() + " exist");
  }

  Check lvm() throws HostFailure {
    Optional<String> root = rootSource();
    if (root.isEmpty()) {
      return Check.unknown(Topic.INITRD, "/proc/mounts", "the device of / is unknown", "findmnt /");
    }
    if (!onLvm(root.get())) {
      return Check.ok(Topic.INITRD, root.get(), "not needed: the root file system is not on LVM");
    }
    BootLine initrd = entry.initrd();
    String place = initrd == null ? "" : Loaded.place(host.storage(), initrd.path());
    if (place.isEmpty()) {
      return Check.unknown(Topic.INITRD, file, "the initrd is missing", "ls -l /boot");
    }
    List<String> files;
    try {
      files = host.filesystems().initrdFiles(place);
    } catch (HostFailure e) {
      return Check.unknown(
          Topic.INITRD,
          place,
          String.valueOf(e.getMessage()),
          "zcat " + ShellQuoting.shown(place) + " | cpio -t | grep -e dm-mod -e lvm");
    }
    String version = version();
    List<String> missing = new ArrayList<>();
    if (files.stream().noneMatch(f -> DM_MOD.matcher(f).matches()) && !builtIn(version)) {
      missing.add("the module dm-mod");
    }
    if (files.stream().noneMatch(f -> LVM.matcher(f).matches())) {
      missing.add("the program lvm");
    }
    return missing.isEmpty()
        ? Check.ok(Topic.INITRD, place, "has dm-mod and lvm for the root file system on LVM")
        : Check.problem(
            Topic.INITRD,
            place,
            "lacks "
                + String.join(" and ", missing)
                + ", and the root file system is on LVM: "
                + "dom0 does not find it at boot",
            "dm-mod and lvm in the initrd",
            makeInitrd(place, version));
  }

  /** Returns the version in the kernel's name; empty when it has another form. */
  private String version() {
    String name = HostPath.name(entry.kernel().path());
    return name.matches("vmlinu[xz]-[0-9].*") ? name.substring("vmlinux-".length()) : "";
  }

  private boolean builtIn(String version) throws HostFailure {
    return !version.isEmpty()
        && TextFile.read(host.files(), "/lib/modules/" + version + "/modules.builtin")
            .map(f -> f.lines().stream().anyMatch(l -> DM_MOD.matcher(l.strip()).matches()))
            .orElse(false);
  }

  private String makeInitrd(String place, String version) throws HostFailure {
    HostFiles files = host.files();
    String kernel = ShellQuoting.shown(version.isEmpty() ? "VERSION" : version);
    if (files.look("/usr/sbin/update-initramfs").exists()) {
      return "apt-get install lvm2 && update-initramfs -u -k " + kernel;
    }
    return "dracut -f --add lvm " + ShellQuoting.shown(place) + " " + kernel;
  }

  /** Returns what is mounted on {@code /}; the last of several lines is what is seen. */
  private Optional<String> rootSource() throws HostFailure {
    Optional<String> source = Optional.empty();
    Optional<TextFile> mounts = TextFile.read(host.files(), "/proc/mounts");
    if (mounts.isPresent()) {
      for (String line : mounts.get().lines()) {
        String[] words = line.split(" ", 3);
        if (words.length == 3 && words[1].equals("/") && words[0].startsWith("/dev/")) {
          source = Optional.of(words[0]);
        }
      }
    }
    return source;
  }

  /** The uuid of a device-mapper device says who made it; a name alone may mean anything. */
  private boolean onLvm(String device) throws HostFailure {
    String name = HostPath.name(device);
    boolean told = false;
    for (Map.Entry<String, FileEntry> block : host.files().list("/sys/block").entrySet()) {
      if (!block.getKey().startsWith("dm-")) {
        continue;
      }
      String folder = "/sys/block/" + block.getKey() + "/dm/";
      told = true;
      if (block.getKey().equals(name)
          || TextFile.line(host.files(), folder + "name").equals(name)) {
        return TextFile.line(host.files(), folder + "uuid").startsWith("LVM-");
      }
    }
    // /dev/VG/LV is a link to such a device; nothing else lies one folder deeper.
    boolean inFolder = device.matches("/dev/[^/]+/[^/]+") && !device.startsWith("/dev/disk/");
    return inFolder && (!told || !device.startsWith("/dev/mapper/"));
  }
}
