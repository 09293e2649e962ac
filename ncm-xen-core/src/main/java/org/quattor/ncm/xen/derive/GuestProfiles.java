package org.quattor.ncm.xen.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.profile.ProfileReader;

/**
 * Compiled profiles by name, each read when it is asked for. A profile has the name of its file
 * without {@code .json}, {@code .xml} and {@code .gz}; of one that is there in several forms, the
 * first of {@code .json}, {@code .json.gz}, {@code .xml} and {@code .xml.gz} counts; of several
 * places, the last that has it. Not for several threads.
 */
public final class GuestProfiles {

  /** The forms that the compiler writes, the cheapest first. */
  private static final ImmutableList<String> SUFFIXES =
      ImmutableList.of(".json", ".json.gz", ".xml", ".xml.gz");

  private final Map<String, Path> files;
  private final Map<String, Profile> read = new HashMap<>();

  private GuestProfiles(Map<String, Path> files) {
    this.files = files;
  }

  /**
   * Returns the profiles of files and folders; folders in folders are not looked into.
   *
   * @throws Refusal for one that does not exist, or a folder that cannot be read
   */
  public static GuestProfiles in(Collection<Path> places) {
    Map<String, Path> files = new TreeMap<>();
    for (Path place : places) {
      if (Files.isDirectory(place)) {
        files.putAll(folder(place));
      } else if (Files.exists(place)) {
        files.put(stem(place).orElse(String.valueOf(place.getFileName())), place);
      } else {
        throw absent(place, "does not exist; expected compiled profiles");
      }
    }
    return new GuestProfiles(files);
  }

  private static Map<String, Path> folder(Path folder) {
    Map<String, Path> files = new TreeMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        Optional<String> name = stem(entry);
        if (name.isPresent() && Files.isRegularFile(entry)) {
          files.merge(name.get(), entry, GuestProfiles::cheaper);
        }
      }
      return files;
    } catch (IOException | DirectoryIteratorException e) {
      throw absent(folder, "the directory cannot be read: " + e.getMessage());
    }
  }

  private static Path cheaper(Path one, Path other) {
    return rank(one) <= rank(other) ? one : other;
  }

  private static int rank(Path file) {
    String name = String.valueOf(file.getFileName());
    int rank = 0;
    while (rank < SUFFIXES.size() && !name.endsWith(SUFFIXES.get(rank))) {
      rank++;
    }
    return rank;
  }

  private static Optional<String> stem(Path file) {
    String name = String.valueOf(file.getFileName());
    return SUFFIXES.stream()
        .filter(name::endsWith)
        .map(suffix -> name.substring(0, name.length() - suffix.length()))
        .filter(stem -> !stem.isEmpty())
        .findFirst();
  }

  private static Refusal absent(Path place, String what) {
    return new Refusal(Refusal.Kind.NO_PROFILE, place + ": " + what);
  }

  /** Returns the names of all. */
  public ImmutableSortedSet<String> names() {
    return ImmutableSortedSet.copyOf(files.keySet());
  }

  /**
   * Returns the profile of that name; empty when there is none.
   *
   * @throws Refusal when it cannot be read, or is no profile
   */
  public Optional<Profile> find(String name) {
    Path file = files.get(name);
    return file == null
        ? Optional.empty()
        : Optional.of(read.computeIfAbsent(name, key -> new ProfileReader().read(file)));
  }
}
