package org.quattor.ncm.xen.host.linux;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.quattor.ncm.xen.host.local.UnixStatus;
import org.quattor.ncm.xen.text.Printable;

/** Tells for people who has a lock of {@code flock(2)}, from {@code /proc/locks} of proc(5). */
public final class LockHolder {

  private static final int MAX_COMMAND_LENGTH = 100;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private LockHolder() {}

  /**
   * Returns the process and its command line, such as {@code process 4711 (ncm-xen configure),
   * since 2026-01-31 12:00:00}; empty when it cannot be told, as for a process of another
   * container.
   */
  public static Optional<String> of(Path place) {
    try {
      UnixStatus status = UnixStatus.of(place);
      return number(status, Files.readAllLines(Path.of("/proc/locks"), StandardCharsets.US_ASCII))
          .flatMap(ProcessHandle::of)
          .map(LockHolder::user)
          .map(LockHolder::words);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Returns the number of the process in lines of {@code /proc/locks}. */
  static Optional<Long> number(UnixStatus status, List<String> locks) {
    long device = status.filesystem();
    String place =
        String.format(
            Locale.ROOT,
            "%02x:%02x:%d",
            // makedev(3)
            ((device >> 8) & 0xfff) | ((device >> 32) & ~0xfffL),
            (device & 0xff) | ((device >> 12) & ~0xffL),
            status.inode());
    return locks.stream()
        .map(line -> line.trim().split("\\s+", -1))
        // A line with -> in it is a process that waits.
        .filter(words -> words.length > 5 && words[1].equals("FLOCK") && words[5].equals(place))
        .map(words -> Long.parseLong(words[4]))
        .filter(number -> number > 0)
        .findFirst();
  }

  /** Returns who uses flock(1), where the lock is the child's. */
  private static ProcessHandle user(ProcessHandle locker) {
    return words(locker.pid()).stream()
            .findFirst()
            .map(ProcessTable::lastStep)
            .orElse("")
            .equals("flock")
        // One whose parent has ended belongs to process 1, which did not ask for the lock.
        ? locker.parent().filter(parent -> parent.pid() > 1).orElse(locker)
        : locker;
  }

  private static String words(ProcessHandle process) {
    String command = String.join(" ", called(words(process.pid())));
    String since =
        process
            .info()
            .startInstant()
            .map(start -> ", since " + TIME.format(start.atZone(ZoneId.systemDefault())))
            .orElse("");
    return "process "
        + process.pid()
        + (command.isEmpty() ? "" : " (" + cut(command) + ")")
        + since;
  }

  /** Returns our own command line as it was typed, without the one of the Java machine. */
  private static ImmutableList<String> called(ImmutableList<String> words) {
    int jar = words.indexOf("-jar");
    return jar >= 0 && jar + 1 < words.size() && words.get(jar + 1).contains("ncm-xen")
        ? ImmutableList.<String>builder()
            .add("ncm-xen")
            .addAll(words.subList(jar + 2, words.size()))
            .build()
        : words;
  }

  private static String cut(String command) {
    String line = Printable.line(command);
    return line.codePointCount(0, line.length()) > MAX_COMMAND_LENGTH
        ? line.substring(0, line.offsetByCodePoints(0, MAX_COMMAND_LENGTH)) + " ..."
        : line;
  }

  private static ImmutableList<String> words(long number) {
    try {
      String line =
          Files.readString(Path.of("/proc/" + number + "/cmdline"), StandardCharsets.ISO_8859_1);
      return ImmutableList.copyOf(Splitter.on('\0').omitEmptyStrings().split(line));
    } catch (IOException e) {
      return ImmutableList.of();
    }
  }
}
