package org.quattor.ncm.xen.doctor;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.quattor.ncm.xen.files.TextFile;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.text.Excerpt;

/** Whether guests start with the host, and what happens to them when it shuts down. */
final class XendomainsChecks {

  private static final String AUTO = "/etc/xen/auto";
  private static final String UNIT = "xendomains.service";
  private static final ImmutableList<String> INSTALLED =
      ImmutableList.of(
          "/usr/lib/systemd/system/" + UNIT,
          "/lib/systemd/system/" + UNIT,
          "/etc/init.d/xendomains");
  private static final ImmutableList<String> LEVELS =
      ImmutableList.of(
          "/etc/rc2.d", "/etc/rc3.d", "/etc/rc5.d", "/etc/init.d/rc3.d", "/etc/init.d/rc5.d");

  private final HostFiles files;
  private final Expectations expected;

  XendomainsChecks(HostFiles files, Expectations expected) {
    this.files = files;
    this.expected = expected;
  }

  Check enabled() throws HostFailure {
    int guests = autostarting();
    String count = guests == 1 ? "one guest starts" : guests + " guests start";
    if (installed().isEmpty()) {
      return guests == 0
          ? Check.ok(Topic.XENDOMAINS, AUTO, "not installed, and no guest starts with the host")
          : Check.problem(
              Topic.XENDOMAINS,
              AUTO,
              count + " with the host, but xendomains is not installed",
              "the xendomains service of Xen's tools",
              files.look("/usr/bin/apt-get").exists()
                  ? "apt-get install xen-utils-common"
                  : "dnf install xen-runtime");
    }
    FileEntry override = files.look("/etc/systemd/system/" + UNIT);
    boolean masked =
        override.kind() == FileEntry.Kind.LINK && override.linkTarget().equals("/dev/null");
    Optional<String> by = masked ? Optional.empty() : enabledBy();
    if (by.isPresent()) {
      return Check.ok(
          Topic.XENDOMAINS,
          by.get(),
          "enabled; " + (guests == 0 ? "no guest starts" : count) + " with the host");
    }
    if (guests == 0) {
      return Check.ok(Topic.XENDOMAINS, AUTO, "not enabled, and no guest starts with the host");
    }
    return Check.problem(
        Topic.XENDOMAINS,
        AUTO,
        count + " with the host, but xendomains is " + (masked ? "masked" : "not enabled"),
        "xendomains enabled",
        enable(masked));
  }

  private Optional<String> installed() throws HostFailure {
    for (String path : INSTALLED) {
      if (files.look(path).exists()) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  private Optional<String> enabledBy() throws HostFailure {
    String wants = "/etc/systemd/system/multi-user.target.wants/" + UNIT;
    if (files.look(wants).exists()) {
      return Optional.of(wants);
    }
    for (String level : LEVELS) {
      for (String name : files.list(level).keySet()) {
        if (name.matches("S[0-9]+xendomains")) {
          return Optional.of(level + "/" + name);
        }
      }
    }
    return Optional.empty();
  }

  private String enable(boolean masked) throws HostFailure {
    if (files.look("/run/systemd/system").exists() || masked) {
      return (masked ? "systemctl unmask xendomains && " : "") + "systemctl enable xendomains";
    }
    return files.look("/sbin/chkconfig").exists()
        ? "chkconfig xendomains on"
        : "update-rc.d xendomains defaults";
  }

  /** Returns how many guests start with the host: by the profile, else by the links. */
  private int autostarting() throws HostFailure {
    ImmutableList<GuestInBrief> guests = expected.guests();
    return guests == null
        ? files.list(AUTO).size()
        : (int) guests.stream().filter(GuestInBrief::autostart).count();
  }

  Check saveAndRestore() throws HostFailure {
    Optional<TextFile> found =
        TextFile.first(files, "/etc/default/xendomains", "/etc/sysconfig/xendomains");
    if (found.isEmpty()) {
      boolean needless = installed().isEmpty() && autostarting() == 0;
      return needless
          ? Check.ok(Topic.SAVE_AND_RESTORE, AUTO, "not needed: no guest starts with the host")
          : Check.unknown(
              Topic.SAVE_AND_RESTORE,
              "/etc/default/xendomains",
              "neither this file nor /etc/sysconfig/xendomains exists",
              "grep -r XENDOMAINS_ /etc/default /etc/sysconfig");
    }
    TextFile settings = found.get();
    String folder = settings.assigned("XENDOMAINS_AUTO").orElse(AUTO);
    if (!folder.equals(AUTO)) {
      return Check.problem(
          Topic.SAVE_AND_RESTORE,
          settings.path(),
          "XENDOMAINS_AUTO is " + Excerpt.of(folder) + ", but ncm-xen creates links in " + AUTO,
          AUTO,
          set(settings, "XENDOMAINS_AUTO", AUTO));
    }
    String save = settings.assigned("XENDOMAINS_SAVE").orElse("/var/lib/xen/save");
    if (save.isEmpty()) {
      return Check.ok(
          Topic.SAVE_AND_RESTORE,
          settings.path(),
          "xendomains shuts guests down with the host, and starts them from their files");
    }
    String restore = settings.assigned("XENDOMAINS_RESTORE").orElse("true");
    if (!restore.equals("true") && !restore.equals("yes")) {
      return Check.problem(
          Topic.SAVE_AND_RESTORE,
          settings.path(),
          "xendomains saves guests to "
              + Excerpt.of(save)
              + " when the host shuts down, and does not restore them:"
              + " each loses its unwritten data, as in a power failure",
          "XENDOMAINS_RESTORE=true, or XENDOMAINS_SAVE empty to shut guests down instead",
          set(settings, "XENDOMAINS_RESTORE", "true"));
    }
    return Check.ok(
        Topic.SAVE_AND_RESTORE,
        settings.path(),
        "xendomains saves guests to "
            + Excerpt.of(save)
            + " and restores them with their settings of that time; ncm-xen does not start a guest"
            + " that has a file there");
  }

  Check migration() throws HostFailure {
    Optional<TextFile> found =
        TextFile.first(files, "/etc/default/xendomains", "/etc/sysconfig/xendomains");
    String target = found.flatMap(file -> file.assigned("XENDOMAINS_MIGRATE")).orElse("");
    String path = found.map(TextFile::path).orElse("/etc/default/xendomains");
    return found.isEmpty() || target.isEmpty()
        ? Check.ok(Topic.MIGRATION, path, "xendomains migrates no guest when the host shuts down")
        : Check.problem(
            Topic.MIGRATION,
            path,
            "xendomains migrates guests to "
                + Excerpt.of(target)
                + " when the host shuts down, but the profile still declares them here",
            "XENDOMAINS_MIGRATE empty",
            set(found.get(), "XENDOMAINS_MIGRATE", ""));
  }

  private static String set(TextFile settings, String name, String value) {
    return settings.assigned(name).isPresent()
        ? "sed -i 's|^ *" + name + "=.*|" + name + "=" + value + "|' " + settings.path()
        : "echo " + name + "=" + value + " >> " + settings.path();
  }
}
