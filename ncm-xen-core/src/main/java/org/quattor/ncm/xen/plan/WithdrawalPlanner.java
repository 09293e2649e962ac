package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.xen.guestfile.FileOrigin;
import org.quattor.ncm.xen.guestfile.GuestFile;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.Lifecycle;
import org.quattor.ncm.xen.observe.ConfigurationFile;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observed;
import org.quattor.ncm.xen.observe.Observer;
import org.quattor.ncm.xen.plan.DomainAction.StopDomain;
import org.quattor.ncm.xen.plan.FileAction.RemoveFile;
import org.quattor.ncm.xen.plan.FileAction.RemoveLink;

/**
 * Plans the removal of what ncm-xen wrote and nobody wishes for any more: by the mark on the
 * object, for there is no other record. Volumes and images always stay.
 */
final class WithdrawalPlanner {

  private final DesiredState desired;
  private final Observation host;
  private final PlanBuilder builder;
  private final GuestTexts texts;
  private final Autostarts autostarts;
  private final EarlierDisks earlier;
  private final Reason reason;

  WithdrawalPlanner(
      DesiredState desired,
      Observation host,
      PlanBuilder builder,
      GuestTexts texts,
      Autostarts autostarts,
      EarlierDisks earlier,
      Reason reason) {
    this.earlier = earlier;
    this.autostarts = autostarts;
    this.desired = desired;
    this.host = host;
    this.builder = builder;
    this.texts = texts;
    this.reason = reason;
  }

  void plan() {
    Set<String> declared = new HashSet<>();
    for (Guest guest : desired.configuration().guests().values()) {
      declared.add(guest.key());
      if (guest.installOptions() != null) {
        declared.add(guest.key() + GuestFile.INSTALL_SUFFIX);
      }
    }
    for (Map.Entry<String, ConfigurationFile> entry : host.files().entrySet()) {
      String name = entry.getKey();
      ConfigurationFile file = entry.getValue();
      if (desired.spared().contains(guestOf(name))
          && FileOrigin.of(name, file.text()) == FileOrigin.OURS) {
        builder.report("XEN354.invalid-profile", Observer.FOLDER + "/" + name);
      }
      if (declared.contains(name)
          || !desired.mayWithdraw(guestOf(name))
          || name.endsWith(".old")
          || file.entry().kind() != FileEntry.Kind.FILE
          || earlier.keeps(name)) {
        continue;
      }
      switch (FileOrigin.of(name, file.text())) {
        case OURS -> ours(name, file, true);
        case UNNAMED -> ours(name, file, false);
        case PERL -> builder.report("XEN360", Observer.FOLDER + "/" + name);
        case COPY, FOREIGN -> {}
      }
    }
    danglingLinks();
  }

  /**
   * A file in which a name was replaced throughout, its mark included, may be a copy; so may any
   * file of an earlier version, whose mark does not name its path.
   */
  private void ours(String name, ConfigurationFile file, boolean named) {
    String domain = texts.reading(file.text()).flatMap(GuestFile::name).orElse("");
    Optional<String> original = original(name, file, domain);
    String path = Observer.FOLDER + "/" + name;
    if (original.isPresent()) {
      builder.report("XEN354", path, "original", original.get());
    } else if (named || domain.equals(guestOf(name))) {
      withdraw(name, file);
    } else if (domain.isEmpty()) {
      builder.report("XEN354.unreadable", path);
    } else if (desired.declared().values().stream()
        .noneMatch(guest -> guest.options().name().equals(domain))) {
      builder.report("XEN354.other-domain", path, "domain", domain);
    } // Else it is a copy of the file of a declared guest.
  }

  /** Returns the file of a declared guest with the uuid and another name. */
  private Optional<String> original(String name, ConfigurationFile file, String domain) {
    Optional<String> uuid = texts.reading(file.text()).flatMap(GuestFile::uuid);
    return desired.declared().keySet().stream()
        .filter(key -> !key.equals(guestOf(name)) && host.files().containsKey(key))
        .filter(
            key ->
                texts
                    .reading(Objects.requireNonNull(host.files().get(key)).text())
                    .filter(other -> uuid.isPresent() && other.uuid().equals(uuid))
                    .filter(other -> !other.name().orElse("").equals(domain))
                    .isPresent())
        .map(key -> Observer.FOLDER + "/" + key)
        .findFirst();
  }

  private void withdraw(String name, ConfigurationFile file) {
    List<String> before = new ArrayList<>();
    String path = Observer.FOLDER + "/" + name;
    String domain = texts.domainName(file.text(), name);
    String guest = guestOf(name);
    if (desired.stopDomains()
        && host.domain(domain) instanceof Observed.Unknown<Optional<DomainState>> unknown) {
      builder.incomplete();
      builder.report(
          "XEN369",
          path,
          "domain",
          domain,
          "reason",
          unknown.reason(),
          "toolstack",
          host.toolstack().command());
      return;
    }
    boolean runs = host.domain(domain).fold(Optional::isPresent, why -> false);
    if (guest.equals(name) && runs && !isOfAnother(guest, domain)) {
      if (!desired.stopDomains()) {
        builder.report("XEN361", path, "domain", domain, "toolstack", host.toolstack().command());
      } else if (isThatOf(file, name, path, domain)) {
        long timeout =
            desired
                .declared(guest)
                .map(declared -> declared.lifecycle().shutdownTimeoutSeconds())
                .orElse(Lifecycle.SHUTDOWN_TIMEOUT_SECONDS);
        before.add(
            builder.add(
                new StopDomain(Step.of(guest, reason).with(Impact.RESTART), domain, timeout)));
      }
    }
    ImmutableList<String> stopped = ImmutableList.copyOf(before);
    for (String link : autostarts.linksTo(path)) {
      before.add(
          builder.add(
              new RemoveLink(
                  Step.of(guest, reason).after(stopped), Observer.AUTOSTART_FOLDER + "/" + link)));
    }
    builder.add(new RemoveFile(Step.of(guest, reason).after(before), path));
    nameDisks(name, path, file);
  }

  /** Returns whether a domain was started from the file; reports why that is in doubt. */
  private boolean isThatOf(ConfigurationFile file, String name, String path, String domain) {
    String toolstack = host.toolstack().command();
    if (!(host.libvirt() instanceof Observed.Known<ImmutableSortedSet<String>> libvirt)) {
      builder.report(
          "XEN369.libvirt-unknown",
          path,
          "domain",
          domain,
          "reason",
          host.libvirt().whyUnknown(),
          "toolstack",
          toolstack);
      return false;
    }
    if (libvirt.value().contains(domain)) {
      builder.report("XEN369.libvirt", path, "domain", domain);
      return false;
    }
    Optional<GuestFile> text = texts.reading(file.text());
    if (!(host.configuration(domain) instanceof Observed.Known<DomainConfiguration> running)
        || text.isEmpty()) {
      builder.report("XEN369.unknown-origin", path, "domain", domain, "toolstack", toolstack);
      return false;
    }
    Optional<String> uuid = text.get().uuid();
    boolean same =
        uuid.isPresent()
            ? uuid.get().equalsIgnoreCase(running.value().uuid())
            : texts.disks(file.text(), name).equals(GuestTexts.disks(running.value()));
    if (!same) {
      builder.report(
          uuid.isPresent() ? "XEN369.other-uuid" : "XEN369.other-disks",
          path,
          "domain",
          domain,
          "toolstack",
          toolstack);
    }
    return same;
  }

  /** This file is the last place that names the disks of the guest. */
  private void nameDisks(String name, String path, ConfigurationFile file) {
    ImmutableSortedSet<String> disks = texts.disks(file.text(), name);
    if (!disks.isEmpty()) {
      builder.report("XEN368", path, "disks", disks);
    }
  }

  /** A guest with a new key keeps its domain. */
  private boolean isOfAnother(String key, String domain) {
    return desired.declared().values().stream()
        .anyMatch(guest -> !guest.key().equals(key) && guest.options().name().equals(domain));
  }

  /** Returns the guest that a file belongs to: its own name, or that of an install file. */
  private static String guestOf(String name) {
    return name.endsWith(GuestFile.INSTALL_SUFFIX)
        ? name.substring(0, name.length() - GuestFile.INSTALL_SUFFIX.length())
        : name;
  }

  /** A link to a file that is gone; left behind when a run ended between link and file. */
  private void danglingLinks() {
    for (Map.Entry<String, FileEntry> entry : host.autostart().entrySet()) {
      String name = entry.getKey();
      String path = Observer.FOLDER + "/" + name;
      if (entry.getValue().kind() == FileEntry.Kind.LINK
          && entry.getValue().linkTarget().equals(path)
          && !host.files().containsKey(name)
          && desired.mayWithdraw(name)
          && !desired.configuration().guests().containsKey(name)) {
        builder.add(new RemoveLink(Step.of(name, reason), Observer.AUTOSTART_FOLDER + "/" + name));
      }
    }
  }
}
