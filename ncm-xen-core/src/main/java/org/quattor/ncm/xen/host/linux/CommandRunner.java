package org.quattor.ncm.xen.host.linux;

import com.google.common.collect.ImmutableList;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.IoCause;

/**
 * Runs external commands: argv only, a fixed environment, nothing on standard input, in {@code /},
 * each within a time-out. A status that is not 0 is a value; a program that is missing, takes too
 * long or answers too much is a failure. Of many messages both ends are kept.
 */
final class CommandRunner {

  // Far more than a long list of a thousand domains; a dom0 has little memory, and our heap less.
  private static final int STDOUT_CAP_BYTES = 16 << 20;
  private static final int STDERR_CAP_BYTES = 64 << 10;
  private static final File NOTHING = new File("/dev/null");
  private static final Duration END_OF_OUTPUT = Duration.ofSeconds(2);
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final SystemPaths surroundings;
  private final Duration timeout;
  private final Consumer<String> listener;
  private final UnaryOperator<String> mask;
  private final AtomicInteger count = new AtomicInteger();

  /**
   * Makes one.
   *
   * @param timeout for each command
   * @param listener hears each command line before it is run
   */
  CommandRunner(SystemPaths surroundings, Duration timeout, Consumer<String> listener) {
    this(surroundings, timeout, listener, UnaryOperator.identity());
  }

  /**
   * Makes one.
   *
   * @param timeout for each command
   * @param listener hears each command line before it is run
   * @param mask hides secrets in messages, and in the output of a command that failed
   */
  CommandRunner(
      SystemPaths surroundings,
      Duration timeout,
      Consumer<String> listener,
      UnaryOperator<String> mask) {
    this.surroundings = surroundings;
    this.timeout = timeout;
    this.listener = listener;
    this.mask = mask;
  }

  /** Returns how many commands were started. */
  int count() {
    return count.get();
  }

  /** Returns whether the program is installed. */
  boolean has(String program) {
    return surroundings.program(program).isPresent();
  }

  /** Runs a command to its end; it and its descendants are ended when the time is over. */
  CommandResult run(String... argv) throws HostFailure {
    ImmutableList<String> command = ImmutableList.copyOf(argv);
    Process process = begin(command, builder(command));
    CappedOutput stdout =
        CappedOutput.of(process.getInputStream(), STDOUT_CAP_BYTES, command.get(0));
    CappedOutput stderr =
        CappedOutput.of(process.getErrorStream(), STDERR_CAP_BYTES, command.get(0));
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        end(process);
        throw new HostFailure(
            CommandResult.text(command) + " did not end within " + seconds() + " and was ended");
      }
      stdout.await(END_OF_OUTPUT);
      stderr.await(END_OF_OUTPUT);
    } catch (InterruptedException e) {
      end(process);
      Thread.currentThread().interrupt();
      throw new HostFailure(
          CommandResult.text(command) + " was ended, since this run was interrupted", e);
    }
    if (stdout.overflown()) {
      throw new HostFailure(
          String.format(
              "%s answered more than %d MiB; status %d",
              CommandResult.text(command), STDOUT_CAP_BYTES >> 20, process.exitValue()));
    }
    return result(command, process.exitValue(), stdout.text(), stderr.text());
  }

  /**
   * Runs a command that leaves a process behind, in a session of its own, so that no signal to our
   * session or terminal reaches it. It writes to files, since what it leaves behind would hold a
   * pipe open; it is never ended by us: when the time is over, it goes on.
   */
  CommandResult runDetached(String... argv) throws HostFailure {
    require(argv[0]);
    ImmutableList<String> command = ImmutableList.copyOf(argv);
    ImmutableList<String> detached =
        ImmutableList.<String>builder().add("setsid").addAll(command).build();
    Path folder = null;
    try {
      folder = Files.createTempDirectory("ncm-xen");
      File stdout = folder.resolve("stdout").toFile();
      File stderr = folder.resolve("stderr").toFile();
      Process process =
          begin(detached, builder(detached).redirectOutput(stdout).redirectError(stderr));
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new HostFailure(
            String.format(
                "%s did not end within %s; it goes on in the background as process %d",
                CommandResult.text(command), seconds(), process.pid()));
      }
      return result(command, process.exitValue(), ends(stdout), ends(stderr));
    } catch (IOException e) {
      throw IoCause.failure("keep the output of " + CommandResult.text(command), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostFailure(
          CommandResult.text(command) + " goes on in the background; this run was interrupted", e);
    } finally {
      remove(folder);
    }
  }

  /** Masked while it is whole: a failure quotes parts. An answer is data, and stays as it is. */
  private CommandResult result(
      ImmutableList<String> command, int status, String stdout, String stderr) {
    return new CommandResult(
        command, status, status == 0 ? stdout : mask.apply(stdout), mask.apply(stderr));
  }

  private static String ends(File file) throws IOException, InterruptedException {
    CappedOutput output =
        CappedOutput.of(Files.newInputStream(file.toPath()), STDERR_CAP_BYTES, file.getName());
    output.await(END_OF_OUTPUT);
    return output.text();
  }

  private static void remove(@Nullable Path folder) {
    if (folder != null) {
      for (String name : List.of("stdout", "stderr", "")) {
        // What cannot be removed stays in the folder for temporary files, and harms nobody.
        boolean unused = folder.resolve(name).toFile().delete();
      }
    }
  }

  private Path require(String program) throws HostFailure {
    return surroundings
        .program(program)
        .orElseThrow(
            () ->
                new HostFailure(
                    "cannot run "
                        + program
                        + ": it is not installed (looked in "
                        + surroundings.programs()
                        + ")"));
  }

  private ProcessBuilder builder(ImmutableList<String> command) throws HostFailure {
    // Found by us: Java would look along the PATH of its own environment.
    List<String> found =
        Stream.concat(
                Stream.of(require(command.get(0)).toString()),
                command.subList(1, command.size()).stream())
            .toList();
    return surroundings.process(found).redirectInput(NOTHING);
  }

  private Process begin(List<String> command, ProcessBuilder builder) throws HostFailure {
    listener.accept(CommandResult.text(command));
    count.incrementAndGet();
    try {
      return builder.start();
    } catch (IOException e) {
      throw IoCause.failure("run " + CommandResult.text(command), e);
    }
  }

  /** Ends a command with its descendants, asking first: LVM then leaves its metadata in order. */
  private static void end(Process process) {
    List<ProcessHandle> family = process.descendants().toList();
    process.destroy();
    family.forEach(ProcessHandle::destroy);
    boolean gone = false;
    try {
      gone = process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!gone) {
      process.destroyForcibly();
    }
    family.forEach(ProcessHandle::destroyForcibly);
  }

  private String seconds() {
    return timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
  }
}
