package org.quattor.ncm.xen.plan;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.quattor.ncm.xen.guestfile.GuestFile;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.Lifecycle.State;
import org.quattor.ncm.xen.observe.AutostartFile;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observed;
import org.quattor.ncm.xen.observe.Observer;

/** What the host starts at boot: {@code xendomains} takes every entry of {@code /etc/xen/auto}. */
public final class Autostarts {

  private final Observation host;
  private final GuestTexts texts;
  private final ImmutableListMultimap<String, String> links;

  /** The names and uuids of all domains that the host starts. */
  private final ImmutableSet<String> described;

  /** Makes one for the host as it was observed, with the texts for it. */
  public Autostarts(Observation host, GuestTexts texts) {
    this.host = host;
    this.texts = texts;
    ImmutableListMultimap.Builder<String, String> byPath = ImmutableListMultimap.builder();
    ImmutableSet.Builder<String> all = ImmutableSet.builder();
    for (String name : host.autostartFiles().keySet()) {
      if (isLink(name)) {
        // Where it is unknown what lies at its end, the text of a link says where it leads.
        String end = file(name).map(AutostartFile::path).orElseGet(() -> text(name));
        byPath.put(end, name);
      }
      reading(name)
          .ifPresent(
              file -> {
                file.name().ifPresent(all::add);
                file.uuid().ifPresent(uuid -> all.add(Ascii.toLowerCase(uuid)));
              });
    }
    links = byPath.build();
    described = all.build();
  }

  /** Returns why the host must not start a guest at boot; empty when it may. */
  public static Optional<Reason> reasonForNone(DesiredState desired, Guest guest) {
    // xendomains would start it here while it runs there.
    if (desired.otherHost(guest).isPresent()) {
      return Optional.of(Reason.OTHER_HOST);
    }
    return switch (guest.autostart()) {
      case ON -> Optional.empty();
      case OFF -> Optional.of(Reason.AUTO_OFF);
      case UNDECLARED ->
          guest.lifecycle().state() == State.STOPPED
              ? Optional.of(Reason.STATE_STOPPED)
              : Optional.empty();
    };
  }

  /** Returns the names of the links that lead to a file, which may be missing. */
  ImmutableList<String> linksTo(String path) {
    return links.get(path);
  }

  private String text(String link) {
    return host.autostart().getOrDefault(link, FileEntry.MISSING).linkTarget();
  }

  boolean isLink(String name) {
    return host.autostart().getOrDefault(name, FileEntry.MISSING).kind() == FileEntry.Kind.LINK;
  }

  /** Returns what an entry gives the toolstack; empty when that is not known. */
  Optional<AutostartFile> file(String name) {
    return host.autostartFiles().get(name) instanceof Observed.Known<AutostartFile> known
        ? Optional.of(known.value())
        : Optional.empty();
  }

  /** Returns what the file of an entry says; empty when it is missing or cannot be read. */
  Optional<GuestFile> reading(String name) {
    return file(name)
        .filter(file -> file.content().entry().kind() == FileEntry.Kind.FILE)
        .flatMap(file -> texts.readingOfEither(file.content().text()))
        .filter(file -> file.name().isPresent());
  }

  /** Returns whether the host starts a guest at boot, from whichever file. */
  public boolean starts(Guest guest) {
    return !linksTo(Observer.FOLDER + "/" + guest.key()).isEmpty()
        || described.contains(guest.options().name())
        || described.contains(Ascii.toLowerCase(texts.uuid(guest)));
  }

  /** Returns whether a file describes the domain of a guest, by name or uuid. */
  boolean describes(GuestFile file, Guest guest) {
    return file.name().filter(guest.options().name()::equals).isPresent()
        || file.uuid().filter(texts.uuid(guest)::equalsIgnoreCase).isPresent();
  }
}
