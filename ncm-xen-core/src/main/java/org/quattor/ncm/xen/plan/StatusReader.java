package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.quattor.ncm.component.Effect;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.Place;
import org.quattor.ncm.xen.observe.ConfigurationFile;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observer;
import org.quattor.ncm.xen.plan.FileAction.CreateLink;
import org.quattor.ncm.xen.plan.FileAction.RemoveLink;
import org.quattor.ncm.xen.plan.FileAction.WriteFile;

/** Tells from a plan and the picture of the host that it was made from how each guest stands. */
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
   * @param guests when there are any, only these guests are told about, and no other domain
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
    ImmutableList<Action> actions =
        plan.actions().stream()
            .filter(action -> action.subject().equals(guest.key()))
            .collect(ImmutableList.toImmutableList());
    return new GuestStatus(
        guest.key(),
        guest.options().name(),
        wanted(guest),
        managed ? file(guest, actions) : there(guest) ? "there" : "missing",
        autostart(guest, actions),
        activity(guest),
        managed ? disks(guest, actions) : "not looked at",
        differences.orElse(ImmutableList.of()).stream()
            .map(each -> each.text() + " (" + each.impact().text() + ")")
            .collect(ImmutableList.toImmutableList()),
        running.impact(guest),
        differences.isPresent() && running.isStored(guest),
        actions.stream().map(Action::summary).collect(ImmutableList.toImmutableList()),
        errors(guest)
            .map(finding -> finding.id() + " " + finding.found())
            .collect(ImmutableList.toImmutableList()));
  }

  private String wanted(Guest guest) {
    Place place = desired.place(guest);
    if (place instanceof Place.Elsewhere elsewhere) {
      return "on " + elsewhere.host();
    }
    if (place instanceof Place.Doubtful doubtful) {
      return "perhaps on " + doubtful.host();
    }
    return switch (guest.lifecycle().state()) {
      case RUNNING -> GuestStatus.WANTED;
      case STOPPED -> "stopped";
      case UNMANAGED -> "unmanaged";
      case UNDECLARED -> desired.configuration().createDomains() ? GuestStatus.WANTED : "as it is";
    };
  }

  private boolean there(Guest guest) {
    return host.files().containsKey(guest.key());
  }

  private String file(Guest guest, ImmutableList<Action> actions) {
    String path = Observer.FOLDER + "/" + guest.key();
    Optional<Action> write =
        actions.stream()
            .filter(action -> action instanceof WriteFile && action.target().equals(path))
            .findFirst();
    if (write.isPresent()) {
      return write.get().effect() == Effect.CREATE ? "missing" : "differs";
    }
    ConfigurationFile file = host.files().get(guest.key());
    if (file == null) {
      return "missing";
    }
    return file.entry().kind() == FileEntry.Kind.FILE ? "ok" : "in the way";
  }

  private String autostart(Guest guest, ImmutableList<Action> actions) {
    boolean on = autostarts.starts(guest);
    boolean changes =
        actions.stream()
            .anyMatch(action -> action instanceof CreateLink || action instanceof RemoveLink);
    return on ? (changes ? "on, declared off" : "on") : (changes ? "off, declared on" : "off");
  }

  private String activity(Guest guest) {
    return host.domain(guest.options().name())
        .fold(
            domain -> domain.map(state -> state.activity().text()).orElse("no"), why -> "unknown");
  }

  private String disks(Guest guest, ImmutableList<Action> actions) {
    String below = guest.path() + "/options/disk";
    if (errors(guest).anyMatch(finding -> finding.path().startsWith(below))) {
      return "error";
    }
    if (guest.options().allDisks().isEmpty()) {
      return "none";
    }
    Set<Effect> effects =
        actions.stream()
            .filter(action -> action instanceof StorageAction)
            .map(Action::effect)
            .collect(Collectors.toSet());
    return effects.isEmpty() ? "ok" : effects.contains(Effect.CREATE) ? "to make" : "to change";
  }

  private Stream<Finding> errors(Guest guest) {
    String file = Observer.FOLDER + "/" + guest.key();
    Set<String> paths =
        Set.of(guest.path(), file, file + ".start", Observer.AUTOSTART_FOLDER + "/" + guest.key());
    return plan.findings().stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .filter(
            finding ->
                paths.contains(finding.path()) || finding.path().startsWith(guest.path() + "/"));
  }

  private ImmutableList<DomainState> others() {
    Set<String> names =
        desired.declared().values().stream()
            .map(guest -> guest.options().name())
            .collect(Collectors.toSet());
    return host.domains().fold(all -> all, why -> ImmutableList.<DomainState>of()).stream()
        .filter(domain -> domain.id() != 0 && !names.contains(domain.name()))
        .collect(ImmutableList.toImmutableList());
  }
}
