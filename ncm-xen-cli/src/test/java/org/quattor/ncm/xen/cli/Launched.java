package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command as a process of its own, on the classes of this build. */
final class Launched implements AutoCloseable {

  private final Process process;
  private final BufferedReader reader;
  private final StringBuilder text = new StringBuilder();

  private Launched(Process process) {
    this.process = process;
    this.reader = process.inputReader();
  }

  /** Returns how the command is started. */
  static List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Starts a command line; standard error goes where standard output goes. */
  static Launched start(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    return new Launched(process);
  }

  /** Returns the process. */
  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Reads up to a line that contains the words. */
  String line(String words) throws IOException {
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      text.append(line).append('\n');
      if (line.contains(words)) {
        return line;
      }
    }
    throw new AssertionError("no line with " + words + " in:\n" + text);
  }

  /** Sends a signal by its name, such as {@code INT}. */
  void signal(String name) throws IOException, InterruptedException {
    assertThat(
            new ProcessBuilder("kill", "-s", name, Long.toString(process.pid())).start().waitFor())
        .isZero();
  }

  /** Reads what is left and returns the exit code. */
  int end() throws IOException, InterruptedException {
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      text.append(line).append('\n');
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** Returns what was read. */
  String text() {
    return text.toString();
  }

  /** Stops to read, as a pager that was left. */
  void stopReading() throws IOException {
    reader.close();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
