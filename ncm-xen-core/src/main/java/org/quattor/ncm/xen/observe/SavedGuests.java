package org.quattor.ncm.xen.observe;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSortedMap;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.quattor.ncm.xen.files.TextFile;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.text.Excerpt;

/**
 * The files to which {@code xendomains} saves guests when the host goes down: {@code
 * $XENDOMAINS_SAVE/NAME}. It restores them at boot and removes each that it has restored.
 */
final class SavedGuests {

  /** The default of Debian and Fedora alike. */
  private static final String FOLDER = "/var/lib/xen/save";

  /** Debian's file, and that of Red Hat and SUSE; both are asked, for a host has one of them. */
  private static final String[] SETTINGS = {"/etc/default/xendomains", "/etc/sysconfig/xendomains"};

  /**
   * Whatever gives the variable a value, anywhere in a line: behind {@code then}, {@code export} or
   * another assignment, or as {@code ${XENDOMAINS_SAVE:=/folder}}.
   */
  private static final Pattern ASSIGNED = Pattern.compile("(?<![$\\w])XENDOMAINS_SAVE(:?=|\\+=)");

  /** A value that a shell takes as it stands: a path, quoted or not, or nothing. */
  private static final Pattern PLAIN =
      Pattern.compile(
          "(?:(/[\\w@%+=:,./-]*)|\"(/[\\w@%+=:,./ -]*)\"|'(/[\\w@%+=:,./ -]*)'|\"\"|'')?+(?=[\\s;})]|$)");

  /** Another file that the shell reads in its place. */
  private static final Pattern SOURCED =
      Pattern.compile("(?:^|[;&{]|\\bthen|\\bdo|\\belse)\\s*(?:\\.|source)\\s+([^\\s;&]+)");

  private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)#.*");
  private static final CharMatcher QUOTES = CharMatcher.anyOf("\"'");
  private static final int MAX_DEPTH = 8;

  private SavedGuests() {}

  /**
   * Returns the files by name; the default folder is looked at even if another one is set, since
   * files stay when settings change. For the same reason, and since nothing is executed, each value
   * that the settings have counts, whichever of them the shell would come to.
   *
   * @throws HostFailure when a folder cannot be listed, or the settings name one in another way
   *     than by a plain path
   */
  static ImmutableSortedMap<String, String> find(HostFiles files) throws HostFailure {
    TreeSet<String> folders = new TreeSet<>();
    folders.add(FOLDER);
    for (String path : SETTINGS) {
      folders(files, path, folders, 0);
    }
    TreeMap<String, String> found = new TreeMap<>();
    for (String folder : folders) {
      for (Map.Entry<String, FileEntry> entry : files.list(folder).entrySet()) {
        if (entry.getValue().kind() != FileEntry.Kind.DIRECTORY) {
          found.put(entry.getKey(), folder + "/" + entry.getKey());
        }
      }
    }
    return ImmutableSortedMap.copyOf(found);
  }

  private static void folders(HostFiles files, String path, Set<String> folders, int depth)
      throws HostFailure {
    Optional<TextFile> settings = TextFile.read(files, path);
    if (settings.isEmpty()) {
      return;
    }
    String text = String.join("\n", settings.get().lines()).replace("\\\n", "");
    for (String line : Splitter.on('\n').split(text)) {
      String code = withoutComment(line);
      Matcher assigned = ASSIGNED.matcher(code);
      while (assigned.find()) {
        value(path, code, assigned).ifPresent(folders::add);
      }
      Matcher sourced = SOURCED.matcher(code);
      while (sourced.find()) {
        Matcher other = PLAIN.matcher(sourced.group(1));
        if (!other.matches() || depth == MAX_DEPTH) {
          throw new HostFailure(
              path + " sources " + Excerpt.of(sourced.group(1)) + ", which ncm-xen cannot follow");
        }
        folders(files, path(other).orElse(path), folders, depth + 1);
      }
    }
  }

  private static String withoutComment(String line) {
    Matcher comment = COMMENT.matcher(line);
    boolean found = comment.find() && QUOTES.countIn(line.substring(0, comment.start())) % 2 == 0;
    return found ? line.substring(0, comment.start()) : line;
  }

  /** The file is data: what only a shell could work out is not known. */
  private static Optional<String> value(String path, String code, Matcher assigned)
      throws HostFailure {
    Matcher value = PLAIN.matcher(code).region(assigned.end(), code.length());
    if (assigned.group(1).equals("+=") || !value.lookingAt()) {
      throw new HostFailure(
          path
              + " sets XENDOMAINS_SAVE to "
              + Excerpt.of(code.substring(assigned.end()))
              + ", which is not a plain path");
    }
    return path(value);
  }

  private static Optional<String> path(Matcher plain) {
    return Stream.of(1, 2, 3)
        .flatMap(group -> Stream.ofNullable(plain.group(group)))
        .map(path -> Path.of(path).normalize().toString())
        .findFirst();
  }
}
