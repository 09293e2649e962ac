package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.quattor.ncm.xen.guestfile.GuestFile;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.observe.AutostartFile;
import org.quattor.ncm.xen.observe.ConfigurationFile;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observed;
import org.quattor.ncm.xen.observe.Observer;
import org.quattor.ncm.xen.plan.FileAction.RemoveFile;
import org.quattor.ncm.xen.text.HostPath;

/**
 * Reports what else the host would start at boot: files and links in {@code /etc/xen/auto} that
 * ncm-xen did not create and leaves alone.
 */
final class OtherAutostarts {

  private final DesiredState desired;
  private final Observation host;
  private final PlanBuilder builder;
  private final GuestTexts texts;
  private final Autostarts autostarts;

  OtherAutostarts(
      DesiredState desired,
      Observation host,
      PlanBuilder builder,
      GuestTexts texts,
      Autostarts autostarts) {
    this.desired = desired;
    this.host = host;
    this.builder = builder;
    this.texts = texts;
    this.autostarts = autostarts;
  }

  /** Names them, once it is planned which links are made and removed. */
  void name() {
    ImmutableSet<String> planned =
        builder.actions().stream().map(Action::target).collect(ImmutableSet.toImmutableSet());
    host.autostartFiles()
        .forEach(
            (name, file) -> {
              if (!planned.contains(path(name))) {
                name(name, file);
              }
            });
  }

  private void name(String name, Observed<AutostartFile> reading) {
    if (reading instanceof Observed.Unknown<AutostartFile> unknown) {
      unreadable("XEN397", name, "reason", unknown.reason());
      return;
    }
    AutostartFile file = autostarts.file(name).orElseThrow();
    if (HostPath.folder(file.path()).equals(Observer.FOLDER)
        && desired.declared(HostPath.name(file.path())).isPresent()) {
      return; // The guest's own file: its links are planned, or left as nothing is declared.
    }
    Guest ofThePlace = desired.configuration().guests().get(name);
    if (ofThePlace != null && isTaken(ofThePlace)) {
      return; // XEN342 says so.
    }
    FileEntry.Kind kind = file.content().entry().kind();
    Optional<GuestFile> text = autostarts.reading(name);
    if (kind == FileEntry.Kind.MISSING) {
      if (desired.wholeHost()) {
        builder.report("XEN395", path(name), "target", file.path());
      }
    } else if (kind != FileEntry.Kind.FILE) {
      unreadable("XEN397.not-file", name, "file", file.path(), "kind", kind.text());
    } else if (text.isEmpty()) {
      unreadable("XEN397.not-guest-file", name, "file", file.path());
    } else {
      readable(name, file.path(), text.get());
    }
  }

  private void readable(String name, String file, GuestFile text) {
    for (Guest guest : desired.configuration().guests().values()) {
      if (autostarts.describes(text, guest)) {
        second(guest, name, file, text.name().orElse(""));
        return;
      }
    }
    String domain = text.name().orElse("");
    boolean gone =
        builder.actions().stream()
            .filter(action -> action instanceof RemoveFile)
            .map(action -> host.files().get(HostPath.name(action.target())))
            .filter(removed -> removed != null)
            .map(ConfigurationFile::text)
            .anyMatch(removed -> texts.domainName(removed, "").equals(domain));
    if (gone) {
      builder.report("XEN396.withdrawn", path(name), "domain", domain, "file", file);
    }
  }

  private boolean isTaken(Guest guest) {
    Optional<Reason> none = Autostarts.reasonForNone(desired, guest);
    return none.isPresent()
        ? none.get() != Reason.OTHER_HOST
        : guest.autostart() == Guest.Autostart.ON;
  }

  private void second(Guest guest, String name, String file, String described) {
    Optional<String> otherName =
        Optional.of(guest.options().name()).filter(own -> !own.equals(described));
    Optional<Reason> none = Autostarts.reasonForNone(desired, guest);
    if (none.isPresent()) {
      builder.report(
          "XEN396",
          path(name),
          "domain",
          described,
          "guestDomain",
          otherName,
          "file",
          file,
          "reason",
          none.get().text());
    } else {
      builder.report(
          "XEN394",
          path(name),
          "domain",
          described,
          "guestDomain",
          otherName,
          "file",
          file,
          "guestFile",
          Observer.FOLDER + "/" + guest.key());
    }
  }

  private void unreadable(String form, String name, Object... values) {
    if (desired.wholeHost() && !desired.configuration().guests().isEmpty()) {
      builder.report(form, path(name), values);
    }
  }

  private static String path(String name) {
    return Observer.AUTOSTART_FOLDER + "/" + name;
  }
}
