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
 * Names what else the host would do at boot about guests of the profile: files and links in {@code
 * /etc/xen/auto} that ncm-xen did not make and leaves alone.
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
      unreadable(name, unknown.reason());
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
        builder.report("XEN395", path(name), "path", file.path());
      }
    } else if (text.isEmpty()) {
      unreadable(
          name,
          kind == FileEntry.Kind.FILE
              ? file.path() + " is not a guest file that ncm-xen can read"
              : file.path() + " is " + kind.text());
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
      starts(name, file, domain, "its guest is withdrawn");
    }
  }

  private boolean isTaken(Guest guest) {
    Optional<Reason> none = Autostarts.reasonForNone(desired, guest);
    return none.isPresent()
        ? none.get() != Reason.OTHER_HOST
        : guest.autostart() == Guest.Autostart.ON;
  }

  private void second(Guest guest, String name, String file, String described) {
    String domain =
        described.equals(guest.options().name())
            ? described
            : described + ", which has the uuid of domain " + guest.options().name() + ",";
    Optional<Reason> none = Autostarts.reasonForNone(desired, guest);
    if (none.isPresent()) {
      starts(name, file, domain, none.get().text());
    } else {
      builder.report(
          "XEN394",
          path(name),
          "domain",
          domain,
          "file",
          file,
          "folder",
          Observer.FOLDER,
          "guest",
          guest.key());
    }
  }

  private void starts(String name, String file, String domain, String although) {
    builder.report("XEN396", path(name), "domain", domain, "file", file, "although", although);
  }

  private void unreadable(String name, String why) {
    if (desired.wholeHost() && !desired.configuration().guests().isEmpty()) {
      builder.report("XEN397", path(name), "reason", why);
    }
  }

  private static String path(String name) {
    return Observer.AUTOSTART_FOLDER + "/" + name;
  }
}
