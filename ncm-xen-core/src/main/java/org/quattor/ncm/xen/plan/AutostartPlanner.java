package org.quattor.ncm.xen.plan;

import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.Lifecycle.State;
import org.quattor.ncm.xen.model.Wish;
import org.quattor.ncm.xen.observe.ConfigurationFile;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observer;
import org.quattor.ncm.xen.plan.FileAction.CreateLink;
import org.quattor.ncm.xen.plan.FileAction.RemoveLink;
import org.quattor.ncm.xen.text.HostPath;

/** Plans the links in {@code /etc/xen/auto}. */
final class AutostartPlanner {

  private final Wish wish;
  private final Observation host;
  private final Draft draft;

  AutostartPlanner(Wish wish, Observation host, Draft draft) {
    this.wish = wish;
    this.host = host;
    this.draft = draft;
  }

  /** Plans the link of a guest, after the actions that write its file. */
  void plan(Guest guest, Iterable<String> fileWritten) {
    String path = Observer.AUTOSTART_FOLDER + "/" + guest.key();
    String file = Observer.FOLDER + "/" + guest.key();
    FileEntry there = host.autostart().getOrDefault(guest.key(), FileEntry.MISSING);
    if (wish.otherHost(guest).isPresent()) {
      // xendomains would start it here while it runs there.
      if (there.kind() == FileEntry.Kind.LINK && pointsTo(there, file)) {
        draft.add(new RemoveLink(Step.of(guest.key(), Reason.OTHER_HOST), path));
      }
      return;
    }
    switch (guest.autostart()) {
      case UNDECLARED -> {
        if (guest.lifecycle().state() == State.STOPPED && there.kind() == FileEntry.Kind.LINK) {
          draft.add(new RemoveLink(Step.of(guest.key(), Reason.STATE_STOPPED), path));
        }
      }
      case ON -> on(guest, path, file, there, fileWritten);
      case OFF -> {
        if (there.kind() == FileEntry.Kind.LINK) {
          draft.add(new RemoveLink(Step.of(guest.key(), Reason.AUTO_OFF), path));
        } else if (there.exists()) {
          blocked(guest, path, there, "nothing, since auto is false");
        }
      }
    }
  }

  private void on(
      Guest guest, String path, String file, FileEntry there, Iterable<String> fileWritten) {
    if (there.kind() == FileEntry.Kind.LINK && pointsTo(there, file)) {
      return;
    }
    ConfigurationFile target = host.files().get(guest.key());
    if (target != null && target.entry().kind() != FileEntry.Kind.FILE) {
      return; // It is no guest file of ours (XEN341), and nothing shall be started from it.
    }
    if (there.exists() && there.kind() != FileEntry.Kind.LINK) {
      blocked(guest, path, there, "a link to " + file);
      return;
    }
    Reason reason = there.exists() ? Reason.AUTO_ELSEWHERE : Reason.AUTO_ON;
    draft.add(new CreateLink(Step.of(guest.key(), reason).after(fileWritten), path, file));
  }

  /** Administrators make the link relative; {@code xendomains} takes both. */
  static boolean pointsTo(FileEntry link, String file) {
    String name = HostPath.name(file);
    return link.linkTarget().equals(file) || link.linkTarget().equals("../" + name);
  }

  private void blocked(Guest guest, String path, FileEntry there, String expected) {
    draft.holdBack(
        guest,
        "XEN342",
        path,
        "is " + there.kind().text(),
        expected,
        "move away what is there; ncm-xen only replaces links");
  }
}
