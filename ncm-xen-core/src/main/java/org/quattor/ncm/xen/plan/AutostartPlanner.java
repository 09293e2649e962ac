package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.util.Optional;
import org.quattor.ncm.xen.guestfile.FileOrigin;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.Place;
import org.quattor.ncm.xen.observe.AutostartFile;
import org.quattor.ncm.xen.observe.ConfigurationFile;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observer;
import org.quattor.ncm.xen.plan.FileAction.CreateLink;
import org.quattor.ncm.xen.plan.FileAction.RemoveLink;
import org.quattor.ncm.xen.text.HostPath;

/**
 * Plans the links in {@code /etc/xen/auto} to the guests' files. ncm-xen leaves links to anything
 * else alone.
 */
final class AutostartPlanner {

  private final DesiredState desired;
  private final Observation host;
  private final PlanBuilder builder;
  private final Autostarts autostarts;

  AutostartPlanner(
      DesiredState desired, Observation host, PlanBuilder builder, Autostarts autostarts) {
    this.desired = desired;
    this.host = host;
    this.builder = builder;
    this.autostarts = autostarts;
  }

  /** Plans the links of a guest, after the actions that write its file. */
  void plan(Guest guest, Iterable<String> fileWritten) {
    Place place = desired.place(guest);
    if (place instanceof Place.Doubtful) {
      return; // Neither made nor removed; XEN359 says so.
    }
    Optional<Reason> off = Autostarts.reasonForNone(desired, guest);
    if (off.isPresent()) {
      off(guest, off.get());
    } else if (guest.autostart() == Guest.Autostart.ON) {
      on(guest, fileWritten);
    }
  }

  private void off(Guest guest, Reason reason) {
    ImmutableList<String> links = autostarts.linksTo(file(guest));
    for (String link : links) {
      remove(guest, reason, link);
    }
    FileEntry there = host.autostart().getOrDefault(guest.key(), FileEntry.MISSING);
    if (!there.exists() || links.contains(guest.key()) || reason == Reason.OTHER_HOST) {
      return; // What others put there for another host's guest is named with all the rest.
    }
    if (isFree(guest.key())) {
      remove(guest, reason, guest.key());
    } else {
      builder.holdBack(
          guest,
          "XEN342.off",
          Observer.AUTOSTART_FOLDER + "/" + guest.key(),
          "target",
          target(there),
          "kind",
          there.kind().text(),
          "reason",
          reason.text());
    }
  }

  private void remove(Guest guest, Reason reason, String link) {
    builder.add(
        new RemoveLink(Step.of(guest.key(), reason), Observer.AUTOSTART_FOLDER + "/" + link));
  }

  private void on(Guest guest, Iterable<String> fileWritten) {
    String file = file(guest);
    FileEntry there = host.autostart().getOrDefault(guest.key(), FileEntry.MISSING);
    if (autostarts.linksTo(file).contains(guest.key())) {
      return;
    }
    ConfigurationFile target = host.files().get(guest.key());
    if (target == null && Iterables.isEmpty(fileWritten)) {
      return; // Its file is not written, because a disk is missing.
    }
    if (target != null && target.entry().kind() != FileEntry.Kind.FILE) {
      return; // It is not a guest file (XEN340), and no domain shall be started from it.
    }
    if (there.exists() && !isFree(guest.key())) {
      builder.holdBack(
          guest,
          "XEN342",
          Observer.AUTOSTART_FOLDER + "/" + guest.key(),
          "target",
          target(there),
          "kind",
          there.kind().text(),
          "guestFile",
          file);
      return;
    }
    Reason reason = there.exists() ? Reason.AUTO_ELSEWHERE : Reason.AUTO_ON;
    builder.add(
        new CreateLink(
            Step.of(guest.key(), reason).after(fileWritten),
            Observer.AUTOSTART_FOLDER + "/" + guest.key(),
            file));
  }

  /** Returns whether an entry may go: a link to nothing, or to a file of ours. */
  private boolean isFree(String name) {
    Optional<AutostartFile> file = autostarts.file(name);
    return autostarts.isLink(name)
        && file.filter(
                end ->
                    end.content().entry().kind() == FileEntry.Kind.MISSING
                        || (HostPath.folder(end.path()).equals(Observer.FOLDER)
                            && FileOrigin.of(HostPath.name(end.path()), end.content().text())
                                == FileOrigin.OURS))
            .isPresent();
  }

  private static String file(Guest guest) {
    return Observer.FOLDER + "/" + guest.key();
  }

  private static Optional<String> target(FileEntry entry) {
    return Optional.of(entry.linkTarget()).filter(target -> !target.isEmpty());
  }
}
