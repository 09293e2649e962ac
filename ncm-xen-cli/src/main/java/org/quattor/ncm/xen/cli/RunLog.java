package org.quattor.ncm.xen.cli;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.linux.SystemLog;
import org.quattor.ncm.xen.report.Level;
import org.quattor.ncm.xen.report.ReportLine;

/**
 * The log of a run in the form of CAF: time, level, text, one line each, appended. When its name
 * ends in {@code .log}, the lines are also sent to syslog.
 */
final class RunLog implements AutoCloseable {

  private static final String SUFFIX = ".log";
  private static final String SEPARATOR = "-".repeat(60);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu/MM/dd-HH:mm:ss", Locale.ROOT);

  // Not a channel: an interrupt, which ends an action, would close it.
  private final OutputStream file;
  private final @Nullable SystemLog systemLog;
  private final int facility;
  private final InstantSource clock;
  private final ZoneId zone;

  private RunLog(
      OutputStream file,
      @Nullable SystemLog systemLog,
      int facility,
      InstantSource clock,
      ZoneId zone) {
    this.file = file;
    this.systemLog = systemLog;
    this.facility = facility;
    this.clock = clock;
    this.zone = zone;
  }

  /**
   * Opens a log and marks the beginning of a run in it. Creates a missing directory, for its owner
   * only, as ncm-ncd does.
   *
   * @param facility the number of a syslog facility; null to send nothing to syslog
   */
  static RunLog open(Path place, @Nullable Integer facility, InstantSource clock, ZoneId zone)
      throws IOException {
    Path directory = place.toAbsolutePath().getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      Path above = directory.getParent();
      if (above != null) {
        Files.createDirectories(above);
      }
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    File named = place.toFile();
    OutputStream file = new FileOutputStream(named, true);
    String name = named.getName();
    SystemLog systemLog =
        facility != null && name.endsWith(SUFFIX)
            ? new SystemLog(name.substring(0, name.length() - SUFFIX.length()))
            : null;
    RunLog log = new RunLog(file, systemLog, facility == null ? 0 : facility, clock, zone);
    try {
      log.write(SEPARATOR);
      return log;
    } catch (IOException e) {
      log.close();
      throw e;
    }
  }

  /** Appends a line. */
  void line(ReportLine line) throws IOException {
    if (systemLog != null) {
      systemLog.send(8 * facility + severity(line.level()), line.text());
    }
    write(line.printed());
  }

  private void write(String text) throws IOException {
    String time = TIME.format(clock.instant().atZone(zone));
    // In one piece: a run that waits for our lock may append to the same log.
    file.write((time + " " + text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the severity of syslog(3) that CAF gives to a level. */
  private static int severity(Level level) {
    return switch (level) {
      case ERROR -> 3;
      case WARN -> 4;
      case OK, VERB -> 5;
      case INFO -> 6;
      case DEBUG -> 7;
    };
  }

  @Override
  public void close() {
    if (systemLog != null) {
      systemLog.close();
    }
    try {
      file.close();
    } catch (IOException e) {
      // What could not be written was reported at its line.
    }
  }
}
