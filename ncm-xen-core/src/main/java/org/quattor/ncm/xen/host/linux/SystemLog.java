package org.quattor.ncm.xen.host.linux;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The system log, by way of one child, {@code logger(1)}: Java 17 has no datagrams to {@code
 * /dev/log}. As in CAF, a log that is not there or does not listen is no trouble: lines are lost,
 * and nothing waits for them.
 */
public final class SystemLog implements AutoCloseable {

  private static final int WAITING_LINES = 1000;
  private static final int MAX_END_MILLIS = 300;
  private static final String END = "";

  private final SystemPaths surroundings;
  private final String identity;
  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(WAITING_LINES);
  private final Thread writer;
  private volatile @Nullable Process child;

  /**
   * Makes one; nothing is started before the first line.
   *
   * @param identity the name that lines bear
   */
  public SystemLog(String identity) {
    this(SystemPaths.SYSTEM, identity);
  }

  SystemLog(SystemPaths surroundings, String identity) {
    this.surroundings = surroundings;
    this.identity = identity;
    this.writer = new Thread(this::write, "system log");
    // It may hang in a write to a logger that does not read.
    writer.setDaemon(true);
  }

  /**
   * Sends a line.
   *
   * @param priority facility and severity as in {@code syslog(3)}: 8 times the one plus the other
   */
  public void send(int priority, String line) {
    if (writer.getState() == Thread.State.NEW) {
      writer.start();
    }
    // Where the log has not kept up with a thousand lines, further ones are lost.
    boolean unused = lines.offer("<" + priority + ">" + line + "\n");
  }

  private void write() {
    try {
      Process logger = logger().start();
      child = logger;
      try (OutputStream pipe = logger.getOutputStream()) {
        for (String line = lines.take(); !line.equals(END); line = lines.take()) {
          pipe.write(line.getBytes(StandardCharsets.UTF_8));
          pipe.flush();
        }
      }
      boolean unused = logger.waitFor(MAX_END_MILLIS, TimeUnit.MILLISECONDS);
    } catch (IOException | InterruptedException e) {
      // Nobody reads the system log for what it does not say.
    }
  }

  private ProcessBuilder logger() throws IOException {
    // In a session of its own: what is said after Ctrl-C is to be logged too.
    ProcessBuilder builder =
        surroundings.process(
            List.of(
                program("setsid"),
                program("logger"),
                "--prio-prefix",
                "--tag",
                identity,
                "--id=" + ProcessHandle.current().pid()));
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    return builder;
  }

  private String program(String name) throws IOException {
    return surroundings
        .program(name)
        .orElseThrow(() -> new IOException("there is no " + name))
        .toString();
  }

  /** Waits a moment for what was sent, and ends. */
  @Override
  public void close() {
    if (writer.getState() == Thread.State.NEW) {
      return;
    }
    boolean unused = lines.offer(END);
    try {
      writer.join(MAX_END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Process logger = child;
    if (logger != null) {
      // Only one that does not read is still there.
      logger.destroyForcibly();
    }
  }
}
