package org.quattor.ncm.xen.host.linux;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.IoCause;
import org.quattor.ncm.xen.text.HostPath;

/** The command lines of all processes, from {@code /proc/PID/cmdline}, {@code proc(5)}. */
final class ProcessTable {

  private ProcessTable() {}

  /** Returns the command lines; a process that ended meanwhile is left out. */
  static ImmutableCollection<ImmutableList<String>> commandLines(Path proc) throws HostFailure {
    return processes(proc).values();
  }

  /** Returns the command lines by folder in {@code /proc}. */
  static ImmutableMap<Path, ImmutableList<String>> processes(Path proc) throws HostFailure {
    ImmutableMap.Builder<Path, ImmutableList<String>> all = ImmutableMap.builder();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        ImmutableList<String> words = words(process.resolve("cmdline"));
        if (!words.isEmpty()) {
          all.put(process, words);
        }
      }
      return all.buildOrThrow();
    } catch (DirectoryIteratorException e) {
      throw new HostFailure("cannot list the processes in " + proc, e);
    } catch (IOException e) {
      throw IoCause.failure("list the processes in " + proc, e);
    }
  }

  private static ImmutableList<String> words(Path file) {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return ImmutableList.copyOf(Splitter.on('\0').omitEmptyStrings().split(text));
    } catch (IOException e) {
      return ImmutableList.of(); // It has ended since it was listed.
    }
  }

  /** Returns the part of a path after its last slash. */
  static String lastStep(String path) {
    return HostPath.name(path);
  }
}
