package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Optional;
import java.util.regex.Pattern;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.GuestLocation;
import org.quattor.ncm.xen.model.Lifecycle.State;
import org.quattor.ncm.xen.model.Wish;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observer;
import org.quattor.ncm.xen.observe.Reading;
import org.quattor.ncm.xen.plan.GuestAction.StartDomain;

/** Plans the starts: of what is declared, is known not to run, and has its disks. */
final class StartPlanner {

  private static final String DOMAINS = "/software/components/xen/domains";

  private static final Pattern SUFFIX = Pattern.compile("\\.(?:start|cfg|conf)$");

  private final Wish wish;
  private final Observation host;
  private final Draft draft;

  StartPlanner(Wish wish, Observation host, Draft draft) {
    this.wish = wish;
    this.host = host;
    this.draft = draft;
  }

  /** Says once why nothing is started although it is wished for. */
  void planAll() {
    ImmutableCollection<Guest> guests = wish.configuration().guests().values();
    boolean starts = guests.stream().anyMatch(this::wanted);
    if (!host.facts().dom0()) {
      if (!starts) {
        return;
      }
      draft.warn(
          "XEN350",
          DOMAINS,
          "no guest is started, since the system is not booted on Xen",
          "",
          "all else is done; reboot into Xen and run again");
    } else if (host.domains() instanceof Reading.Unknown<ImmutableList<DomainState>> unknown
        && (starts || guests.stream().anyMatch(StopPlanner::wanted))) {
      draft.incomplete();
      draft.found(
          new Finding(
              "XEN351",
              Severity.ERROR,
              DOMAINS,
              "no guest is started or stopped, since it is not known which ones run: "
                  + unknown.reason(),
              "",
              host.toolstack().command() + " list says more"));
    }
  }

  void plan(Guest guest, Iterable<String> after, boolean newVolume) {
    if (!wanted(guest) || host.domains().known().isEmpty()) {
      return;
    }
    GuestLocation location = wish.configuration().locations().get(guest.key());
    if (location != null && !wish.hostName().isEmpty() && !location.isOn(wish.hostName())) {
      return;
    }
    String name = guest.options().name();
    Optional<DomainState> domain = host.domain(name);
    if (domain.isPresent()) {
      explain(guest, domain.get());
      return;
    }
    missingFiles(guest);
    if (draft.isHeldBack(guest)) {
      draft.note(
          "XEN353",
          guest.path(),
          "domain " + name + " is not started, because of the errors above",
          "");
      return;
    }
    boolean mayBeRebooting = !newVolume && mayBeRebooting(guest);
    draft.add(
        new StartDomain(
            Step.of(guest.key(), reason(guest)).after(after),
            name,
            Observer.FOLDER + "/" + guest.key(),
            mayBeRebooting,
            guest.lifecycle().startDelaySeconds()));
  }

  private void missingFiles(Guest guest) {
    for (String path : guest.options().doubtfulFiles(host.toolstack())) {
      Reading<FileEntry> reading = host.needed().get(path);
      boolean there = reading != null && reading.known().filter(FileEntry::exists).isPresent();
      if (!there && !guest.fetches(path)) {
        draft.holdBack(
            guest,
            "XEN343",
            guest.path() + "/options",
            path + " is missing on the host",
            "the file, since the guest cannot start without it",
            "fetch of the domain would bring it");
      }
    }
  }

  /** A domain that is there without running is for an administrator to look at. */
  private void explain(Guest guest, DomainState domain) {
    switch (domain.activity()) {
      case RUNNING, PAUSED -> {}
      case SHUT_DOWN, CRASHED, DYING ->
          draft.warn(
              "XEN352",
              guest.path(),
              "domain "
                  + domain.name()
                  + " is "
                  + domain.activity().text()
                  + " and still there, so that it is not started",
              "a running domain, or none",
              host.toolstack().command() + " destroy would remove what is left of it");
    }
  }

  /**
   * A guest that reboots has no domain for about two seconds, but a process that will make it anew.
   * A process that works for nobody we know may be the one; so may a domain that is being torn
   * down, which has lost its name.
   */
  private boolean mayBeRebooting(Guest guest) {
    Optional<ImmutableSortedSet<String>> watched = host.watched().known();
    boolean dying =
        host.domains().known().stream()
            .flatMap(ImmutableList::stream)
            .anyMatch(domain -> domain.name().equals("(null)"));
    return dying
        || watched.isEmpty()
        || watched.get().stream()
            .map(StartPlanner::withoutSuffix)
            .anyMatch(name -> isOf(guest, name) || isOfNobody(name));
  }

  private boolean isOfNobody(String name) {
    return host.domain(name).isEmpty()
        && wish.declared().values().stream().noneMatch(guest -> isOf(guest, name));
  }

  private static boolean isOf(Guest guest, String name) {
    return name.equals(guest.key()) || name.equals(guest.options().name());
  }

  /** The process is known by the guest file that it was given. */
  private static String withoutSuffix(String file) {
    return SUFFIX.matcher(file).replaceFirst("");
  }

  private static Reason reason(Guest guest) {
    return guest.lifecycle().state() == State.RUNNING ? Reason.STATE_RUNNING : Reason.NOT_RUNNING;
  }

  private boolean wanted(Guest guest) {
    return switch (guest.lifecycle().state()) {
      case RUNNING -> true;
      case UNDECLARED -> wish.configuration().createDomains();
      case STOPPED, UNMANAGED -> false;
    };
  }
}
