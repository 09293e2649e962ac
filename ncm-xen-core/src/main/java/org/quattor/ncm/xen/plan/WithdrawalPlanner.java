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

  private static final String INSTALL = ".start";

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
    Set<String> wished = new HashSet<>();
    for (Guest guest : desired.configuration().guests().values()) {
      wished.add(guest.key());
      if (guest.installOptions() != null) {
        wished.add(guest.key() + INSTALL);
      }
    }
    for (Map.Entry<String, ConfigurationFile> entry : host.files().entrySet()) {
      String name = entry.getKey();
      ConfigurationFile file = entry.getValue();
      if (desired.spared().contains(guestOf(name))
          && FileOrigin.of(name, file.text()) == FileOrigin.OURS) {
        unclear(name, "the profile has errors, and its guest may be unmanaged");
      }
      if (wished.contains(name)
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
   * A text that was changed throughout, its mark included, may still be a copy; so may each text
   * with the mark of an earlier version, which did not say what it was written as.
   */
  private void ours(String name, ConfigurationFile file, boolean named) {
    String domain = texts.reading(file.text()).flatMap(GuestFile::name).orElse("");
    Optional<String> original = original(name, file, domain);
    if (original.isPresent()) {
      unclear(name, "it has the uuid of the guest in " + original.get());
    } else if (named || domain.equals(guestOf(name))) {
      withdraw(name, file);
    } else if (desired.declared().values().stream()
        .noneMatch(guest -> guest.options().name().equals(domain))) {
      unclear(name, domain.isEmpty() ? "it cannot be read" : "it describes domain " + domain);
    } // Else it is a copy of the file of a guest that is there.
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

  private void unclear(String name, String why) {
    builder.report("XEN354", Observer.FOLDER + "/" + name, "reason", why);
  }

  private void withdraw(String name, ConfigurationFile file) {
    List<String> before = new ArrayList<>();
    String path = Observer.FOLDER + "/" + name;
    String domain = texts.domainName(file.text(), name);
    String guest = guestOf(name);
    if (desired.stopDomains()
        && host.domain(domain) instanceof Observed.Unknown<Optional<DomainState>> unknown) {
      builder.incomplete();
      builder.report("XEN369", path, "domain", domain, "reason", unknown.reason());
      return;
    }
    boolean runs = host.domain(domain).fold(Optional::isPresent, why -> false);
    if (guest.equals(name) && runs && !isOfAnother(guest, domain)) {
      Optional<String> obstacle =
          desired.stopDomains() ? noStop(file, name, domain) : Optional.empty();
      if (obstacle.isPresent()) {
        builder.report(
            "XEN369.withdraw",
            path,
            "domain",
            domain,
            "obstacle",
            obstacle.get(),
            "toolstack",
            host.toolstack().command());
      } else if (desired.stopDomains()) {
        long timeout =
            desired
                .declared(guest)
                .map(declared -> declared.lifecycle().shutdownTimeoutSeconds())
                .orElse(Lifecycle.SHUTDOWN_TIMEOUT_SECONDS);
        before.add(
            builder.add(
                new StopDomain(Step.of(guest, reason).with(Impact.RESTART), domain, timeout)));
      } else {
        builder.report("XEN361", path, "domain", domain, "toolstack", host.toolstack().command());
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

  /** Returns why a domain may be another one than that of the file. */
  private Optional<String> noStop(ConfigurationFile file, String name, String domain) {
    if (!(host.libvirt() instanceof Observed.Known<ImmutableSortedSet<String>> libvirt)) {
      return Optional.of("it may be a domain of libvirt: " + host.libvirt().whyUnknown());
    }
    if (libvirt.value().contains(domain)) {
      return Optional.of("it is a domain of libvirt");
    }
    Optional<GuestFile> text = texts.reading(file.text());
    if (!(host.configuration(domain) instanceof Observed.Known<DomainConfiguration> running)
        || text.isEmpty()) {
      return Optional.of("it is not known whether it was started from this file");
    }
    Optional<String> uuid = text.get().uuid();
    boolean same =
        uuid.isPresent()
            ? uuid.get().equalsIgnoreCase(running.value().uuid())
            : texts.disks(file.text(), name).equals(GuestTexts.disks(running.value()));
    return same
        ? Optional.empty()
        : Optional.of(
            "it has another " + (uuid.isPresent() ? "uuid" : "disk") + " than this file says");
  }

  /** This file is the last place that tells which disks the guest had. */
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
          && desired.mayWithdraw(name)
          && !desired.configuration().guests().containsKey(name)) {
        builder.add(new RemoveLink(Step.of(name, reason), Observer.AUTOSTART_FOLDER + "/" + name));
      }
    }
  }
}
