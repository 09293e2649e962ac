package org.quattor.ncm.xen.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.AtomicFile;
import org.quattor.ncm.xen.report.Level;

/**
 * The state file of a component, as ncm-ncd and ncm-cdispd have it: an empty line while it is
 * waiting or running, the number of errors or a sentence after a failure, no file after a success,
 * also with warnings.
 */
final class StateFile {

  private static final int MODE = 0644;

  private final @Nullable Path place;
  private final Console console;
  private final boolean noAction;

  /**
   * Makes one.
   *
   * @param place null when none is wanted
   * @param noAction whether only to print what would be written
   */
  StateFile(@Nullable Path place, Console console, boolean noAction) {
    this.place = place;
    this.console = console;
    this.noAction = noAction;
  }

  /** Marks the component as waiting; a run that cannot do so does not begin. */
  void pending() {
    if (place == null) {
      return;
    }
    if (noAction) {
      console.line(Level.INFO, "would mark state of component xen as ''");
      return;
    }
    try {
      write(place, "");
    } catch (IOException | HostFailure e) {
      throw new Failure(Exit.IO, "the state file " + place + " cannot be written: " + words(e));
    }
  }

  /** Records the result of a run; returns whether it could be written. */
  boolean finished(int errors) {
    if (place == null) {
      return true;
    }
    if (noAction) {
      console.line(
          Level.INFO,
          errors == 0
              ? "would mark state of component xen as success and remove statefile " + place
              : "would mark state of component xen as '" + errors + "'");
      return true;
    }
    return errors > 0 ? record(Integer.toString(errors)) : removed(place);
  }

  /** Records why a run failed, as a sentence; returns whether it could be written. */
  boolean record(String sentence) {
    if (place == null || noAction) {
      return true;
    }
    try {
      write(place, sentence);
      return true;
    } catch (IOException | HostFailure e) {
      console.line(Level.ERROR, "the state file " + place + " cannot be written: " + words(e));
      return false;
    }
  }

  private boolean removed(Path file) {
    try {
      Files.deleteIfExists(file);
      return true;
    } catch (IOException e) {
      console.line(Level.ERROR, "the state file " + file + " cannot be removed: " + words(e));
      return false;
    }
  }

  private static void write(Path file, String text) throws IOException, HostFailure {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
    byte[] content = (text + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.replace(file, MODE, temporary -> Files.write(temporary, content));
  }

  private static String words(Exception e) {
    return e instanceof IOException
        ? e.getClass().getSimpleName() + " (" + e.getMessage() + ")"
        : String.valueOf(e.getMessage());
  }
}
