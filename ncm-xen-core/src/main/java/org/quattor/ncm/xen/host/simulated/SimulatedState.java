package org.quattor.ncm.xen.host.simulated;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.AtomicFile;
import org.quattor.ncm.xen.host.local.IoCause;

/**
 * What a simulated host has at the moment, and its file. Every change is on disk, complete, before
 * the method that makes it returns.
 */
final class SimulatedState {

  /** The name of the state file in the directory. */
  static final String FILE = "host.json";

  private final Path directory;
  private SimulatedHostSpec now;
  private boolean onDisk;
  private int commands;
  private Duration time = Duration.ZERO;
  private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparing(Event::at));

  private SimulatedState(Path directory, SimulatedHostSpec now, boolean onDisk) {
    this.directory = directory;
    this.now = now;
    this.onDisk = onDisk;
  }

  /** Reads the state file, or takes the spec when the directory is missing or empty. */
  static SimulatedState open(Path directory, SimulatedHostSpec spec) throws HostFailure {
    Path file = directory.resolve(FILE);
    try {
      if (Files.exists(file)) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return new SimulatedState(directory, StateReader.read(file.toString(), text), true);
      }
      if (Files.exists(directory) && !isEmptyDirectory(directory)) {
        throw new HostFailure(
            directory
                + " is not a simulated host: it is not empty and has no "
                + FILE
                + "; name a directory that is missing or empty");
      }
      return new SimulatedState(directory, spec, false);
    } catch (IOException e) {
      throw IoCause.failure("open the simulated host in " + directory, e);
    }
  }

  /** Locks, logs and state files of a run lie in {@code var}, and may be there before the host. */
  private static boolean isEmptyDirectory(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.allMatch(entry -> entry.endsWith("var"));
    }
  }

  /** Returns what the host has. */
  SimulatedHostSpec now() {
    return now;
  }

  /** Returns the directory. */
  Path directory() {
    return directory;
  }

  /** Makes the directory and its state file, unless they are there. */
  void materialise() throws HostFailure {
    if (!onDisk) {
      change(now);
    }
  }

  /** Replaces the state. */
  void change(SimulatedHostSpec next) throws HostFailure {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
      byte[] content = StateWriter.write(next).getBytes(StandardCharsets.UTF_8);
      AtomicFile.replace(
          directory.resolve(FILE), 0644, temporary -> Files.write(temporary, content));
      onDisk = true;
      now = next;
    } catch (IOException e) {
      throw IoCause.failure("write " + directory.resolve(FILE), e);
    }
  }

  /** Counts an external command that a real host would have run. */
  void countCommand() {
    commands++;
  }

  /** Lets something happen later, in the time of this host. */
  void later(Duration delay, UnaryOperator<SimulatedHostSpec> event) {
    events.add(new Event(time.plus(delay), event));
  }

  /** Lets time pass, and with it happen what is due; a host that is not on disk stays so. */
  void pass(Duration length) throws HostFailure {
    time = time.plus(length);
    for (Event next = events.peek();
        next != null && next.at().compareTo(time) <= 0;
        next = events.peek()) {
      events.remove();
      SimulatedHostSpec changed = next.change().apply(now);
      if (onDisk) {
        change(changed);
      } else {
        now = changed;
      }
    }
  }

  private record Event(Duration at, UnaryOperator<SimulatedHostSpec> change) {}

  /** Returns how many external commands a real host would have run. */
  int commands() {
    return commands;
  }
}
