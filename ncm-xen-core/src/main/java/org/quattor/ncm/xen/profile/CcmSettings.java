package org.quattor.ncm.xen.profile;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.text.NearestName;
import org.quattor.ncm.xen.text.Printable;

/**
 * What {@code ccm.conf} says that matters here. A line is a key, blanks and a value without blanks;
 * {@code #} begins a comment. As the CCM does, an unknown key or a key without value is refused.
 *
 * @param cacheRoot {@code cache_root}
 */
public record CcmSettings(Path cacheRoot) {

  /** Where the CCM keeps its cache when nobody says otherwise. */
  public static final Path DEFAULT_ROOT = Path.of("/var/lib/ccm");

  private static final ImmutableSet<String> KEYS =
      ImmutableSet.of(
          "base_url",
          "ca_dir",
          "ca_file",
          "cache_root",
          "cert_file",
          "dbformat",
          "debug",
          "force",
          "get_timeout",
          "group_readable",
          "json_typed",
          "keep_old",
          "key_file",
          "keytab",
          "lock_retries",
          "lock_wait",
          "name_template",
          "principal",
          "profile",
          "profile_failover",
          "purge_time",
          "retrieve_retries",
          "retrieve_wait",
          "tabcompletion",
          "trust",
          "world_readable");

  private static final ImmutableList<String> PLACES =
      ImmutableList.of("/etc/ccm.conf", "/usr/etc/ccm.conf");

  /**
   * Reads the file that is named, else the first one that is there, else the defaults.
   *
   * @param named the file; null to look where the CCM looks
   * @param edgLocation the environment variable EDG_LOCATION; null when it is not set
   * @throws Refusal when the named file is missing, or a file is wrong
   */
  public static CcmSettings find(@Nullable Path named, @Nullable String edgLocation) {
    if (named != null) {
      return read(named);
    }
    ImmutableList.Builder<String> places = ImmutableList.<String>builder().addAll(PLACES);
    if (edgLocation != null && edgLocation.startsWith("/")) {
      places.add(edgLocation + "/etc/ccm.conf");
    }
    return places.build().stream()
        .map(Path::of)
        .filter(Files::isRegularFile)
        .findFirst()
        .map(CcmSettings::read)
        .orElse(new CcmSettings(DEFAULT_ROOT));
  }

  /** Reads a file; see {@link #find}. */
  static CcmSettings read(Path file) {
    ImmutableList<String> lines;
    try {
      lines = ImmutableList.copyOf(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new Refusal(
          Refusal.Kind.SETTINGS,
          file + ": cannot be read (" + e.getClass().getSimpleName() + "); expected ccm.conf");
    }
    Path root = DEFAULT_ROOT;
    for (int i = 0; i < lines.size(); i++) {
      String line = CharMatcher.whitespace().trimFrom(lines.get(i).replaceFirst("#.*", ""));
      if (!line.isEmpty()) {
        root = cacheRoot(line, file + ":" + (i + 1)).orElse(root);
      }
    }
    return new CcmSettings(root);
  }

  private static Optional<Path> cacheRoot(String line, String place) {
    String[] words = line.split("\\s+", -1);
    String key = words[0];
    if (!KEYS.contains(key)) {
      throw new Refusal(
          Refusal.Kind.SETTINGS,
          place
              + ": "
              + Printable.line(key)
              + " is not a key of ccm.conf; "
              + NearestName.of(key, KEYS)
                  .map(name -> "did you mean " + name + "?")
                  .orElse("expected a line KEY VALUE, without ="));
    }
    if (words.length != 2) {
      throw new Refusal(
          Refusal.Kind.SETTINGS,
          place + ": " + key + " has " + (words.length - 1) + " values; expected one");
    }
    if (!key.equals("cache_root")) {
      return Optional.empty();
    }
    if (!words[1].startsWith("/") || words[1].indexOf('\0') >= 0) {
      throw new Refusal(
          Refusal.Kind.SETTINGS,
          place + ": cache_root is " + Printable.line(words[1]) + "; expected an absolute path");
    }
    return Optional.of(Path.of(words[1]));
  }
}
