package org.quattor.ncm.xen.host.local;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that makes a file, as the name of its temporary file tells it: other hosts may share
 * the folder, and so may other containers of this one.
 *
 * @param host eight hexadecimal digits for the machine and its name; empty when it has no identity
 * @param boot eight hexadecimal digits for the time since it was booted
 * @param space the number of the namespace that process numbers belong to
 * @param process its number
 * @param start when it was started, in the clock ticks of {@code proc(5)}
 */
record FileMaker(String host, String boot, String space, long process, String start) {

  /** Whether the process is still there. */
  enum Presence {
    /** It has ended: what it left will never be complete. */
    GONE,
    /** It runs. */
    THERE,
    /** It may run on another host, or in another container. */
    UNKNOWN
  }

  private static final Path PROC = Path.of("/proc");
  private static final Pattern WORDS =
      Pattern.compile("([0-9a-f]{8})?-([0-9a-f]{8})-([0-9]+)-([0-9]{1,18})-([0-9]+)-[0-9a-f]{8}");

  /** Returns the one that asks. */
  static FileMaker self() throws IOException {
    long process = ProcessHandle.current().pid();
    String machine = "";
    for (String file : new String[] {"/etc/machine-id", "/sys/class/dmi/id/product_uuid"}) {
      machine = machine.isEmpty() ? firstLine(Path.of(file)) : machine;
    }
    String name = firstLine(PROC.resolve("sys/kernel/hostname"));
    return new FileMaker(
        machine.isEmpty() || name.isEmpty() ? "" : digits(machine + " " + name),
        digits(firstLine(PROC.resolve("sys/kernel/random/boot_id"))),
        Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString().replaceAll("[^0-9]", ""),
        process,
        start(process).orElseThrow(() -> new IOException("/proc does not show this process")));
  }

  private static String digits(String text) {
    return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString().substring(0, 8);
  }

  private static String firstLine(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** Field 22 of {@code /proc/PID/stat}; the second one, in brackets, may hold anything. */
  private static Optional<String> start(long process) {
    String stat = firstLine(PROC.resolve(process + "/stat"));
    String[] words = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    return words.length > 19 ? Optional.of(words[19]) : Optional.empty();
  }

  /** Returns words for a file's name, never the same twice. */
  String words() {
    return String.format(
        "%s-%s-%s-%d-%s-%08x", host, boot, space, process, start, new SecureRandom().nextInt());
  }

  /** Reads {@link #words}; empty when they are not such words. */
  static Optional<FileMaker> of(String words) {
    Matcher matcher = WORDS.matcher(words);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String host = matcher.group(1) == null ? "" : matcher.group(1);
    return Optional.of(
        new FileMaker(
            host,
            matcher.group(2),
            matcher.group(3),
            Long.parseLong(matcher.group(4)),
            matcher.group(5)));
  }

  /** Returns what {@code self}, which asks, can know of this one. */
  Presence presence(FileMaker self) {
    if (host.isEmpty() || !host.equals(self.host)) {
      return Presence.UNKNOWN;
    }
    if (!boot.equals(self.boot)) {
      return Presence.GONE;
    }
    if (!space.equals(self.space)) {
      return Presence.UNKNOWN;
    }
    return start(process).filter(start::equals).isPresent() ? Presence.THERE : Presence.GONE;
  }
}
