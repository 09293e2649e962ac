package org.quattor.ncm.xen.status;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.quattor.ncm.component.Effect;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.Place;
import org.quattor.ncm.xen.observe.ConfigurationFile;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observer;
import org.quattor.ncm.xen.plan.Autostarts;
import org.quattor.ncm.xen.plan.Difference;
import org.quattor.ncm.xen.plan.FileAction.WriteFile;
import org.quattor.ncm.xen.plan.GuestTexts;
import org.quattor.ncm.xen.plan.RunningGuests;
import org.quattor.ncm.xen.plan.StorageAction;
import org.quattor.ncm.xen.plan.XenPlan;
import org.quattor.ncm.xen.status.GuestStatus.Autostart;
import org.quattor.ncm.xen.status.GuestStatus.Declared;
import org.quattor.ncm.xen.status.GuestStatus.Disks;
import org.quattor.ncm.xen.status.GuestStatus.File;
import org.quattor.ncm.xen.status.HostStatus.OtherDomain;

/** Derives the state of each guest from a plan and the observation that it was made from. */
public final class StatusReader {

  private final DesiredState desired;
  private final Observation host;
  private final XenPlan plan;
  private final RunningGuests running;
  private final Autostarts autostarts;

  private StatusReader(DesiredState desired, Observation host, XenPlan plan, GuestTexts texts) {
    this.desired = desired;
    this.host = host;
    this.plan = plan;
    this.running = new RunningGuests(host, texts);
    this.autostarts = new Autostarts(host, texts);
  }

  /**
   * Returns the status.
   *
   * @param texts of the host
   * @param guests when there are any, only these guests are reported, and no other domain
   */
  public static HostStatus read(
      DesiredState desired,
      Observation host,
      XenPlan plan,
      GuestTexts texts,
      Collection<String> guests) {
    StatusReader reader = new StatusReader(desired, host, plan, texts);
    return new HostStatus(
        plan,
        desired.declared().values().stream()
            .filter(guest -> guests.isEmpty() || guests.contains(guest.key()))
            .map(reader::status)
            .collect(ImmutableList.toImmutableList()),
        guests.isEmpty() ? reader.others() : ImmutableList.of(),
        guests.isEmpty()
            ? BridgeStatusReader.read(desired.configuration().network(), host.network(), plan)
            : ImmutableList.of());
  }

  private GuestStatus status(Guest guest) {
    boolean managed = !desired.isUnmanaged(guest.key());
    Optional<ImmutableList<Difference>> differences =
        managed ? running.differences(guest) : Optional.empty();
    ImmutableList<PlannedAction> actions =
        plan.actions().stream()
            .filter(action -> action.subject().equals(guest.key()))
            .collect(ImmutableList.toImmutableList());
    ImmutableList<Finding> errors = errors(guest);
    return new GuestStatus(
        guest.key(),
        guest.options().name(),
        declared(guest),
        otherHost(guest),
        managed ? file(guest, actions) : exists(guest) ? File.PRESENT : File.MISSING,
        autostarts.starts(guest) ? Autostart.ON : Autostart.OFF,
        managed ? autostartDeclared(guest) : Autostart.ANY,
        state(guest),
        managed ? disks(guest, actions, errors) : Disks.NOT_CHECKED,
        differences.orElse(ImmutableList.of()).stream()
            .map(each -> new GuestStatus.Difference(each.text(), each.impact()))
            .collect(ImmutableList.toImmutableList()),
        differences.isPresent() && running.isStored(guest),
        actions,
        errors);
  }

  private Declared declared(Guest guest) {
    Place place = desired.place(guest);
    if (place instanceof Place.Elsewhere) {
      return Declared.ELSEWHERE;
    }
    if (place instanceof Place.Doubtful) {
      return Declared.UNCERTAIN;
    }
    return switch (guest.lifecycle().state()) {
      case RUNNING -> Declared.RUNNING;
      case STOPPED -> Declared.STOPPED;
      case UNMANAGED -> Declared.UNMANAGED;
      case UNDECLARED -> desired.configuration().createDomains() ? Declared.RUNNING : Declared.ANY;
    };
  }

  private String otherHost(Guest guest) {
    Place place = desired.place(guest);
    return place instanceof Place.Elsewhere elsewhere
        ? elsewhere.host()
        : place instanceof Place.Doubtful doubtful ? doubtful.host() : "";
  }

  private boolean exists(Guest guest) {
    return host.files().containsKey(guest.key());
  }

  private File file(Guest guest, ImmutableList<PlannedAction> actions) {
    String path = Observer.FOLDER + "/" + guest.key();
    Optional<PlannedAction> write =
        actions.stream()
            .filter(action -> action instanceof WriteFile && action.target().equals(path))
            .findFirst();
    if (write.isPresent()) {
      return write.get().effect() == Effect.CREATE ? File.MISSING : File.DIFFERS;
    }
    ConfigurationFile file = host.files().get(guest.key());
    if (file == null) {
      return File.MISSING;
    }
    return file.entry().kind() == FileEntry.Kind.FILE ? File.OK : File.NOT_A_FILE;
  }

  private Autostart autostartDeclared(Guest guest) {
    if (desired.place(guest) instanceof Place.Doubtful) {
      return Autostart.ANY;
    }
    if (Autostarts.reasonForNone(desired, guest).isPresent()) {
      return Autostart.OFF;
    }
    return guest.autostart() == Guest.Autostart.ON ? Autostart.ON : Autostart.ANY;
  }

  private DomainStatus state(Guest guest) {
    return host.domain(guest.options().name())
        .fold(
            domain ->
                domain.map(state -> DomainStatus.of(state.activity())).orElse(DomainStatus.STOPPED),
            why -> DomainStatus.UNKNOWN);
  }

  private static Disks disks(
      Guest guest, ImmutableList<PlannedAction> actions, ImmutableList<Finding> errors) {
    String below = guest.path() + "/options/disk";
    if (errors.stream().anyMatch(finding -> finding.path().startsWith(below))) {
      return Disks.ERROR;
    }
    if (guest.options().allDisks().isEmpty()) {
      return Disks.NONE;
    }
    Set<Effect> effects =
        actions.stream()
            .filter(action -> action instanceof StorageAction)
            .map(PlannedAction::effect)
            .collect(Collectors.toSet());
    return effects.isEmpty()
        ? Disks.OK
        : effects.contains(Effect.CREATE) ? Disks.MISSING : Disks.DIFFERS;
  }

  private ImmutableList<Finding> errors(Guest guest) {
    String file = Observer.FOLDER + "/" + guest.key();
    Set<String> paths =
        Set.of(guest.path(), file, file + ".start", Observer.AUTOSTART_FOLDER + "/" + guest.key());
    return plan.findings().stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .filter(
            finding ->
                paths.contains(finding.path()) || finding.path().startsWith(guest.path() + "/"))
        .collect(ImmutableList.toImmutableList());
  }

  private ImmutableList<OtherDomain> others() {
    Set<String> names =
        desired.declared().values().stream()
            .map(guest -> guest.options().name())
            .collect(Collectors.toSet());
    return host.domains().fold(all -> all, why -> ImmutableList.<DomainState>of()).stream()
        .filter(domain -> domain.id() != 0 && !names.contains(domain.name()))
        .map(
            domain ->
                new OtherDomain(domain.name(), domain.id(), DomainStatus.of(domain.activity())))
        .collect(ImmutableList.toImmutableList());
  }
}
