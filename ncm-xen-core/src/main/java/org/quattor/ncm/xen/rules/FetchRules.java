package org.quattor.ncm.xen.rules;

import com.google.common.collect.ImmutableSet;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.DiskName;
import org.quattor.ncm.xen.model.Fetch;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.GuestOptions;
import org.quattor.ncm.xen.model.XenConfiguration;

/** Files that are fetched: URLs that lead somewhere, places that nobody else uses. */
final class FetchRules {

  private static final ImmutableSet<String> KEPT_FOLDERS =
      ImmutableSet.of("/dev", "/etc/xen", "/proc", "/sys");

  private final Findings findings;
  private final DiskUses<String> disks = new DiskUses<>();
  private final Map<String, Fetch> first = new HashMap<>();

  private FetchRules(Findings findings) {
    this.findings = findings;
  }

  static void check(XenConfiguration configuration, Findings findings) {
    FetchRules rules = new FetchRules(findings);
    for (Guest guest : configuration.guests().values()) {
      rules.noteDisks(guest.options());
      GuestOptions install = guest.installOptions();
      if (install != null) {
        rules.noteDisks(install);
      }
    }
    for (Guest guest : configuration.guests().values()) {
      Set<Fetch> known = new HashSet<>();
      guest.fetches().stream().filter(known::add).forEach(rules::check);
    }
  }

  private void noteDisks(GuestOptions options) {
    for (Disk disk : options.allDisks()) {
      disks.add(DiskName.of(disk), disk.common().path());
    }
  }

  private void check(Fetch fetch) {
    place(fetch);
    same(fetch);
    url(fetch);
  }

  private void place(Fetch fetch) {
    String file = fetch.file();
    String path = fetch.path() + "/path";
    String disk = disks.find(DiskName.of(file)).orElse(null);
    if (disk != null) {
      findings.add("XEN151", path, "file", file, "disk", disk);
    }
    if (!DiskRules.ABSOLUTE_PATH.matcher(file).matches()) {
      findings.add("XEN152", path);
    } else if (KEPT_FOLDERS.stream().anyMatch(kept -> isIn(file, kept))
        || file.endsWith(HostFiles.TEMPORARY_SUFFIX)) {
      findings.add("XEN152.reserved", path);
    }
  }

  private static boolean isIn(String file, String folder) {
    return file.equals(folder) || file.startsWith(folder + "/");
  }

  /** The first one of two guests would win, and the other one get what it did not ask for. */
  private void same(Fetch fetch) {
    Fetch other = first.putIfAbsent(fetch.file(), fetch);
    if (other == null || other.source().equals(fetch.source())) {
      return;
    }
    boolean content = !other.source().sha256().equals(fetch.source().sha256());
    findings.add(
        content ? "XEN150.sha256" : "XEN150",
        fetch.path() + (content ? "/sha256" : "/url"),
        "file",
        fetch.file(),
        "other",
        other.path());
  }

  private void url(Fetch fetch) {
    String path = fetch.path() + "/url";
    if (!leadsSomewhere(fetch.source().url())) {
      findings.add("XEN153", path);
    } else if (!fetch.source().userInfo().isEmpty() && fetch.source().url().startsWith("http://")) {
      findings.add("XEN154", path, "url", fetch.source().shown());
    }
  }

  private static boolean leadsSomewhere(String url) {
    try {
      URI uri = new URI(url);
      return uri.getHost() != null && uri.getPort() != 0 && uri.getPort() < 65_536;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
