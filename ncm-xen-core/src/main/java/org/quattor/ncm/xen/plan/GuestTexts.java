package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.xen.guestfile.DeclaredDomain;
import org.quattor.ncm.xen.guestfile.FileOrigin;
import org.quattor.ncm.xen.guestfile.GuestFile;
import org.quattor.ncm.xen.guestfile.GuestFileComparison;
import org.quattor.ncm.xen.guestfile.GuestFileReader;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.GuestOptions;
import org.quattor.ncm.xen.observe.ConfigurationFile;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observer;
import org.quattor.ncm.xen.translate.Translation;

/** The guest files of one host: made once per guest, and compared with what is there. */
public final class GuestTexts {

  private final Toolstack dialect;
  private final @Nullable XenVersion xenVersion;
  private final @Nullable Observation host;

  /** What was rendered before the host was looked at, to be taken where the uuid is the same. */
  private final @Nullable GuestTexts before;

  /** By identity: the hash of options is a long way. */
  private final IdentityHashMap<GuestOptions, Desired> desired = new IdentityHashMap<>();

  /** What was read on the host, by text. */
  private final Map<String, Optional<GuestFile>> readings = new HashMap<>();

  private GuestTexts(
      Toolstack dialect,
      @Nullable XenVersion xenVersion,
      @Nullable Observation host,
      @Nullable GuestTexts before) {
    this.dialect = dialect;
    this.xenVersion = xenVersion;
    this.host = host;
    this.before = before;
  }

  /**
   * Returns the texts as they would be on a host where there is nothing yet.
   *
   * @param xenVersion the version that they are for; null when it is not known
   */
  public static GuestTexts withoutHost(Toolstack dialect, @Nullable XenVersion xenVersion) {
    return new GuestTexts(dialect, xenVersion, null, null);
  }

  /** Returns the texts for a host that was looked at, of the same dialect and version. */
  public GuestTexts on(Observation seen) {
    return new GuestTexts(dialect, xenVersion, seen, this);
  }

  /** Returns what is wrong with a guest in the dialect, by the order of its files. */
  public ImmutableList<Finding> findings(Guest guest) {
    ImmutableList.Builder<Finding> all = ImmutableList.builder();
    all.addAll(run(guest).rendered().findings());
    install(guest).ifPresent(file -> all.addAll(file.rendered().findings()));
    return all.build();
  }

  /** Returns the files of a guest. */
  public ImmutableList<GuestText> files(Guest guest) {
    String path = Observer.FOLDER + "/" + guest.key();
    ImmutableList.Builder<GuestText> files = ImmutableList.builder();
    files.add(new GuestText(guest.key(), path, run(guest).file(), dialect));
    install(guest)
        .map(Desired::file)
        .ifPresent(
            file ->
                files.add(
                    new GuestText(guest.key(), path + GuestFile.INSTALL_SUFFIX, file, dialect)));
    return files.build();
  }

  /** Returns {@code /etc/xen/<key>} as it is to be. */
  Desired run(Guest guest) {
    return desired(guest, guest.options(), guest.key());
  }

  /** Returns {@code /etc/xen/<key>.start} as it is to be, when the guest has install options. */
  Optional<Desired> install(Guest guest) {
    return Optional.ofNullable(guest.installOptions())
        .map(options -> desired(guest, options, guest.key() + GuestFile.INSTALL_SUFFIX));
  }

  private Desired desired(Guest guest, GuestOptions options, String name) {
    return desired.computeIfAbsent(options, key -> newDesired(guest, key, name));
  }

  private Desired newDesired(Guest guest, GuestOptions options, String name) {
    String uuid = dialect == Toolstack.XL ? uuid(guest) : "";
    Desired known = before == null ? null : before.desired.get(options);
    return known != null && known.uuid().equals(uuid)
        ? known
        : new Desired(uuid, Translation.of(options, dialect, name, uuid, xenVersion));
  }

  /**
   * A guest keeps its uuid for life: licences and monitoring hang on it. Declared; else of the file
   * that is there; else of the running domain; else derived from the name, so that it is the same
   * on every host and after every {@code unconfigure}.
   */
  String uuid(Guest guest) {
    String declared = guest.options().uuid();
    if (declared != null) {
      return declared;
    }
    return fileUuid(guest)
        .or(() -> runningUuid(guest.options().name()))
        .orElseGet(() -> madeUuid(guest));
  }

  private static String madeUuid(Guest guest) {
    String name = "ncm-xen:" + guest.options().name();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** Returns whether a domain with the uuid is the guest, whatever its name and disks. */
  boolean isUuidOf(Guest guest, String uuid) {
    String declared = guest.options().uuid();
    return declared != null
        ? uuid.equals(declared)
        : fileUuid(guest).orElseGet(() -> madeUuid(guest)).equals(uuid);
  }

  private Optional<String> runningUuid(String name) {
    Observation seen = host;
    // GuestFilePlanner writes no first file of a domain that is not described.
    return seen == null
        ? Optional.empty()
        : seen.configuration(name)
            .fold(domain -> Optional.of(domain.uuid()), why -> Optional.<String>empty())
            .filter(GuestFile::isUuid);
  }

  private Optional<String> fileUuid(Guest guest) {
    ConfigurationFile file = host == null ? null : host.files().get(guest.key());
    // No domain can have been made with one that is none.
    return file == null
        ? Optional.empty()
        : reading(file.text()).flatMap(GuestFile::uuid).filter(GuestFile::isUuid);
  }

  /**
   * Returns the keys of a file that another one lacks; none when it cannot be read. A file of the
   * Perl component is always one for {@code xm}.
   */
  ImmutableSortedSet<String> lostKeys(String old, Desired replacement) {
    Optional<GuestFile> before =
        FileOrigin.of("", old) == FileOrigin.PERL ? read(old, Toolstack.XM) : reading(old);
    return before
        .map(file -> GuestFileComparison.lostKeys(file, replacement.file()))
        .orElse(ImmutableSortedSet.of());
  }

  /** Returns the keys whose values another file changes; none when it cannot be read. */
  ImmutableSortedSet<String> changedKeys(String there, Desired replacement) {
    return there.equals(replacement.text())
        ? ImmutableSortedSet.of()
        : reading(there)
            .map(file -> GuestFileComparison.changedKeys(file, replacement.file()))
            .orElse(ImmutableSortedSet.of());
  }

  /** Returns whether a file says the same to the toolstack as the one that is to be. */
  boolean sameMeaning(String there, Desired desired) {
    return there.equals(desired.text())
        || reading(there)
            .filter(file -> GuestFileComparison.sameMeaning(file, desired.file()))
            .isPresent();
  }

  /**
   * Returns the name of the domain that a file describes; the file's own when it cannot be read.
   */
  String domainName(String text, String fileName) {
    return reading(text).flatMap(GuestFile::name).orElse(fileName);
  }

  /**
   * Returns whose the file of a declared guest is. A mark without a name is ours where the file
   * describes the guest, which may have been given another name since.
   */
  FileOrigin origin(Guest guest, String file, String text) {
    FileOrigin origin = FileOrigin.of(file, text);
    if (origin != FileOrigin.UNNAMED) {
      return origin;
    }
    String name = reading(text).flatMap(GuestFile::name).orElse("");
    return name.equals(guest.key()) || name.equals(guest.options().name())
        ? FileOrigin.OURS
        : FileOrigin.COPY;
  }

  /** Returns what a file says; empty when it cannot be read. */
  Optional<GuestFile> reading(String text) {
    return readings.computeIfAbsent(text, unread -> read(unread, dialect));
  }

  /** Returns what a file says in whichever dialect; empty when it cannot be read in any. */
  Optional<GuestFile> readingOfEither(String text) {
    Toolstack other = dialect == Toolstack.XL ? Toolstack.XM : Toolstack.XL;
    return reading(text).or(() -> read(text, other));
  }

  private static Optional<GuestFile> read(String text, Toolstack dialect) {
    return GuestFileReader.read(text, dialect) instanceof GuestFile file
        ? Optional.of(file)
        : Optional.empty();
  }

  /** Returns what backs the writable disks of a file; none when it cannot be read. */
  ImmutableSortedSet<String> disks(String text, String fileName) {
    return reading(text)
        .map(file -> disks(DeclaredDomain.of(fileName, file)))
        .orElse(ImmutableSortedSet.of());
  }

  /** Returns what backs the writable disks of a domain. */
  static ImmutableSortedSet<String> disks(DomainConfiguration domain) {
    return domain.disks().stream()
        .filter(DomainConfiguration.Disk::writable)
        .map(DomainConfiguration.Disk::target)
        .filter(target -> !target.isEmpty())
        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
  }

  /** Returns what backs the disks of a file; empty when it cannot be read. */
  Optional<ImmutableSet<String>> targets(String text) {
    return reading(text).map(GuestTexts::targets);
  }

  /** Returns what backs the disks of a file. */
  static ImmutableSet<String> targets(GuestFile file) {
    return file.devices("disk").stream()
        .map(disk -> disk.key("target"))
        .collect(ImmutableSet.toImmutableSet());
  }

  /** A file as it is to be; the uuid is empty where there is none in the dialect. */
  static final class Desired {
    private final String uuid;
    private final Translation rendered;
    private @Nullable String text;

    private Desired(String uuid, Translation rendered) {
      this.uuid = uuid;
      this.rendered = rendered;
    }

    private String uuid() {
      return uuid;
    }

    private Translation rendered() {
      return rendered;
    }

    /** Returns what the file is to say. */
    GuestFile file() {
      return rendered.file();
    }

    /** Returns the text of the file, which is made once. */
    String text() {
      String known = text == null ? rendered.text() : text;
      text = known;
      return known;
    }
  }
}
