package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.quattor.ncm.xen.finding.XenPaths;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.DomainTransfer;
import org.quattor.ncm.xen.host.DomainTransfer.Kind;
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.Place;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observed;

/**
 * Holds back guests of which another instance may exist: migrating to or from another host, saved
 * in a file, or on a host that {@code guest_map} may mean. Two instances of a guest write to one
 * file system and destroy it.
 */
public final class SecondInstances {

  private final DesiredState desired;
  private final Observation host;
  private final PlanBuilder builder;

  SecondInstances(DesiredState desired, Observation host, PlanBuilder builder) {
    this.desired = desired;
    this.host = host;
    this.builder = builder;
  }

  /** Returns the name of the guest that a domain is when it migrates; empty when it does not. */
  static Optional<String> moved(String domain) {
    // xl_migrate.c; xend's XendDomain.py for the last one.
    for (String suffix : ImmutableList.of("--incoming", "--migratedaway")) {
      if (domain.endsWith(suffix)) {
        return Optional.of(domain.substring(0, domain.length() - suffix.length()));
      }
    }
    return domain.startsWith("migrating-")
        ? Optional.of(domain.substring("migrating-".length()))
        : Optional.empty();
  }

  /** Reports each guest whose host is unknown. */
  void places(Iterable<Guest> guests) {
    for (Guest guest : guests) {
      Place place = desired.place(guest);
      if (place instanceof Place.Doubtful doubtful) {
        builder.holdBack(
            guest,
            "XEN359",
            XenPaths.GUEST_MAP + "/" + guest.key(),
            "host",
            doubtful.host(),
            "reason",
            doubtful.why());
      } else if (place instanceof Place.Elsewhere elsewhere && desired.hostName().isEmpty()) {
        builder.report(
            "XEN117", guest.path(), "host", elsewhere.host(), "thisHost", desired.ownName());
      }
    }
  }

  /** Looks for other instances of all guests. */
  void plan(ImmutableList<Guest> guests) {
    if (!(host.domains() instanceof Observed.Known<ImmutableList<DomainState>> known)) {
      return; // Nothing is started then.
    }
    ImmutableList<DomainState> domains = known.value();
    if (host.transfers() instanceof Observed.Unknown<ImmutableSortedSet<DomainTransfer>> unknown) {
      holdAll(guests, "XEN358", "reason", unknown.reason());
      return;
    }
    ImmutableList<Guest> absent =
        guests.stream()
            .filter(guest -> StartPlanner.wanted(desired, guest))
            .filter(guest -> desired.otherHost(guest).isEmpty())
            .filter(guest -> !host.mayHaveDomain(guest.options().name()))
            .collect(ImmutableList.toImmutableList());
    ImmutableMap<String, String> onTheirWay =
        domains.stream()
            .map(DomainState::name)
            .filter(domain -> moved(domain).isPresent())
            .collect(
                ImmutableMap.toImmutableMap(
                    domain -> moved(domain).orElseThrow(), domain -> domain, (a, b) -> a));
    for (Guest guest : absent) {
      absent(guest, onTheirWay, domains);
    }
    if (!absent.isEmpty()) {
      unknown(absent, domains);
    }
    guests.stream()
        .filter(guest -> host.mayHaveDomain(guest.options().name()))
        .forEach(guest -> present(guest, domains));
  }

  private void absent(
      Guest guest, ImmutableMap<String, String> onTheirWay, ImmutableList<DomainState> domains) {
    String migrating = onTheirWay.get(guest.options().name());
    String toolstack = host.toolstack().command();
    if (migrating != null) {
      builder.holdBack(guest, "XEN355", guest.path(), "domain", migrating, "toolstack", toolstack);
      return;
    }
    Optional<DomainTransfer> transfer = transfer(guest.options().name(), domains);
    if (transfer.isPresent()) {
      builder.holdBack(guest, "XEN356", guest.path(), "process", command(transfer.get()));
      return;
    }
    saved(guest)
        .ifPresent(
            file ->
                builder.holdBack(
                    guest, "XEN357", guest.path(), "file", file, "toolstack", toolstack));
  }

  /**
   * xendomains names the file by the domain and restores every file of the folder, also one that an
   * administrator saved as {@code web.save}.
   */
  private Optional<String> saved(Guest guest) {
    return host.saved() instanceof Observed.Known<ImmutableSortedMap<String, String>> known
        ? known.value().entrySet().stream()
            .filter(
                file ->
                    Stream.of(guest.options().name(), guest.key())
                        .anyMatch(name -> isNamed(file.getKey(), name)))
            .map(Map.Entry::getValue)
            .findFirst()
        : Optional.empty(); // XEN358 holds all guests back.
  }

  /** Another guest may be called {@code web-db}; its file is its own. */
  private boolean isNamed(String file, String guest) {
    return file.equals(guest)
        || (file.startsWith(guest)
            && !Character.isLetterOrDigit(file.charAt(guest.length()))
            && desired.declared().values().stream()
                .flatMap(other -> Stream.of(other.key(), other.options().name()))
                .noneMatch(other -> other.length() > guest.length() && file.startsWith(other))
            && host.domain(file).fold(Optional::isEmpty, why -> true));
  }

  /** What may be any guest prevents the start of all. */
  private void unknown(ImmutableList<Guest> absent, ImmutableList<DomainState> domains) {
    if (host.saved() instanceof Observed.Unknown<ImmutableSortedMap<String, String>> unknown) {
      holdAll(absent, "XEN358.saved", "reason", unknown.reason());
    } else {
      transfers()
          .filter(transfer -> mayBeAny(transfer, domains))
          .findFirst()
          .ifPresent(transfer -> holdAll(absent, "XEN358.process", "process", command(transfer)));
    }
  }

  private void holdAll(ImmutableList<Guest> absent, String form, Object... values) {
    builder.incomplete();
    builder.report(form, XenPaths.DOMAINS, values);
    absent.forEach(builder::holdBack);
  }

  private void present(Guest guest, ImmutableList<DomainState> domains) {
    if (host.transfers() instanceof Observed.Unknown) {
      // It may be this one that migrates; a stop or a restart would end it here.
      builder.holdBack(guest);
    }
    transfer(guest.options().name(), domains)
        .ifPresent(
            transfer -> {
              builder.holdBack(guest);
              builder.report("XEN367", guest.path(), "process", command(transfer));
            });
  }

  private Stream<DomainTransfer> transfers() {
    // Where they are unknown all guests are held back.
    return host.transfers().fold(ImmutableSet::stream, why -> Stream.empty());
  }

  private Optional<DomainTransfer> transfer(String guest, ImmutableList<DomainState> domains) {
    return transfers()
        .filter(
            transfer ->
                transfer.domain().equals(guest)
                    || named(transfer, domains)
                        .filter(name -> moved(name).orElse(name).equals(guest))
                        .isPresent())
        .findFirst();
  }

  /** Returns the name of a domain that the process was given by its number. */
  private static Optional<String> named(
      DomainTransfer transfer, ImmutableList<DomainState> domains) {
    return domains.stream()
        .filter(domain -> String.valueOf(domain.id()).equals(transfer.domain()))
        .map(DomainState::name)
        .findFirst();
  }

  private static boolean mayBeAny(DomainTransfer transfer, ImmutableList<DomainState> domains) {
    boolean number = transfer.domain().chars().allMatch(c -> c >= '0' && c <= '9');
    return number && named(transfer, domains).isEmpty(); // The empty one is a number too.
  }

  private String command(DomainTransfer transfer) {
    String verb =
        switch (transfer.kind()) {
          case RECEIVE -> "migrate-receive";
          case SEND -> "migrate";
          case SAVE -> "save";
        };
    return host.toolstack().command() + " " + verb;
  }

  /** Returns why a domain of this name must not be started now; empty when it may be. */
  public static Optional<String> obstacle(String domain, Iterable<DomainTransfer> transfers) {
    for (DomainTransfer transfer : transfers) {
      if (transfer.kind() == Kind.RECEIVE || transfer.domain().equals(domain)) {
        return Optional.of("a process of the toolstack moves or saves it, or may do so");
      }
    }
    return Optional.empty();
  }
}
