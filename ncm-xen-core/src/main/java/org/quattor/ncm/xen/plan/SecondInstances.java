package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.DomainTransfer;
import org.quattor.ncm.xen.host.DomainTransfer.Kind;
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.Place;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observed;

/**
 * Holds back guests that may exist already in another form: on their way to or from another host,
 * in a file, or on a host that {@code guest_map} may mean. Two instances of a guest write to one
 * file system and destroy it.
 */
public final class SecondInstances {

  private static final String DOMAINS = "/software/components/xen/domains";

  private final DesiredState desired;
  private final Observation host;
  private final PlanBuilder builder;

  SecondInstances(DesiredState desired, Observation host, PlanBuilder builder) {
    this.desired = desired;
    this.host = host;
    this.builder = builder;
  }

  /** Returns whether a domain is a guest that is being moved, and under which name it is then. */
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

  /** Says of each guest for which it is not known where it belongs. */
  void places(Iterable<Guest> guests) {
    for (Guest guest : guests) {
      Place place = desired.place(guest);
      if (place instanceof Place.Doubtful doubtful) {
        builder.holdBack(
            guest,
            "XEN359",
            "/software/components/xen/guest_map/" + guest.key(),
            "guest_map says "
                + doubtful.host()
                + ", and it is not known whether that is this host: "
                + doubtful.why(),
            "one name for this host in guest_map, in the profile and in the kernel",
            "declare hostname and domainname in /system/network; hostname shows the kernel's name");
      } else if (place instanceof Place.Elsewhere elsewhere && desired.hostName().isEmpty()) {
        builder.warn(
            "XEN117",
            guest.path(),
            "guest_map says that it belongs to " + elsewhere.host(),
            "guests of this host, " + desired.ownName(),
            "it is configured here but never started here");
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
      holdAll(guests, "XEN358", "it is not known which guests move: " + unknown.reason(), "");
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
    String form = onTheirWay.get(guest.options().name());
    String program = host.toolstack().command();
    if (form != null) {
      builder.holdBack(
          guest,
          "XEN355",
          guest.path(),
          "domain " + form + " is this guest on its way from one host to another",
          "a migration that has ended",
          "run again when it has; when it failed, look at both hosts before you end what is left"
              + " of it with "
              + program
              + " destroy "
              + form);
      return;
    }
    Optional<DomainTransfer> transfer = transfer(guest.options().name(), domains);
    if (transfer.isPresent()) {
      builder.holdBack(
          guest,
          "XEN356",
          guest.path(),
          text(transfer.get()) + " works for this guest",
          "no process that moves or saves it",
          "run again when the process has ended");
      return;
    }
    saved(guest)
        .ifPresent(
            file ->
                builder.holdBack(
                    guest,
                    "XEN357",
                    guest.path(),
                    "the guest is saved in " + file,
                    "no saved state of a guest that is to be started from its disks",
                    program
                        + " restore "
                        + file
                        + " brings it back as it was; rm "
                        + file
                        + " gives up what it had in memory"));
  }

  /**
   * xendomains names the file by the domain and restores every file of the folder, so one that
   * somebody saved as {@code web.save} is restored as well.
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

  /** What may be any guest keeps all from being started. */
  private void unknown(ImmutableList<Guest> absent, ImmutableList<DomainState> domains) {
    if (host.saved() instanceof Observed.Unknown<ImmutableSortedMap<String, String>> unknown) {
      holdAll(
          absent,
          "XEN358",
          "it is not known which guests are saved in files: " + unknown.reason(),
          "XENDOMAINS_SAVE in /etc/default/xendomains or /etc/sysconfig/xendomains names the folder"
              + " as a plain path");
    } else {
      transfers()
          .filter(transfer -> mayBeAny(transfer, domains))
          .findFirst()
          .ifPresent(
              transfer ->
                  holdAll(
                      absent,
                      "XEN358",
                      text(transfer) + " works for a guest, and it is not known for which one",
                      "run again when the process has ended; ps ax shows it"));
    }
  }

  private void holdAll(ImmutableList<Guest> absent, String id, String why, String hint) {
    builder.incomplete();
    builder.error(id, DOMAINS, "no guest is started or restarted, because " + why, "", hint);
    absent.forEach(builder::holdBack);
  }

  private void present(Guest guest, ImmutableList<DomainState> domains) {
    if (host.transfers() instanceof Observed.Unknown) {
      builder.holdBack(
          guest); // It may be this one that moves; a stop or a restart would end it here.
    }
    transfer(guest.options().name(), domains)
        .ifPresent(
            transfer -> {
              builder.holdBack(guest);
              builder.note(
                  "XEN367",
                  guest.path(),
                  text(transfer) + " works for this guest, so it is not changed in this run",
                  "run again when the process has ended");
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

  private String text(DomainTransfer transfer) {
    String verb =
        switch (transfer.kind()) {
          case RECEIVE -> "migrate-receive";
          case SEND -> "migrate";
          case SAVE -> "save";
        };
    return "a process " + host.toolstack().command() + " " + verb;
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
