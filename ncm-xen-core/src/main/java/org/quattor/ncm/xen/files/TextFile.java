package org.quattor.ncm.xen.files;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;

/**
 * A small text file of the host.
 *
 * @param path where it was asked for
 * @param lines its lines, without their ends
 */
public record TextFile(String path, ImmutableList<String> lines) {

  private static final int MAX_BYTES = 4 << 20;

  /** Reads a file, following links; empty when nothing or no file is there. */
  public static Optional<TextFile> read(HostFiles files, String path) throws HostFailure {
    FollowedPath end = FollowedPath.of(files, path);
    if (end.entry().kind() != Kind.FILE) {
      return Optional.empty();
    }
    String text = new String(files.read(end.path(), MAX_BYTES), StandardCharsets.UTF_8);
    return Optional.of(new TextFile(path, ImmutableList.copyOf(Splitter.on('\n').split(text))));
  }

  /** Returns the first that is there. */
  public static Optional<TextFile> first(HostFiles files, String... paths) throws HostFailure {
    for (String path : paths) {
      Optional<TextFile> file = read(files, path);
      if (file.isPresent()) {
        return file;
      }
    }
    return Optional.empty();
  }

  /** Returns the first line without blanks around it; empty for a missing file. */
  public static String line(HostFiles files, String path) throws HostFailure {
    return read(files, path).map(file -> file.lines().get(0).strip()).orElse("");
  }

  /**
   * Returns the last value that the lines give a variable, in the words of a shell or of {@code
   * xl.conf(5)}: {@code NAME=value}, {@code NAME = "value"}.
   */
  public Optional<String> assigned(String name) {
    Optional<String> value = Optional.empty();
    for (String line : lines) {
      String text = line.strip();
      if (text.startsWith("export ")) {
        text = text.substring("export ".length()).strip();
      }
      int equals = text.indexOf('=');
      if (equals > 0 && text.substring(0, equals).strip().equals(name)) {
        value = Optional.of(unquoted(text.substring(equals + 1).strip()));
      }
    }
    return value;
  }

  private static String unquoted(String text) {
    if (!text.isEmpty() && (text.charAt(0) == '"' || text.charAt(0) == '\'')) {
      int end = text.indexOf(text.charAt(0), 1);
      return end < 0 ? text.substring(1) : text.substring(1, end);
    }
    int end = 0;
    while (!text.startsWith("#")
        && end < text.length()
        && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return text.substring(0, end);
  }
}
