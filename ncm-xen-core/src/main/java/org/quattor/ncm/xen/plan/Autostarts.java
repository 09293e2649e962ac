package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.quattor.ncm.xen.guestfile.GuestFile;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.observe.AutostartFile;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observer;

/** What the host starts at boot: {@code xendomains} takes every entry of {@code /etc/xen/auto}. */
final class Autostarts {

  private final Observation host;
  private final GuestTexts texts;

  Autostarts(Observation host, GuestTexts texts) {
    this.host = host;
    this.texts = texts;
  }

  /** Returns the names of the links that lead to a file, which may be missing. */
  ImmutableList<String> linksTo(String path) {
    return host.autostartFiles().entrySet().stream()
        .filter(entry -> isLink(entry.getKey()))
        .filter(
            entry -> entry.getValue().known().filter(file -> file.path().equals(path)).isPresent())
        .map(entry -> entry.getKey())
        .collect(ImmutableList.toImmutableList());
  }

  boolean isLink(String name) {
    return host.autostart().getOrDefault(name, FileEntry.MISSING).kind() == FileEntry.Kind.LINK;
  }

  /** Returns what an entry gives the toolstack; empty when that is not known. */
  Optional<AutostartFile> file(String name) {
    return Optional.ofNullable(host.autostartFiles().get(name)).flatMap(file -> file.known());
  }

  /** Returns what the file of an entry says; empty when it is missing or cannot be read. */
  Optional<GuestFile> reading(String name) {
    return file(name)
        .filter(file -> file.content().entry().kind() == FileEntry.Kind.FILE)
        .flatMap(file -> texts.readingOfEither(file.content().text()))
        .filter(file -> file.name().isPresent());
  }

  /** Returns whether the host starts a guest at boot, from whichever file. */
  boolean starts(Guest guest) {
    return !linksTo(Observer.FOLDER + "/" + guest.key()).isEmpty()
        || host.autostartFiles().keySet().stream()
            .anyMatch(name -> reading(name).filter(file -> describes(file, guest)).isPresent());
  }

  /** Returns whether a file describes the domain of a guest, by name or uuid. */
  boolean describes(GuestFile file, Guest guest) {
    return file.name().filter(guest.options().name()::equals).isPresent()
        || file.uuid().filter(texts.uuid(guest)::equalsIgnoreCase).isPresent();
  }
}
