package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.xen.guestfile.FileOrigin;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.Lifecycle;
import org.quattor.ncm.xen.model.Wish;
import org.quattor.ncm.xen.observe.ConfigurationFile;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observer;
import org.quattor.ncm.xen.plan.DomainAction.StopDomain;
import org.quattor.ncm.xen.plan.FileAction.RemoveFile;
import org.quattor.ncm.xen.plan.FileAction.RemoveLink;

/**
 * Plans the removal of what ncm-xen wrote and nobody wishes for any more: by the mark on the
 * object, for there is no other record. Volumes and images always stay.
 */
final class WithdrawalPlanner {

  private static final String INSTALL = ".start";

  private final Wish wish;
  private final Observation host;
  private final Draft draft;
  private final GuestTexts texts;
  private final Reason reason;

  WithdrawalPlanner(Wish wish, Observation host, Draft draft, GuestTexts texts, Reason reason) {
    this.wish = wish;
    this.host = host;
    this.draft = draft;
    this.texts = texts;
    this.reason = reason;
  }

  void plan() {
    Set<String> wished = new HashSet<>();
    for (Guest guest : wish.configuration().guests().values()) {
      wished.add(guest.key());
      if (guest.installOptions() != null) {
        wished.add(guest.key() + INSTALL);
      }
    }
    for (Map.Entry<String, ConfigurationFile> entry : host.files().entrySet()) {
      String name = entry.getKey();
      ConfigurationFile file = entry.getValue();
      if (wished.contains(name)
          || !wish.mayWithdraw(guestOf(name))
          || name.endsWith(".old")
          || file.entry().kind() != FileEntry.Kind.FILE) {
        continue;
      }
      switch (FileOrigin.of(file.text())) {
        case OURS -> withdraw(name, file);
        case PERL ->
            draft.warn(
                "XEN360",
                Observer.FOLDER + "/" + name,
                "was written by the Perl component, and the profile has no such guest",
                "",
                "it is left as it is; remove it by hand when it is not needed");
        case FOREIGN -> {}
      }
    }
    danglingLinks();
  }

  private void withdraw(String name, ConfigurationFile file) {
    List<String> before = new ArrayList<>();
    String path = Observer.FOLDER + "/" + name;
    String domain = texts.domainName(file.text(), name);
    String guest = guestOf(name);
    if (guest.equals(name) && host.domain(domain).isPresent() && !isOfAnother(guest, domain)) {
      if (wish.stopDomains() && !host.isOfLibvirt(domain)) {
        long timeout =
            wish.declared(guest)
                .map(declared -> declared.lifecycle().shutdownTimeoutSeconds())
                .orElse(Lifecycle.SHUTDOWN_TIMEOUT_SECONDS);
        before.add(
            draft.add(
                new StopDomain(Step.of(guest, reason).with(Impact.RESTART), domain, timeout)));
      } else {
        draft.note(
            "XEN361",
            path,
            "is withdrawn; domain " + domain + " goes on running",
            "--stop-domains, or " + host.toolstack().command() + " shutdown, ends it");
      }
    }
    FileEntry link = host.autostart().getOrDefault(name, FileEntry.MISSING);
    if (link.kind() == FileEntry.Kind.LINK && AutostartPlanner.pointsTo(link, path)) {
      before.add(
          draft.add(
              new RemoveLink(
                  Step.of(guest, reason).after(before), Observer.AUTOSTART_FOLDER + "/" + name)));
    }
    draft.add(new RemoveFile(Step.of(guest, reason).after(before), path));
    nameDisks(name, path, file);
  }

  /** This file is the last place that tells which disks the guest had. */
  private void nameDisks(String name, String path, ConfigurationFile file) {
    ImmutableSortedSet<String> disks = texts.disks(file.text(), name);
    if (!disks.isEmpty()) {
      draft.note(
          "XEN368",
          path,
          "is withdrawn; its disks stay: " + String.join(", ", disks),
          "remove by hand what nobody needs");
    }
  }

  /** A guest with a new key keeps its domain. */
  private boolean isOfAnother(String key, String domain) {
    return wish.declared().values().stream()
        .anyMatch(guest -> !guest.key().equals(key) && guest.options().name().equals(domain));
  }

  /** Returns the guest that a file belongs to: its own name, or that of an install file. */
  private static String guestOf(String name) {
    return name.endsWith(INSTALL) ? name.substring(0, name.length() - INSTALL.length()) : name;
  }

  /** A link to a file that is gone; left behind when a run ended between link and file. */
  private void danglingLinks() {
    for (Map.Entry<String, FileEntry> entry : host.autostart().entrySet()) {
      String name = entry.getKey();
      String path = Observer.FOLDER + "/" + name;
      if (entry.getValue().kind() == FileEntry.Kind.LINK
          && entry.getValue().linkTarget().equals(path)
          && !host.files().containsKey(name)
          && wish.mayWithdraw(name)
          && !wish.configuration().guests().containsKey(name)) {
        draft.add(new RemoveLink(Step.of(name, reason), Observer.AUTOSTART_FOLDER + "/" + name));
      }
    }
  }
}
